"""Reading commitments. Claimants' reads start from the person, and never find a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account.models import Claimant
from portal.commitment.models import (
    Known,
    Point,
    Request,
    Shown,
    State,
    Version,
)
from portal.database import count, db


@dataclass(frozen=True)
class Half:
    """The person's own half of the plan: what they agreed to do."""

    offered: Version | None
    """Waits to be accepted."""
    accepted: Version | None
    """In force."""

    @property
    def now(self) -> Version | None:
        """The one in force, or else the one that waits."""
        return self.accepted or self.offered

    @property
    def points(self) -> int:
        return len(self.now.points) if self.now else 0

    @property
    def done(self) -> int:
        return sum(point.done_at is not None for point in self.now.points) if self.now else 0


def half(claimant: Claimant) -> Half:
    """What is in force for this person, and what waits to be accepted."""
    found = db.session.scalars(
        sa.select(Version).where(
            Version.claimant_id == claimant.id,
            Version.state.in_((State.offered, State.accepted)),
        )
    ).all()
    by_state = {version.state: version for version in found}
    return Half(by_state.get(State.offered), by_state.get(State.accepted))


def versions(claimant: Claimant) -> Sequence[Version]:
    """Every version this person was ever sent, newest first."""
    return db.session.scalars(
        sa.select(Version)
        .where(Version.claimant_id == claimant.id, Version.state != State.draft)
        .order_by(Version.number.desc())
    ).all()


def version(claimant: Claimant, version_id: UUID) -> Version | None:
    """This person's version, or None: drafts, unknown ids and somebody else's look the same."""
    return db.session.scalar(
        sa.select(Version).where(
            Version.id == version_id,
            Version.claimant_id == claimant.id,
            Version.state != State.draft,
        )
    )


def before(version: Version) -> Version | None:
    """The version that was in force when this one was sent: the latest that was ever accepted."""
    if version.number is None:
        return half(version.claimant).accepted
    return db.session.scalar(
        sa.select(Version)
        .where(
            Version.claimant_id == version.claimant_id,
            Version.number < version.number,
            Version.accepted_at.is_not(None),
        )
        .order_by(Version.number.desc())
        .limit(1)
    )


def shown(version: Version) -> set[UUID]:
    """Ids of the points of a version that were opened, sent or read out."""
    return set(
        db.session.scalars(
            sa.select(Shown.point_id).join(Point).where(Point.version_id == version.id)
        )
    )


def was_shown(point: Point, wording: str) -> bool:
    """Whether the person was shown a point in the words of this digest."""
    found = sa.select(Shown.id).where(Shown.point_id == point.id, Shown.wording == wording)
    return db.session.scalar(found) is not None


def point_of_line(claimant_id: UUID, line: UUID) -> Point | None:
    """The point of this line in the newest version that waits or is in force."""
    return db.session.scalars(
        sa.select(Point)
        .join(Point.version)
        .where(
            Point.line == line,
            Version.claimant_id == claimant_id,
            Version.state.in_((State.offered, State.accepted)),
        )
        .order_by(Version.number.desc())
        .limit(1)
    ).first()


def requests(claimant: Claimant) -> Sequence[Request]:
    """Everything this person asked about their commitment, newest first."""
    return db.session.scalars(
        sa.select(Request)
        .where(Request.claimant_id == claimant.id)
        .order_by(Request.asked_at.desc(), Request.second_of.is_(None), Request.id)
    ).all()


def request(claimant: Claimant, request_id: UUID) -> Request | None:
    """This person's request, or None: an unknown id and somebody else's look the same."""
    return db.session.scalar(
        sa.select(Request).where(Request.id == request_id, Request.claimant_id == claimant.id)
    )


def second_opinion(first: Request) -> Request | None:
    """The second opinion that was asked for about a request."""
    return db.session.scalar(sa.select(Request).where(Request.second_of == first.id))


# --- the desk


def draft(claimant_id: UUID) -> Version | None:
    """The version that staff are writing for a person."""
    return db.session.scalar(
        sa.select(Version).where(Version.claimant_id == claimant_id, Version.state == State.draft)
    )


def version_of_office(version_id: UUID, office_id: UUID) -> Version | None:
    """A version of somebody of this office, drafts too."""
    return db.session.scalar(
        sa.select(Version)
        .join(Version.claimant)
        .where(Version.id == version_id, Claimant.office_id == office_id)
    )


def request_of_office(request_id: UUID, office_id: UUID) -> Request | None:
    """A request that was made to this office."""
    return db.session.scalar(
        sa.select(Request)
        .join(Request.claimant)
        .where(Request.id == request_id, Claimant.office_id == office_id)
    )


def _open_requests(office_id: UUID, second: bool) -> sa.Select[Request]:
    kind = Request.second_of.is_not(None) if second else Request.second_of.is_(None)
    return (
        sa.select(Request)
        .join(Request.claimant)
        .where(Claimant.office_id == office_id, Request.decision.is_(None), kind)
    )


def open_requests(
    office_id: UUID, second: bool, limit: int | None = None, skip: int = 0
) -> Sequence[Request]:
    """What people of an office asked and wait for: what is overdue first, then oldest."""
    return db.session.scalars(
        _open_requests(office_id, second)
        .order_by(Request.reply_by, Request.asked_at, Request.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_open_requests(office_id: UUID, second: bool) -> int:
    return count(_open_requests(office_id, second))


def _not_accepted(office_id: UUID) -> sa.Select[Version]:
    return (
        sa.select(Version)
        .join(Version.claimant)
        .where(Claimant.office_id == office_id, Version.state == State.offered)
    )


def not_accepted(office_id: UUID, limit: int | None = None, skip: int = 0) -> Sequence[Version]:
    """Versions of an office that wait to be accepted: whose last day comes first, first."""
    return db.session.scalars(
        _not_accepted(office_id)
        .order_by(Version.accept_by, Version.offered_at, Version.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_not_accepted(office_id: UUID) -> int:
    return count(_not_accepted(office_id))


def last_day_between(first: date, last: date) -> Sequence[Version]:
    """Versions of everybody that wait to be accepted, with the last day for it in these days."""
    return db.session.scalars(
        sa.select(Version)
        .where(Version.state == State.offered, Version.accept_by.between(first, last))
        .order_by(Version.accept_by, Version.id)
    ).all()


def waits_until(version_id: UUID) -> datetime | None:
    """The end of the last day on which a version can be accepted, by the wall clock in the United
    Kingdom; None when it does not wait to be."""
    version = db.session.get(Version, version_id)
    if version is None or version.state is not State.offered or version.accept_by is None:
        return None
    return clock.start_of_day(version.accept_by + timedelta(days=1))


def last_official(office_id: UUID, code: str) -> Point | None:
    """The point of the library whose official wording this office typed last."""
    return db.session.scalar(
        sa.select(Point)
        .join(Point.version)
        .join(Version.claimant)
        .where(
            Claimant.office_id == office_id,
            Point.code == code,
            Point.official != "",
            Version.state != State.draft,
        )
        .order_by(Version.offered_at.desc())
        .limit(1)
    )


def known(claimant_id: UUID) -> Sequence[Known]:
    """What staff noted about a person that still holds, oldest first."""
    return db.session.scalars(
        sa.select(Known)
        .where(Known.claimant_id == claimant_id, Known.ended_at.is_(None))
        .order_by(Known.noted_at, Known.id)
    ).all()
