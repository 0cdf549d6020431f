"""What a person can do with an appointment. The same functions serve every door.

Each takes people and choices, takes part in the caller's transaction, and returns the entry
whose receipt proves it. Saying the same thing twice records it once and returns the same
receipt, so a double click or a lost reply does no harm.
"""

from __future__ import annotations

import sqlalchemy as sa

from portal import clock
from portal.actors import Actor
from portal.appointments import events, interpreters, rules
from portal.appointments.models import (
    Answer,
    Appointment,
    Ask,
    Decision,
    How,
    Request,
    Slot,
)
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def accept(appointment: Appointment, *, version: int | None = None, by: Actor) -> Entry:
    """The person says that the appointment suits them."""
    rules.require("accept", by)
    lock(appointment)
    if appointment.answer is Answer.accepted and appointment.answer_receipt:
        rules.require_open(appointment, clock.now())
        return _same(appointment.answer_receipt)
    rules.require_open(appointment, clock.now())
    rules.require_version(appointment, version)
    settle_open_request(appointment, Decision.withdrawn)
    event = events.Accepted(appointment.id, appointment.starts_at)
    return answered(appointment, Answer.accepted, event, by)


def ask_to_cancel(
    appointment: Appointment,
    *,
    reason: str = "",
    note: str = "",
    version: int | None = None,
    by: Actor,
) -> Entry:
    """The person gives notice that they cannot come. The appointment stands until agreed."""
    rules.require("ask_to_cancel", by)
    return _ask(appointment, Ask.cancel, reason, note, version, by)


def ask_for_phone_call(
    appointment: Appointment,
    *,
    reason: str = "",
    note: str = "",
    version: int | None = None,
    by: Actor,
) -> Entry:
    """The person asks to talk by telephone instead. The appointment stands until agreed."""
    rules.require("ask_for_phone_call", by)
    if appointment.how is How.phone and appointment.open_request is None:
        raise Refusal(
            "phone-already",
            sentence("This appointment is a phone call already. You do not need to travel."),
        )
    return _ask(appointment, Ask.phone_call, reason, note, version, by)


def ask_for_another_time(
    appointment: Appointment,
    *,
    note: str,
    reason: str = "",
    version: int | None = None,
    by: Actor,
) -> Entry:
    """The person says which times are possible. The appointment stands until agreed."""
    rules.require("ask_for_another_time", by)
    return _ask(appointment, Ask.another_time, reason, note, version, by)


_EVENT_OF: dict[Ask, type[events.AskedToCancel]] = {
    Ask.cancel: events.AskedToCancel,
    Ask.phone_call: events.AskedForPhoneCall,  # type: ignore[dict-item]
    Ask.another_time: events.AskedForAnotherTime,  # type: ignore[dict-item]
}


def _ask(
    appointment: Appointment, ask: Ask, reason: str, note: str, version: int | None, by: Actor
) -> Entry:
    if reason and reason not in rules.REASONS:
        raise Refusal("reason", sentence("Choose one of the reasons, or leave it out."))
    lock(appointment)
    rules.require_open(appointment, clock.now())
    request = appointment.open_request
    if request is not None and request.ask is ask and _adds_nothing(request, reason, note):
        return _same(request.receipt)
    if request is None or request.ask is not ask:
        rules.require_version(appointment, version)
    request = open_request(appointment, ask, reason, note)
    event = _EVENT_OF[ask](
        appointment.id, appointment.starts_at, request.id, request.reason, request.note
    )
    entry = answered(appointment, rules.ANSWER_OF[ask], event, by)
    request.receipt = entry.receipt
    return entry


def open_request(appointment: Appointment, ask: Ask, reason: str, note: str = "") -> Request:
    """What the office has to decide from now on, in place of what was asked before."""
    settle_open_request(appointment, Decision.overtaken)
    db.session.flush()
    request = Request(
        appointment=appointment,
        ask=ask,
        reason=reason,
        note=note[: rules.LONGEST_NOTE],
        asked_at=clock.now(),
        receipt="",
    )
    db.session.add(request)
    db.session.flush()
    return request


def _adds_nothing(request: Request, reason: str, note: str) -> bool:
    return (not reason or reason == request.reason) and (not note or note == request.note)


def give_reason(request: Request, *, reason: str, note: str = "", by: Actor) -> Entry:
    """The person adds why they asked, after asking. Nobody has to."""
    rules.require("give_reason", by)
    appointment = request.appointment
    lock(appointment)
    if reason not in rules.REASONS:
        raise Refusal("reason", sentence("Choose one of the reasons, or leave it out."))
    request.reason, request.note = reason, note[: rules.LONGEST_NOTE] or request.note
    event = events.ReasonGiven(
        appointment.id, appointment.starts_at, request.id, request.reason, request.note
    )
    return log.append(appointment.claimant_id, event, by=by)


