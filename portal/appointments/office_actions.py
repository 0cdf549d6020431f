"""What the office does with an appointment: the other half of `actions`, kept apart because
nothing here may ever be done in a claimant's name.

Each function takes part in the caller's transaction and returns the entry that proves it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from portal import clock
from portal.account import codes
from portal.account.models import Claimant
from portal.actors import Actor
from portal.appointments import events, interpreters, notice, queries, rules
from portal.appointments.actions import lock, settle_open_request
from portal.appointments.models import (
    Answer,
    Appointment,
    Ask,
    Decision,
    How,
    InterpreterBy,
    Request,
    Status,
)
from portal.appointments.rules import Booking
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def book(
    claimant: Claimant, booking: Booking, *, appointment_id: UUID | None = None, by: Actor
) -> Appointment:
    """The office books an appointment and offers it to the person.

    With an id that the page made, a second press of the button finds the first booking.
    Raises Refusal when the booking could not be understood or kept.
    """
    now = clock.now()
    rules.check_booking(booking, now)
    booking = interpreters.settled(claimant, booking, by=by)
    appointment = Appointment(
        id=appointment_id or new_id(),
        claimant_id=claimant.id,
        office_id=claimant.office_id,
        coach_id=booking.coach_id or claimant.coach_id,
        source=booking.source,
        external_reference=booking.external_reference,
        starts_at=booking.starts_at,
        notice_given_at=now,
        status=Status.booked,
        answer=Answer.none,
        version=1,
    )
    _describe(appointment, booking)
    appointment.link_hash = queries.hash_of(codes.link_token(appointment.id))
    db.session.add(appointment)
    db.session.flush()
    log.append(
        claimant.id,
        events.Offered(
            appointment_id=appointment.id,
            starts_at=booking.starts_at,
            how=booking.how,
            minutes=booking.minutes,
            purpose=booking.purpose,
            short_notice=notice.is_short_notice(now, booking.starts_at),
            notice_hours=notice.notice_hours(),
        ),
        by=by,
    )
    interpreters.write_down(appointment, by=by)
    return appointment


_SAID = (
    "minutes how place caller_name caller_number purpose purpose_note with_name "
    "bring_note interpreter interpreter_by private_room"
)


def _describe(appointment: Appointment, booking: Booking) -> None:
    for name in _SAID.split():
        setattr(appointment, name, getattr(booking, name))
    appointment.bring = list(booking.bring)


def describe_again(appointment: Appointment, booking: Booking, *, by: Actor) -> Entry | None:
    """The office says everything about an appointment again, as it is now.

    A new time or a new way of meeting is a move. Anything else (a name, what to bring) is
    corrected without asking the person again. Returns what was recorded: of a correction, only
    what it says about an interpreter.
    """
    lock(appointment)
    _require_coming(appointment)
    rules.check_booking(booking, clock.now())
    was, interpreter_was = appointment.starts_at, appointment.interpreter_by
    said = interpreter_was, appointment.interpreter
    moves = (was, appointment.how) != (booking.starts_at, booking.how)
    booking = interpreters.settled(
        appointment.claimant, booking, interpreter_was if moves else None, by=by
    )
    _describe(appointment, booking)
    appointment.coach_id = booking.coach_id or appointment.coach_id
    if moves:
        return _move(appointment, booking.starts_at, was, interpreter_was, "", by)
    db.session.flush()
    if (appointment.interpreter_by, appointment.interpreter) == said:
        return None
    return interpreters.write_down(appointment, interpreter_was, by=by)


def move(
    appointment: Appointment,
    booking: Booking,
    *,
    why: str = "",
    version: int | None = None,
    by: Actor,
) -> Entry:
    """The office moves an appointment. Every earlier answer is void and it asks again.

    Raises Refusal when it has started, was called off, or the new time cannot be kept; and when
    it is no longer the `version` that staff had before them.
    """
    lock(appointment)
    _require_unchanged(appointment, version)
    now = clock.now()
    _require_coming(appointment)
    rules.check_booking(booking, now)
    was = appointment.starts_at
    if (was, appointment.how) == (booking.starts_at, booking.how):
        raise Refusal("same", sentence("The new time is the same as the old one."))
    interpreter_was = appointment.interpreter_by
    booking = interpreters.settled(appointment.claimant, booking, interpreter_was, by=by)
    _describe(appointment, booking)
    return _move(appointment, booking.starts_at, was, interpreter_was, why, by)


def _move(
    appointment: Appointment,
    to: datetime,
    was: datetime,
    interpreter_was: InterpreterBy,
    why: str,
    by: Actor,
) -> Entry:
    now = clock.now()
    settle_open_request(appointment, Decision.overtaken)
    appointment.moved_from, appointment.starts_at = was, to
    appointment.notice_given_at = now
    appointment.answer, appointment.answered_at = Answer.none, None
    appointment.answer_receipt = None
    appointment.version += 1
    entry = log.append(
        appointment.claimant_id,
        events.Moved(
            appointment_id=appointment.id,
            starts_at=appointment.starts_at,
            was=was,
            how=appointment.how,
            short_notice=notice.is_short_notice(now, appointment.starts_at),
            notice_hours=notice.notice_hours(),
            why=why,
        ),
        by=by,
    )
    interpreters.write_down(appointment, interpreter_was, by=by)
    return entry


def _require_coming(appointment: Appointment) -> None:
    """The same as `rules.require_open`, said to the office and not to the person."""
    if appointment.status is Status.called_off:
        raise Refusal("called-off", sentence("This appointment was called off."))
    if appointment.starts_at <= clock.now():
        raise Refusal("started", sentence("This appointment has started already."))


def _require_unchanged(appointment: Appointment, version: int | None) -> None:
    """Staff must not overrule an answer that came while they were writing."""
    if version is not None and version != appointment.version:
        raise Refusal(
            "changed", sentence("This appointment changed a moment ago. Please look at it again.")
        )


def call_off(
    appointment: Appointment, *, why: str = "", version: int | None = None, by: Actor
) -> Entry | None:
    """The office calls an appointment off. Calling it off twice does nothing more."""
    lock(appointment)
    if appointment.status is Status.called_off:
        return None
    _require_unchanged(appointment, version)
    _require_coming(appointment)
    settle_open_request(appointment, Decision.overtaken)
    appointment.status = Status.called_off
    appointment.version += 1
    event = events.CalledOff(appointment.id, appointment.starts_at, why)
    return log.append(appointment.claimant_id, event, by=by)


def mark_seen(request: Request, *, by: Actor) -> Entry | None:
    """Staff opened a request. Recorded once; the person sees it."""
    appointment = request.appointment
    lock(appointment)
    db.session.refresh(request)
    if request.seen_at is not None or request.decision is not None:
        return None
    request.seen_at = clock.now()
    event = events.Seen(appointment.id, appointment.starts_at, request.id, request.ask)
    return log.append(appointment.claimant_id, event, by=by)


def agree(
    request: Request,
    *,
    note: str = "",
    caller_name: str = "",
    caller_number: str = "",
    by: Actor,
) -> Entry:
    """The office agrees. A cancelled appointment is called off; a phone call becomes one.

    Another time needs a time: staff move the appointment instead.
    """
    appointment = _open(request)
    interpreter_was = appointment.interpreter_by
    if request.ask is Ask.another_time:
        raise Refusal("needs-a-time", sentence("Move the appointment to the new time instead."))
    if request.ask is Ask.phone_call:
        if not caller_name or not caller_number:
            raise Refusal("caller", sentence("Say who will call and from which number."))
        appointment.how = How.phone
        if appointment.interpreter_by is InterpreterBy.in_person:
            interpreters.must_be_booked_again(appointment)
        appointment.caller_name, appointment.caller_number = caller_name, caller_number
    else:
        appointment.status = Status.called_off
    _decide(request, Decision.agreed, note)
    event = events.Agreed(appointment.id, appointment.starts_at, request.id, request.ask, note)
    entry = log.append(appointment.claimant_id, event, by=by)
    if appointment.interpreter_by is not interpreter_was:
        interpreters.write_down(appointment, interpreter_was, by=by)
    return entry


def refuse(request: Request, *, why: str, by: Actor) -> Entry:
    """The office says no. It must say why, and the person sees it. The appointment stands."""
    if not why.strip():
        raise Refusal("why", sentence("Say why, in plain words. The person will see it."))
    appointment = _open(request)
    _decide(request, Decision.refused, why)
    event = events.Refused(appointment.id, appointment.starts_at, request.id, request.ask, why)
    return log.append(appointment.claimant_id, event, by=by)


def _open(request: Request) -> Appointment:
    appointment = request.appointment
    lock(appointment)
    db.session.refresh(request)
    if request.decision is not None:
        raise Refusal("decided", sentence("This request was settled a moment ago."))
    return appointment


def _decide(request: Request, decision: Decision, note: str) -> None:
    request.decision, request.decided_at = decision, clock.now()
    request.decision_note = note
    request.seen_at = request.seen_at or request.decided_at
    request.appointment.version += 1
