"""How long things are kept, and letting them go. Apart from `log`, which only ever adds.

The entries of a record stay for good, and so does the chain that binds them. What a person or
the office said beside them is erased in time. Each task says here what it keeps: what runs out
by itself (`runs_out`), and what is erased with a person's record (`goes_with_a_record`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.database import db
from portal.record.models import Details, Entry

RECORD_MONTHS = 24
"""Facts 9, Retention: supporting records are kept 24 months after the interest in them ends."""
WORDS_OF_TEXTS = timedelta(weeks=4)
"""Facts 9, Retention: the body of a text is ephemeral."""
STRANGERS = timedelta(weeks=4)
"""The same, for what came from a number that is nobody's here, once somebody has dealt with it:
there is no record that it could belong to."""
DAY = timedelta(days=1)
ANSWERS_TO_PROGRAMS = timedelta(hours=48)
"""A program that got no answer asks again within that time, and hears the same."""
ENDED_VISITS = timedelta(days=30)

Sweep = Callable[[datetime], None]
Erase = Callable[[UUID], None]
_sweeps: list[Sweep] = []
_erasers: list[Erase] = []


def runs_out(sweep: Sweep) -> Sweep:
    """Register what removes rows or words whose time has passed, given the time it is."""
    _sweeps.append(sweep)
    return sweep


def goes_with_a_record(erase: Erase) -> Erase:
    """Register what erases a person's words and particulars in the tables of a task."""
    _erasers.append(erase)
    return erase


def sweep() -> None:
    """Remove everything that has run out, in the caller's transaction."""
    for each in _sweeps:
        each(clock.now())


def months_before(moment: datetime, months: int) -> datetime:
    """The start of the same day so many months earlier, by the wall clock in the United
    Kingdom; the last day of the month where that day does not exist."""
    today = clock.local(moment).date()
    index = today.year * 12 + today.month - 1 - months
    year, month = divmod(index, 12)
    day = today.day
    while True:
        try:
            found = date(year, month + 1, day)
        except ValueError:
            day -= 1
        else:
            return clock.from_wall_clock(datetime.combine(found, time()))


def old_records() -> Sequence[UUID]:
    """Whose last entry is older than the time we keep records, and still has details."""
    silent = (
        sa.select(Entry.claimant_id)
        .group_by(Entry.claimant_id)
        .having(sa.func.max(Entry.at) < months_before(clock.now(), RECORD_MONTHS))
    )
    return db.session.scalars(
        sa.select(Entry.claimant_id)
        .join(Entry.details)
        .where(Entry.claimant_id.in_(silent))
        .group_by(Entry.claimant_id)
        .order_by(Entry.claimant_id)
    ).all()


def erase_record(claimant_id: UUID) -> int:
    """Erase the details of a person's entries, and their words and particulars in every task.

    The entries stay, and their chain still verifies. Returns how many entries lost details.
    """
    for each in _erasers:
        each(claimant_id)
    entries = sa.select(Entry.id).where(Entry.claimant_id == claimant_id)
    gone = db.session.execute(sa.delete(Details).where(Details.entry_id.in_(entries)))
    db.session.expire_all()
    return int(gone.rowcount)  # type: ignore[attr-defined]
