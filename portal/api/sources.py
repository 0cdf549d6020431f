"""What a source says about an appointment, once and again.

Booking goes through `appointments.office_actions`, like at the desk. Here is what comes on top
for a system that repeats itself: the same file may come every night, and must not undo what
a person and the office agreed in the meantime. Takes part in the caller's transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from portal import clock
from portal.account.models import Claimant
from portal.actors import Actor
from portal.api.models import Said
from portal.appointments import office_actions, rules
from portal.appointments.bookings import COLUMNS, booking_of
from portal.appointments.models import Appointment
from portal.appointments.rules import Booking
from portal.database import db
from portal.languages import say
from portal.record.models import Entry
from portal.refusals import Refusal

_COLUMNS = tuple(name for name in COLUMNS if name != "external_reference")

_INTERPRETER = {"interpreter", "interpreter_by"}
"""Each says what the other means, so a source that says one anew says both."""

FIELD_OF = {
    "past": "starts_at",
    "purpose": "purpose",
    "caller": "caller_name",
    "video": "place",
    "interpreter": "interpreter_by",
}
"""Which column a refused booking is about."""
_WORDS = {
    "started": "This appointment has started already.",
    "called-off": "This appointment was called off.",
}


class Outcome(StrEnum):
    """What became of something that a source said."""

    booked = "booked"
    moved = "moved"
    corrected = "corrected"
    unchanged = "unchanged"
    bad = "bad"


CANNOT_COME = "The person said that they cannot come at this time. Agree on another one with them."
"""A system books all the same, unlike the desk: nobody is there to be asked."""


def words_of(refusal: Refusal) -> str:
    """A refusal for whoever runs the source. The rules speak to the person themselves."""
    return _WORDS.get(refusal.code) or say(refusal.sentence)


def book(claimant: Claimant, booking: Booking, *, by: Actor) -> Appointment:
    """Book what a source says. Raises Refusal when it could not be understood or kept."""
    appointment = office_actions.book(claimant, booking, by=by)
    db.session.add(Said(appointment_id=appointment.id, columns=columns_of(booking)))
    return appointment


def move(appointment: Appointment, booking: Booking, *, why: str, by: Actor) -> Entry:
    """Move what a source had booked. Raises Refusal like the office's own move."""
    entry = office_actions.move(appointment, booking, why=why, by=by)
    _remember(appointment, booking, db.session.get(Said, appointment.id))
    return entry


def say_again(
    appointment: Appointment, said: Said | None, booking: Booking, *, by: Actor, dry_run: bool
) -> Outcome:
    """Follow a source that speaks of an appointment again. `said` is what it said last time.

    Raises Refusal when it says something new about an appointment that has started or was
    called off, or something that cannot be kept. With `dry_run` nothing is changed.
    """
    new, here = news(appointment, said, booking), _bare(booking_of(appointment))
    outcome = Outcome.unchanged
    if new is not None and new != here:
        rules.require_open(appointment, clock.now())
        rules.check_booking(new, clock.now())
        is_move = (new.starts_at, new.how) != (here.starts_at, here.how)
        outcome = Outcome.moved if is_move else Outcome.corrected
        if not dry_run:
            office_actions.describe_again(appointment, new, by=by)
    if not dry_run:
        _remember(appointment, booking, said)
    return outcome


def _remember(appointment: Appointment, booking: Booking, said: Said | None) -> None:
    columns = columns_of(booking)
    if said is None:
        db.session.add(Said(appointment_id=appointment.id, columns=columns))
    elif said.columns != columns:
        said.columns = columns


def news(appointment: Appointment, said: Said | None, booking: Booking) -> Booking | None:
    """The appointment as it is here, with the columns that the source says anew; None if it
    says nothing new.

    A person may have taken another time, or a phone call may have been agreed, since the
    source last spoke. A source that merely repeats its old words does not undo that.
    """
    now = columns_of(booking)
    if said is None:
        return None if _bare(booking_of(appointment)) == _bare(booking) else _bare(booking)
    changed = {name for name in _COLUMNS if said.columns.get(name) != now[name]}
    if not changed:
        return None
    if changed & _INTERPRETER:
        changed |= _INTERPRETER
    return replace(
        _bare(booking_of(appointment)), **{name: getattr(booking, name) for name in changed}
    )


def _bare(booking: Booking) -> Booking:
    """What a source can say of it."""
    return replace(booking, coach_id=None, source=None, external_reference=None)


def columns_of(booking: Booking | Appointment) -> dict[str, Any]:
    """A booking's columns as JSON has them: moments in UTC, codes as text."""
    values = {name: getattr(booking, name) for name in _COLUMNS}
    starts_at: datetime = values["starts_at"]
    return {
        **values,
        "starts_at": starts_at.isoformat(),
        "how": values["how"].value,
        "bring": list(values["bring"]),
    }
