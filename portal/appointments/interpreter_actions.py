"""The office says whether an interpreter comes to an appointment that is booked. Apart from
`office_actions`, for length. Takes part in the caller's transaction.
"""

from __future__ import annotations

from portal import clock
from portal.account.interpreter_actions import need_of
from portal.actors import Actor
from portal.appointments import rules
from portal.appointments.actions import lock
from portal.appointments.interpreters import words_of, write_down
from portal.appointments.models import Appointment, InterpreterBy, Status
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def book_interpreter(
    appointment: Appointment, chosen: InterpreterBy, *, language: str = "", by: Actor
) -> Entry | None:
    """The office says whether an interpreter comes, and how. None when that was said already.

    Raises Refusal when nothing is chosen, and when the appointment has started or was called off.
    """
    if chosen is InterpreterBy.unsaid:
        raise Refusal("interpreter", sentence("Say if an interpreter will come."))
    lock(appointment)
    if appointment.status is not Status.booked:
        raise Refusal("called-off", sentence("This appointment was called off."))
    if rules.has_ended(appointment, clock.now()):
        raise Refusal("started", sentence("It is over. Nobody can come to it any more."))
    need = need_of(appointment.claimant)
    if chosen is InterpreterBy.not_yet:
        language = ""
    elif not language:
        language = appointment.interpreter or (words_of(need) if need else "")
    if (appointment.interpreter_by, appointment.interpreter) == (chosen, language):
        return None
    was = appointment.interpreter_by
    appointment.interpreter_by, appointment.interpreter = chosen, language
    return write_down(appointment, was, by=by)
