"""Free times that the office offers, and takes back. Each function takes part in the caller's
transaction.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.appointments.models import How, Slot
from portal.database import db, new_id
from portal.refusals import Refusal, sentence


def offer_slot(
    office_id: UUID,
    starts_at: datetime,
    how: How,
    minutes: int,
    coach_id: UUID | None,
    slot_id: UUID | None = None,
) -> Slot:
    """The office offers a free time to whoever needs another one. Offered means agreed.

    With an id that the page made, a second press of the button offers nothing more.
    """
    if starts_at <= clock.now():
        raise Refusal("past", sentence("Choose a time that has not passed yet."))
    known = db.session.get(Slot, slot_id) if slot_id else None
    if known is not None:
        return known
    slot = Slot(
        id=slot_id or new_id(),
        office_id=office_id,
        starts_at=starts_at,
        how=how,
        minutes=minutes,
        coach_id=coach_id,
    )
    db.session.add(slot)
    db.session.flush()
    return slot


def take_back_slot(slot: Slot) -> None:
    """The office no longer offers a time. One that somebody took has become an appointment."""
    gone = db.session.execute(sa.delete(Slot).where(Slot.id == slot.id, Slot.taken_by.is_(None)))
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise Refusal("taken", sentence("Somebody took this time a moment ago."))