def pick_time(
    appointment: Appointment, slot: Slot, *, version: int | None = None, by: Actor
) -> Entry:
    """The person takes a free time the office had offered: agreed in advance, so it moves."""
    rules.require("pick_time", by)
    lock(appointment)
    now = clock.now()
    mine = slot.taken_by == appointment.id and slot.starts_at == appointment.starts_at
    if mine and appointment.answer is Answer.accepted and appointment.answer_receipt:
        return _same(appointment.answer_receipt)
    rules.require_open(appointment, now)
    rules.require_version(appointment, version)
    free = sa.or_(Slot.taken_by.is_(None), Slot.taken_by == appointment.id)
    taken = db.session.execute(
        sa.update(Slot)
        .where(Slot.id == slot.id, free, Slot.starts_at > now)
        .values(taken_by=appointment.id)
    )
    if taken.rowcount != 1 or slot.office_id != appointment.office_id:  # type: ignore[attr-defined]
        raise Refusal(
            "slot-gone", sentence("Someone else has taken that time. Choose another one.")
        )
    # The time they leave is free again for somebody else.
    db.session.execute(
        sa.update(Slot)
        .where(Slot.taken_by == appointment.id, Slot.id != slot.id)
        .values(taken_by=None)
    )
    settle_open_request(appointment, Decision.agreed)
    was = appointment.starts_at
    appointment.moved_from, appointment.starts_at = was, slot.starts_at
    appointment.minutes, appointment.coach_id = slot.minutes, slot.coach_id or appointment.coach_id
    interpreter_was = appointment.interpreter_by
    interpreters.must_be_booked_again(appointment)
    interpreters.take_twice_the_time(appointment, slot)
    appointment.notice_given_at = now
    event = events.TimePicked(appointment.id, slot.starts_at, was, slot.id)
    entry = answered(appointment, Answer.accepted, event, by)
    interpreters.write_down(appointment, interpreter_was, by=by)
    return entry


def withdraw(appointment: Appointment, *, version: int | None = None, by: Actor) -> Entry:
    """The person takes their last answer back, until the start."""
    rules.require("withdraw", by)
    lock(appointment)
    rules.require_open(appointment, clock.now())
    if appointment.answer is Answer.none:
        last = _last_entry(appointment, events.Withdrawn)
        if last is not None:
            return last
        raise Refusal("nothing", sentence("There is no answer to take back."))
    rules.require_version(appointment, version)
    if not rules.may_undo(appointment, clock.now()):
        request = appointment.last_request
        if request is not None and request.decision is Decision.refused:
            raise Refusal(
                "refused-already",
                sentence("Your Jobcentre did not agree to this. The appointment still stands."),
            )
        raise Refusal(
            "agreed-already",
            sentence("Your Jobcentre has agreed to this already. Please call them to change it."),
        )
    answer = appointment.answer
    settle_open_request(appointment, Decision.withdrawn)
    entry = answered(
        appointment,
        Answer.none,
        events.Withdrawn(appointment.id, appointment.starts_at, answer.value),
        by,
    )
    appointment.answered_at = appointment.answer_receipt = None
    return entry


def lock(appointment: Appointment) -> None:
    """One at a time, whatever the door; what was read before is read again."""
    db.session.execute(
        sa.select(Appointment.id).where(Appointment.id == appointment.id).with_for_update()
    )
    db.session.refresh(appointment)


def settle_open_request(appointment: Appointment, decision: Decision) -> None:
    request = appointment.open_request
    if request is not None:
        request.decision, request.decided_at = decision, clock.now()


def answered(
    appointment: Appointment, answer: Answer, event: events.AboutAppointment, by: Actor
) -> Entry:
    """Record the person's last clear answer."""
    appointment.answer = answer
    appointment.version += 1
    entry = log.append(appointment.claimant_id, event, by=by)
    appointment.answered_at, appointment.answer_receipt = entry.at, entry.receipt
    return entry


def _same(receipt: str) -> Entry:
    entry = log.by_receipt(receipt)
    assert entry is not None
    return entry


def _last_entry(appointment: Appointment, kind: type[events.AboutAppointment]) -> Entry | None:
    found = log.entries_about(appointment.claimant_id, appointment.id)
    return found[-1] if found and found[-1].kind == kind.kind else None
