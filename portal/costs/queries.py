"""Reading requests for help with costs. Claimants' reads start from the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from portal.account import queries as accounts
from portal.account.models import Claimant
from portal.account.rules import MANAGERS
from portal.costs.models import CostRequest, Decision
from portal.database import count, db
from portal.dated_data import number


def of_claimant(claimant: Claimant) -> Sequence[CostRequest]:
    """Everything this person asked for: what waits first, then newest first."""
    return db.session.scalars(
        sa.select(CostRequest)
        .where(CostRequest.claimant_id == claimant.id)
        .order_by(CostRequest.decision.is_not(None), CostRequest.asked_at.desc(), CostRequest.id)
    ).all()


def request(claimant: Claimant, request_id: UUID) -> CostRequest | None:
    """This person's request, or None: an unknown id and somebody else's look the same."""
    return db.session.scalar(
        sa.select(CostRequest).where(
            CostRequest.id == request_id, CostRequest.claimant_id == claimant.id
        )
    )


def waiting_of(claimant: Claimant) -> Sequence[CostRequest]:
    """What this person asked for and nobody has answered, oldest first."""
    return db.session.scalars(
        sa.select(CostRequest)
        .where(CostRequest.claimant_id == claimant.id, CostRequest.decision.is_(None))
        .order_by(CostRequest.asked_at, CostRequest.id)
    ).all()


def unread_answers(claimant: Claimant) -> int:
    """How many answers this person has not opened."""
    return count(
        sa.select(CostRequest).where(
            CostRequest.claimant_id == claimant.id,
            CostRequest.decision.in_((Decision.agreed, Decision.refused)),
            CostRequest.answer_read_at.is_(None),
        )
    )


def request_of_office(request_id: UUID, office_id: UUID) -> CostRequest | None:
    """A request that somebody of this office made."""
    return db.session.scalar(
        sa.select(CostRequest)
        .join(CostRequest.claimant)
        .where(CostRequest.id == request_id, Claimant.office_id == office_id)
    )


def _open(office_id: UUID, *, manager: bool) -> sa.Select[CostRequest]:
    since = CostRequest.manager_since
    return (
        sa.select(CostRequest)
        .join(CostRequest.claimant)
        .where(
            Claimant.office_id == office_id,
            CostRequest.decision.is_(None),
            since.is_not(None) if manager else since.is_(None),
        )
    )


def open_requests(
    office_id: UUID, limit: int | None = None, skip: int = 0
) -> Sequence[CostRequest]:
    """What waits for an answer of the work coaches: what is due first, then oldest."""
    return _page(_open(office_id, manager=False), limit, skip)


def how_many_open_requests(office_id: UUID) -> int:
    return count(_open(office_id, manager=False))


def for_manager(office_id: UUID, limit: int | None = None, skip: int = 0) -> Sequence[CostRequest]:
    """What a manager must look at: late, or refused once and asked about again."""
    return _page(_open(office_id, manager=True), limit, skip)


def how_many_for_manager(office_id: UUID) -> int:
    return count(_open(office_id, manager=True))


def _page(query: sa.Select[CostRequest], limit: int | None, skip: int) -> Sequence[CostRequest]:
    return db.session.scalars(
        query.order_by(CostRequest.reply_by, CostRequest.asked_at, CostRequest.id)
        .limit(limit)
        .offset(skip)
    ).all()


def to_nudge(now: datetime) -> Sequence[CostRequest]:
    """Open requests of which the office should be reminded now, oldest first."""
    return db.session.scalars(
        sa.select(CostRequest)
        .where(CostRequest.decision.is_(None), CostRequest.nudge_at <= now)
        .order_by(CostRequest.nudge_at, CostRequest.id)
        .limit(200)
    ).all()


def has_manager(office_id: UUID, other_than: UUID | None) -> bool:
    """True when the office has a manager who is somebody else than this member of staff."""
    found = accounts.staff_of_office(office_id)
    return any(each.role in MANAGERS and each.id != other_than for each in found)


EVERYBODY = "*"


@dataclass(frozen=True)
class Count:
    """How many requests people of one language made, and what became of them."""

    language: str
    """A code; empty for several small groups together, `EVERYBODY` for the whole office."""
    people: int
    asked: int
    agreed: int
    refused: int
    late: int

    @property
    def may_be_shown(self) -> bool:
        return self.people >= number("smallest_group")


def counts(office_id: UUID, since: datetime, today: date) -> list[Count]:
    """What became of requests since a moment, by the language of whoever asked, largest first.

    A group of fewer than twenty people is left out. Small groups are counted together where
    they make twenty. The last row is the whole office, but only while nobody is left out: with a
    hidden group, the total less what is shown would tell of that group, which is a small one.
    """
    late = sa.or_(
        CostRequest.was_late,
        sa.and_(CostRequest.decision.is_(None), CostRequest.reply_by < today),
    )
    rows = db.session.execute(
        sa.select(
            Claimant.language,
            sa.func.count(CostRequest.claimant_id.distinct()),
            sa.func.count(),
            _how_many(CostRequest.decision == Decision.agreed),
            _how_many(CostRequest.decision == Decision.refused),
            _how_many(late),
        )
        .join(CostRequest.claimant)
        .where(Claimant.office_id == office_id, CostRequest.asked_at >= since)
        .group_by(Claimant.language)
        .order_by(sa.func.count().desc(), Claimant.language)
    )
    found = [Count(*row) for row in rows]
    small = [each for each in found if not each.may_be_shown]
    shown = [each for each in found if each.may_be_shown]
    if len(small) > 1:
        together = _together("", small)
        shown += [together] if together.may_be_shown else []
    if len(shown) > 1 and sum(each.people for each in shown) == sum(e.people for e in found):
        shown.append(_together(EVERYBODY, found))
    return shown


def _together(language: str, counts: list[Count]) -> Count:
    """Nobody is in two of them: a person has one language."""
    return Count(language, *map(sum, zip(*map(_figures, counts), strict=True)))


def _how_many(condition: sa.ColumnElement[bool]) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def _figures(each: Count) -> tuple[int, ...]:
    return (each.people, each.asked, each.agreed, each.refused, each.late)
