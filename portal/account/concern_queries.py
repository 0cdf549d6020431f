"""Reading words that a person must read now, and who else waits for the staff of every office.
Apart from `queries`, which had grown too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import clock, working_days
from portal.account.models import Claimant, Concern, Office, UnknownCall
from portal.database import db

ALARM_AFTER = timedelta(minutes=15)
"""Of working hours, in which nobody has read them (sms.md in the design: order of handling)."""


def _for_office(office_id: UUID, reader: UUID | None) -> sa.ColumnElement[bool]:
    """Words that the staff of an office can see: of its own people, and of nobody we know. With
    a `reader`, less what is kept from that member of staff."""
    ours = sa.or_(Claimant.office_id == office_id, Concern.claimant_id.is_(None))
    if reader is None:
        return ours
    return sa.and_(ours, sa.or_(Concern.kept_from.is_(None), Concern.kept_from != reader))


def unread_concerns(office_id: UUID, reader: UUID | None = None) -> Sequence[Concern]:
    """Words somebody must read now, oldest first."""
    return db.session.scalars(
        sa.select(Concern)
        .outerjoin(Concern.claimant)
        .where(_for_office(office_id, reader), Concern.read_at.is_(None))
        .order_by(Concern.at, Concern.id)
    ).all()


def unread_concerns_of(claimant: Claimant) -> Sequence[Concern]:
    """Words of this person that nobody has read, oldest first."""
    return db.session.scalars(
        sa.select(Concern)
        .where(Concern.claimant_id == claimant.id, Concern.read_at.is_(None))
        .order_by(Concern.at, Concern.id)
    ).all()


def unread_strangers_concerns(number: str) -> Sequence[Concern]:
    """Words from a number that is nobody's here and that nobody has read, oldest first."""
    return db.session.scalars(
        sa.select(Concern)
        .where(Concern.claimant_id.is_(None), Concern.number == number, Concern.read_at.is_(None))
        .order_by(Concern.at, Concern.id)
    ).all()


def waits_for_a_person(claimant: Claimant) -> bool:
    """True while words of this person that may mean danger have not been read by anybody."""
    unread = sa.select(Concern.id).where(
        Concern.claimant_id == claimant.id, Concern.read_at.is_(None)
    )
    return db.session.scalar(unread.limit(1)) is not None


def concern(concern_id: UUID, office_id: UUID, reader: UUID | None = None) -> Concern | None:
    return db.session.scalar(
        sa.select(Concern)
        .outerjoin(Concern.claimant)
        .where(Concern.id == concern_id, _for_office(office_id, reader))
    )


def unknown_calls(
    office_id: UUID, limit: int | None = None, skip: int = 0
) -> Sequence[UnknownCall]:
    """Numbers that are nobody's here and asked to be called, longest waiting first. They wait
    for every office alike, so it does not matter which one asks."""
    return db.session.scalars(
        sa.select(UnknownCall)
        .where(UnknownCall.settled_at.is_(None))
        .order_by(UnknownCall.asked_at, UnknownCall.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_unknown_calls(office_id: UUID) -> int:
    query = sa.select(sa.func.count()).where(UnknownCall.settled_at.is_(None))
    return db.session.scalar(query) or 0


def unknown_call(call_id: UUID) -> UnknownCall | None:
    return db.session.get(UnknownCall, call_id)


def overdue(office_id: UUID | None = None, reader: UUID | None = None) -> Sequence[Concern]:
    """Words that nobody has read for a quarter of an hour of their office's working hours,
    oldest first; those from nobody's number once any office was open for so long. For the whole
    service, or for what the staff of one office see, or one of them."""
    query = (
        sa.select(Concern)
        .outerjoin(Concern.claimant)
        .where(Concern.read_at.is_(None), Concern.at <= clock.now() - ALARM_AFTER)
        .order_by(Concern.at, Concern.id)
    )
    if office_id is not None:
        query = query.where(_for_office(office_id, reader))
    return [each for each in db.session.scalars(query) if _is_overdue(each)]


def _is_overdue(concern: Concern) -> bool:
    now = clock.now()
    return any(
        working_days.open_time(concern.at, now, nation) >= ALARM_AFTER
        for nation in _nations_of(concern)
    )


def _nations_of(concern: Concern) -> Iterator[str]:
    if concern.claimant is not None:
        yield concern.claimant.office.nation
    else:
        yield from db.session.scalars(sa.select(Office.nation).distinct())


def how_many_unread() -> int:
    """In the whole service."""
    query = sa.select(sa.func.count()).where(Concern.read_at.is_(None))
    return db.session.scalar(query) or 0
