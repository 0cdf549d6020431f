"""Times of each week at which a person cannot come: said once, checked before a time is offered
(facts 10, scenario 6). Apart from `actions`: it is about no one appointment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor, Assurance, Kind
from portal.appointments import events
from portal.appointments.models import BusyTime
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

MOST = 10


@dataclass(frozen=True, order=True)
class Busy:
    """One time of each week; 0 is Monday, times are those of the wall clock."""

    weekday: int
    starts: time
    ends: time


def say_busy_times(claimant: Claimant, times: Iterable[Busy], *, by: Actor) -> Entry | None:
    """The person says when they can never come; this takes the place of what they said before.
    Staff may write it down. None when it is what they said already."""
    sure = by.kind is Kind.claimant and by.assurance >= Assurance.signed_in
    if not sure and by.kind is not Kind.staff:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))
    found = sorted(set(times))
    if len(found) > MOST or any(each.starts >= each.ends for each in found):
        raise Refusal("times", sentence("The first time must come before the second one."))
    lock(claimant)
    if found == busy_times(claimant.id):
        return None
    db.session.execute(sa.delete(BusyTime).where(BusyTime.claimant_id == claimant.id))
    for each in found:
        db.session.add(
            BusyTime(
                claimant_id=claimant.id, weekday=each.weekday, starts=each.starts, ends=each.ends
            )
        )
    return log.append(claimant.id, events.BusyTimesSaid(len(found)), by=by)


def busy_times(claimant_id: UUID) -> list[Busy]:
    """When this person can never come, by the week."""
    return busy_times_of([claimant_id])[claimant_id]


def busy_times_of(claimant_ids: Collection[UUID]) -> dict[UUID, list[Busy]]:
    """When each of these people can never come, by the week."""
    found: dict[UUID, list[Busy]] = {each: [] for each in claimant_ids}
    for row in db.session.scalars(sa.select(BusyTime).where(BusyTime.claimant_id.in_(found))):
        found[row.claimant_id].append(Busy(row.weekday, row.starts, row.ends))
    return {each: sorted(times) for each, times in found.items()}


def clashes(times: Sequence[Busy], starts_at: datetime, minutes: int) -> bool:
    """True when a meeting would lie in one of these times."""
    starts = clock.local(starts_at)
    ends = clock.local(starts_at + timedelta(minutes=minutes))
    last = ends.time() if ends.date() == starts.date() else time.max
    return any(
        each.weekday == starts.weekday() and starts.time() < each.ends and each.starts < last
        for each in times
    )


def require_free(claimant_id: UUID, starts_at: datetime, minutes: int) -> None:
    """Refuse a time at which the person said they cannot come."""
    if clashes(busy_times(claimant_id), starts_at, minutes):
        raise Refusal(
            "busy", sentence("They said that they cannot come at this time. Choose another one.")
        )
