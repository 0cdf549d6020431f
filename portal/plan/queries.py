"""Reading support plans. Claimants' reads start from the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from portal import database
from portal.account.models import Claimant
from portal.database import db
from portal.plan.models import OPEN, Ask, Goal, Promise, Status, Step


@dataclass(frozen=True)
class Count:
    """How many promises stand, and how many were kept. What was taken back counts for neither."""

    promises: int
    kept: int


def promises(claimant: Claimant) -> Sequence[Promise]:
    """What was promised to this person: open ones first, the latest of them first of all."""
    return db.session.scalars(
        sa.select(Promise)
        .where(Promise.claimant_id == claimant.id)
        .order_by(Promise.status.in_(OPEN).desc(), Promise.due, Promise.made_at, Promise.id)
    ).all()


def open_promises(claimant: Claimant) -> Sequence[Promise]:
    """What the office still has to do for this person, overdue first."""
    return db.session.scalars(
        sa.select(Promise)
        .where(Promise.claimant_id == claimant.id, Promise.status.in_(OPEN))
        .order_by(Promise.due, Promise.made_at, Promise.id)
    ).all()


def promise(claimant: Claimant, promise_id: UUID) -> Promise | None:
    """A promise to this person, or None: an unknown id and somebody else's look the same."""
    return db.session.scalar(
        sa.select(Promise).where(Promise.id == promise_id, Promise.claimant_id == claimant.id)
    )


def count(claimant: Claimant) -> Count:
    """The Jobcentre's half of the two-sided count."""
    found = db.session.execute(
        sa.select(Promise.status, sa.func.count())
        .where(Promise.claimant_id == claimant.id)
        .group_by(Promise.status)
    ).all()
    by_status: dict[Status, int] = {row[0]: row[1] for row in found}
    stand = sum(number for status, number in by_status.items() if status is not Status.withdrawn)
    return Count(stand, by_status.get(Status.kept, 0))


def promise_of_office(promise_id: UUID, office_id: UUID) -> Promise | None:
    """A promise to somebody of this office, for its staff."""
    return db.session.scalar(_of_office(office_id).where(Promise.id == promise_id))


def _of_office(office_id: UUID) -> sa.Select[Promise]:
    return sa.select(Promise).join(Promise.claimant).where(Claimant.office_id == office_id)


def _standing(
    office_id: UUID, before: date, since: date | None, owner_id: UUID | None
) -> sa.Select[Promise]:
    found = _of_office(office_id).where(Promise.status.in_(OPEN), Promise.due < before)
    if since is not None:
        found = found.where(Promise.due >= since)
    if owner_id is not None:
        found = found.where(Promise.owner_id == owner_id)
    return found


def late(
    office_id: UUID,
    today: date,
    limit: int | None = None,
    skip: int = 0,
    owner_id: UUID | None = None,
) -> Sequence[Promise]:
    """Promises of an office, or of one of its staff, whose day has passed; the latest first."""
    return db.session.scalars(
        _standing(office_id, today, None, owner_id)
        .order_by(Promise.due, Promise.made_at, Promise.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_late(office_id: UUID, today: date, owner_id: UUID | None = None) -> int:
    return database.count(_standing(office_id, today, None, owner_id))


def due(
    office_id: UUID, today: date, until: date, owner_id: UUID | None = None
) -> Sequence[Promise]:
    """Promises whose day comes from today until that day, itself counted; the next first."""
    after = date.fromordinal(until.toordinal() + 1)
    return db.session.scalars(
        _standing(office_id, after, today, owner_id).order_by(
            Promise.due, Promise.made_at, Promise.id
        )
    ).all()


def disputed(office_id: UUID) -> Sequence[Promise]:
    """Promises marked as done of which the person says that they did not happen."""
    return db.session.scalars(
        _of_office(office_id)
        .where(Promise.status.in_(OPEN), Promise.disputed_at.is_not(None))
        .order_by(Promise.due, Promise.id)
    ).all()


def to_tell_late(today: date) -> Sequence[Promise]:
    """Promises of every office whose day has passed, but those whose owner was told today. In the
    order of people, so that two who go through them wait for each other and never in a ring."""
    told = Promise.told_late_on
    return db.session.scalars(
        sa.select(Promise)
        .where(Promise.status.in_(OPEN), Promise.due < today, told.is_(None) | (told < today))
        .order_by(Promise.claimant_id, Promise.due, Promise.id)
    ).all()


def date_asked(office_id: UUID) -> Sequence[Promise]:
    """Promises for which the person asked for another date, longest waiting first."""
    return db.session.scalars(
        _of_office(office_id)
        .where(Promise.status.in_(OPEN), Promise.date_asked_at.is_not(None))
        .order_by(Promise.date_asked_at, Promise.id)
    ).all()


def asks(claimant: Claimant) -> Sequence[Ask]:
    """What this person asked their work coach about, newest first."""
    return db.session.scalars(
        sa.select(Ask).where(Ask.claimant_id == claimant.id).order_by(Ask.asked_at.desc(), Ask.id)
    ).all()


def ask(claimant: Claimant, ask_id: UUID) -> Ask | None:
    """What this person asked, or None."""
    return db.session.scalar(sa.select(Ask).where(Ask.id == ask_id, Ask.claimant_id == claimant.id))


def open_ask(claimant: Claimant, offer: str, about: UUID) -> Ask | None:
    """The same question, still open."""
    return db.session.scalar(
        sa.select(Ask).where(
            Ask.claimant_id == claimant.id,
            Ask.offer == offer,
            Ask.about == about,
            Ask.decision.is_(None),
        )
    )


def _open_asks(office_id: UUID) -> sa.Select[Ask]:
    return (
        sa.select(Ask)
        .join(Ask.claimant)
        .where(Claimant.office_id == office_id, Ask.decision.is_(None))
    )


def open_asks(office_id: UUID, limit: int | None = None, skip: int = 0) -> Sequence[Ask]:
    """What people of an office asked for and nobody has answered, the most overdue first."""
    return db.session.scalars(
        _open_asks(office_id).order_by(Ask.reply_by, Ask.asked_at, Ask.id).limit(limit).offset(skip)
    ).all()


def how_many_open_asks(office_id: UUID) -> int:
    return database.count(_open_asks(office_id))


def ask_of_office(ask_id: UUID, office_id: UUID) -> Ask | None:
    """Something that somebody of this office asked for."""
    return db.session.scalar(
        sa.select(Ask).join(Ask.claimant).where(Ask.id == ask_id, Claimant.office_id == office_id)
    )


def goal(claimant: Claimant) -> Goal | None:
    """The work this person wants, with its steps."""
    return db.session.scalar(sa.select(Goal).where(Goal.claimant_id == claimant.id))


def step(claimant: Claimant, step_id: UUID) -> Step | None:
    """A step of this person's goal, or None."""
    return db.session.scalar(
        sa.select(Step).join(Step.goal).where(Step.id == step_id, Goal.claimant_id == claimant.id)
    )


def goals_to_review(office_id: UUID, today: date) -> Sequence[Goal]:
    """Goals of people of an office that should have been looked at again by now."""
    return db.session.scalars(
        sa.select(Goal)
        .join(Goal.claimant)
        .where(Claimant.office_id == office_id, Goal.review_by < today)
        .order_by(Goal.review_by, Goal.id)
    ).all()
