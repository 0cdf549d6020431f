"""What the complaints desk reads, beside `queries` for length. Each read goes through
`queries.may_see`: who must not see a complaint is told of none, and takes no longer over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account import queries as people
from portal.account.models import Claimant, Office, Staff, UndeliveredText
from portal.complaints import events, rules
from portal.complaints.models import Complaint, Word
from portal.complaints.queries import may_see
from portal.database import db
from portal.record.models import Entry

SMALLEST_GROUP = 20
"""People a group must have to be shown, so that nobody can be recognised."""
READ_FOR = timedelta(minutes=30)
"""After opening it. Then it is opened again, for the person to see."""


def by_receipt(staff: Staff, receipt: str) -> Complaint | None:
    """The complaint that a person calls by this reference, if this member of staff may see it."""
    return db.session.scalar(
        sa.select(Complaint).where(Complaint.receipt == receipt, may_see(staff))
    )


def complaint_that_holds(words: UUID) -> UUID:
    """The complaint that these words are, or were added to; the same id where there is none."""
    added = db.session.get(Word, words)
    return added.complaint_id if added is not None else words


def has_open(staff: Staff, complaint_id: UUID, within: timedelta | None = READ_FOR) -> bool:
    """Whether this member of staff opened it a short while ago, or ever: reading is an entry."""
    since = Entry.at > clock.now() - within if within is not None else sa.true()
    return (
        db.session.scalar(
            sa.select(Entry.id)
            .where(
                Entry.about == complaint_id,
                Entry.kind == events.Opened.kind,
                Entry.actor_id == staff.id,
                since,
            )
            .limit(1)
        )
        is not None
    )


def _untold(staff: Staff) -> sa.Select[UndeliveredText]:
    return (
        sa.select(UndeliveredText)
        .join(Complaint, Complaint.id == UndeliveredText.regarding)
        .where(UndeliveredText.what.like("complaints.%"), may_see(staff))
    )


def untold(staff: Staff) -> Sequence[UndeliveredText]:
    """What a text could not tell people about the complaints that this member of staff may see,
    longest waiting first."""
    return db.session.scalars(
        _untold(staff)
        .where(UndeliveredText.settled_at.is_(None))
        .order_by(UndeliveredText.at, UndeliveredText.id)
    ).all()


def untold_task(staff: Staff, complaint_id: UUID, task_id: UUID) -> UndeliveredText | None:
    """One of them, told already or not."""
    return db.session.scalar(
        _untold(staff).where(UndeliveredText.id == task_id, Complaint.id == complaint_id)
    )


@dataclass(frozen=True)
class Group:
    """How often one thing was complained about, at one office or in one language."""

    office: str
    code: str
    """A kind, or a language."""
    complaints: int


def by_kind(staff: Staff, since: datetime) -> list[Group]:
    """Complaints since a moment by office and what they are about."""
    return _groups(staff, since, Complaint.kind)


def by_language(staff: Staff, since: datetime) -> list[Group]:
    """Complaints since a moment by office and the language in which they were written."""
    return _groups(staff, since, Complaint.language)


def _groups(staff: Staff, since: datetime, what: sa.orm.InstrumentedAttribute[str]) -> list[Group]:
    """Groups of fewer than twenty people are left out, and there is no total from which a hidden
    one could be worked out."""
    rows = db.session.execute(
        sa.select(Office.name, what, sa.func.count())
        .join(Office, Office.id == Complaint.office_id)
        .where(may_see(staff), Complaint.sent_at >= since)
        .group_by(Office.id, Office.name, what)
        .having(sa.func.count(Complaint.claimant_id.distinct()) >= SMALLEST_GROUP)
        .order_by(Office.name, Office.id, sa.func.count().desc(), what)
    )
    return [Group(office, str(code), many) for office, code, many in rows]


def coach_kept_from(person: Claimant) -> UUID | None:
    """Who does not read what may mean danger in a complaint: the person's own work coach, where
    anybody else of the office can. Somebody must read it, and soon."""
    there = [each for each in people.staff_of_office(person.office_id) if not rules.level_of(each)]
    return person.coach_id if any(each.id != person.coach_id for each in there) else None
