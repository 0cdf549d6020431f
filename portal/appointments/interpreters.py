"""Whether an interpreter comes to an appointment: asked when it is booked, and again when it moves.
Apart from `office_actions`, because what a person does can undo it too. Each function takes part
in the caller's transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.account.interpreter_actions import need_of
from portal.account.interpreter_models import Help, InterpreterNeed
from portal.account.models import Claimant
from portal.actors import Actor, Kind
from portal.appointments import events, rules
from portal.appointments.models import Appointment, How, InterpreterBy, Slot
from portal.appointments.rules import Booking
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

BOOKED = (InterpreterBy.phone, InterpreterBy.in_person)


def settled(
    claimant: Claimant, booking: Booking, was: InterpreterBy | None = None, *, by: Actor
) -> Booking:
    """A booking that says whether an interpreter comes, for a person who needs one; and takes
    twice as long, unless it says how long. `was` is what stood before a move.

    Raises Refusal when staff did not say. A system that books is not asked, for nobody is there
    to answer: what it leaves out is not booked yet, and waits at the desk.
    """
    need = need_of(claimant)
    if need is None:
        return booking
    if not booking.minutes_said and was is None:
        booking = replace(booking, minutes=rules.TWICE * booking.minutes)
    said = booking.interpreter_by
    if by.kind is Kind.staff:
        if said is InterpreterBy.unsaid:
            raise Refusal("interpreter", sentence("Say if an interpreter will come."))
    elif said is InterpreterBy.unsaid and booking.interpreter and was is None:
        in_person = booking.how is How.in_person
        said = InterpreterBy.in_person if in_person else InterpreterBy.phone
    elif said is InterpreterBy.unsaid or said is was:
        # Whoever was booked for the old time does not come at the new one by themselves.
        said = InterpreterBy.not_yet
    if said is InterpreterBy.not_yet:
        return replace(booking, interpreter_by=said, interpreter="")
    return replace(booking, interpreter_by=said, interpreter=booking.interpreter or words_of(need))


def words_of(need: InterpreterNeed) -> str:
    """The interpreter's language, as the office writes it into a booking."""
    if need.help is Help.bsl:
        return "BSL"
    if need.help is Help.lipspeaker:
        return _("A lip-speaker")
    most = rules.LONGEST_LANGUAGE
    return (f"{need.language} ({need.dialect})" if need.dialect else need.language)[:most]


def must_be_booked_again(appointment: Appointment) -> None:
    """The time or the way of meeting changed, so whoever was booked does not come."""
    if appointment.interpreter_by in BOOKED:
        appointment.interpreter_by, appointment.interpreter = InterpreterBy.not_yet, ""


def write_down(
    appointment: Appointment, was: InterpreterBy = InterpreterBy.unsaid, *, by: Actor
) -> Entry | None:
    """Keeps what the office says about an interpreter; `was` is what stood before. None where
    nothing was said, for nobody needs one and none was booked."""
    how = appointment.interpreter_by
    lost = was in BOOKED and how not in BOOKED
    if lost:
        how = InterpreterBy.not_yet
    if how is InterpreterBy.unsaid:
        return None
    event = events.InterpreterBooked(
        appointment.id, appointment.starts_at, how, appointment.interpreter, lost
    )
    return log.append(appointment.claimant_id, event, by=by)


def take_twice_the_time(appointment: Appointment, slot: Slot) -> None:
    """With an interpreter everything is said twice: take the free time that follows as well,
    where the office offers one."""
    if appointment.interpreter_by is InterpreterBy.unsaid:
        return
    ends = slot.starts_at + timedelta(minutes=slot.minutes)
    following = db.session.scalar(
        sa.select(Slot).where(
            Slot.office_id == slot.office_id,
            Slot.coach_id.is_(None) if slot.coach_id is None else Slot.coach_id == slot.coach_id,
            Slot.starts_at == ends,
            Slot.how == slot.how,
            Slot.taken_by.is_(None),
        )
    )
    if following is None:
        return
    taken = db.session.execute(
        sa.update(Slot)
        .where(Slot.id == following.id, Slot.taken_by.is_(None))
        .values(taken_by=appointment.id)
    )
    if taken.rowcount == 1:  # type: ignore[attr-defined]
        appointment.minutes = slot.minutes + following.minutes
