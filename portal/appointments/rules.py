"""What may be done with an appointment, and what must be said about it. Pure.

Times are aware, UTC. Nothing here knows which door asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from portal.actors import Actor, Assurance, Kind
from portal.appointments.models import (
    Answer,
    Appointment,
    Ask,
    How,
    InterpreterBy,
    ReportKind,
    Status,
)
from portal.refusals import Refusal, Sentence, sentence

PURPOSES: dict[str, Sentence] = {
    "first_commitments": sentence("Your first meeting, to agree your Claimant Commitment."),
    "commitment_review": sentence("To look at your Claimant Commitment again."),
    "work_search_review": sentence("To talk about how you look for work."),
    "work_focused_interview": sentence("To talk about work and what would help you."),
    "support": sentence("To talk about the help you can get."),
    "health": sentence("To talk about how your health affects work."),
    "training": sentence("To talk about training."),
    "documents": sentence("To look at documents for your claim."),
    "other": sentence("Another reason, in the office's own words."),
}

BRING: dict[str, Sentence] = {
    "photo_id": sentence("Photo ID, if you have it"),
    "proof_of_address": sentence("A letter that shows your address"),
    "bank_details": sentence("A letter or card from your bank"),
    "cv": sentence("Your CV, if you have one"),
    "fit_note": sentence("Your fit note, if you have one"),
    "childcare_costs": sentence("Papers about your childcare costs"),
    "job_applications": sentence("Notes about jobs you applied for"),
    "nothing": sentence("You do not need to bring anything"),
}

REASONS: dict[str, Sentence] = {
    "ill": sentence("I am ill or in hospital"),
    "work": sentence("I have work or a job interview"),
    "caring": sentence("I look after a child or someone else"),
    "fare": sentence("I cannot pay the fare"),
    "other": sentence("Another reason"),
}

HOW: dict[How, Sentence] = {
    How.in_person: sentence("In person"),
    How.phone: sentence("By phone"),
    How.video: sentence("By video call"),
}

ANSWERS: dict[Answer, Sentence] = {
    Answer.none: sentence("You have not answered yet."),
    Answer.accepted: sentence("You accepted this appointment."),
    Answer.asked_to_cancel: sentence("You asked to cancel this appointment."),
    Answer.asked_for_phone_call: sentence("You asked for a phone call instead."),
    Answer.asked_for_another_time: sentence("You asked for another time."),
}

ANSWER_OF = {
    Ask.cancel: Answer.asked_to_cancel,
    Ask.phone_call: Answer.asked_for_phone_call,
    Ask.another_time: Answer.asked_for_another_time,
}

LONGEST_NOTE = 2000
LONGEST_LANGUAGE = 100
TWICE = 2
"""With an interpreter everything is said twice, and takes so many times as long."""

NEEDED = {
    "accept": Assurance.number,
    "ask_for_phone_call": Assurance.number,
    "ask_for_another_time": Assurance.number,
    "give_reason": Assurance.number,
    "pick_time": Assurance.number,
    "withdraw": Assurance.number,
    "ask_to_cancel": Assurance.saw_our_text,
    "running_late": Assurance.number,
    "cannot_pay_fare": Assurance.number,
    "they_did_not_call": Assurance.number,
    "in_hospital": Assurance.number,
    "no_interpreter_came": Assurance.number,
    "withdraw_report": Assurance.number,
}
"""How sure we must be of the person for each action: a forged sender cannot ask to cancel."""

FOR_THEM = frozenset(
    {
        "accept",
        "ask_to_cancel",
        "ask_for_phone_call",
        "ask_for_another_time",
        "running_late",
        "cannot_pay_fare",
        "they_did_not_call",
        "in_hospital",
        "no_interpreter_came",
    }
)
"""What staff may write down for a person who told them, by phone or at the counter. The entry
says who wrote it down, and the person gets the same receipt."""

LATE_FROM = timedelta(hours=2)
"""Before the start: earlier than this, another time is the better question."""
LONGEST_DELAY = 180
NO_CALL_UNTIL = timedelta(hours=24)
"""After the start (facts 10, scenario 2: the call came three hours late)."""
NO_INTERPRETER_UNTIL = timedelta(days=7)
"""After the start: who could not follow what was said may find the words only later."""
HOSPITAL_UNTIL = timedelta(days=28)
"""After the start: nobody should expect advance warning of an illness (facts 2.6)."""


@dataclass(frozen=True)
class Booking:
    """Everything the office says about an appointment it books."""

    starts_at: datetime
    how: How
    purpose: str
    minutes: int = 10
    minutes_said: bool = field(default=False, compare=False)
    """Whether somebody chose the minutes, or they are the usual ones."""
    place: str = ""
    caller_name: str = ""
    caller_number: str = ""
    purpose_note: str = ""
    with_name: str = ""
    bring: tuple[str, ...] = field(default_factory=tuple)
    bring_note: str = ""
    interpreter: str = ""
    interpreter_by: InterpreterBy = InterpreterBy.unsaid
    private_room: bool = False
    coach_id: UUID | None = None
    source: str | None = None
    external_reference: str | None = None


def require(action: str, by: Actor) -> None:
    """Refuse an actor who is neither the claimant, sure enough to be, nor staff who write down
    what the person told them. Partners never answer for a person."""
    if by.kind is Kind.staff and action in FOR_THEM and by.assurance >= Assurance.staff:
        return
    if by.kind is not Kind.claimant or by.assurance < NEEDED[action]:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def require_open(appointment: Appointment, now: datetime) -> None:
    """Refuse an answer to an appointment that was called off or has started."""
    if appointment.status is Status.called_off:
        raise Refusal(
            "called-off",
            sentence(
                "Your appointment on %(when)s was called off. You do not need to come.",
                when=appointment.starts_at,
            ),
        )
    if appointment.starts_at <= now:
        raise Refusal(
            "started",
            sentence(
                "Your appointment started on %(when)s. Please call your Jobcentre on %(phone)s.",
                when=appointment.starts_at,
                phone=appointment.office.phone,
            ),
        )


def require_version(appointment: Appointment, version: int | None) -> None:
    """Refuse an answer to something that is no longer so, and say what holds now."""
    if version is None or version == appointment.version:
        return
    if appointment.answer is Answer.none:
        raise Refusal(
            "moved" if appointment.moved_from else "changed",
            sentence(
                "This appointment has changed. It is now on %(when)s. Please answer again.",
                when=appointment.starts_at,
            ),
        )
    raise Refusal(
        "answered",
        sentence(
            "Nothing new was recorded. %(answer)s That was on %(when)s. Receipt %(receipt)s.",
            answer=ANSWERS[appointment.answer],
            when=appointment.answered_at,
            receipt=appointment.answer_receipt,
        ),
    )


def may_report(kind: ReportKind, appointment: Appointment, now: datetime) -> bool:
    """True while this can be in the way: late from two hours before the start to the end, a
    call that did not come for a day from the start, an interpreter for a week, the fare until
    the start."""
    starts = appointment.starts_at
    if appointment.status is not Status.booked:
        return False
    if kind == ReportKind.no_interpreter:
        # Also where the two sides met: without one, perhaps.
        return starts <= now < starts + NO_INTERPRETER_UNTIL
    if appointment.happened is not None:
        return False
    match kind:
        case ReportKind.running_late:
            ends = starts + timedelta(minutes=appointment.minutes)
            return starts - LATE_FROM <= now < ends
        case ReportKind.they_did_not_call:
            by_call = appointment.how in (How.phone, How.video)
            return by_call and starts <= now < starts + NO_CALL_UNTIL
        case ReportKind.cannot_pay_fare:
            return appointment.how is How.in_person and now < starts
        case ReportKind.in_hospital:
            return now < starts + HOSPITAL_UNTIL


_NOT_NOW: dict[ReportKind, Sentence] = {
    ReportKind.running_late: sentence(
        "You can say that you are late from two hours before the start until the end."
    ),
    ReportKind.cannot_pay_fare: sentence("There is no journey to pay for any more."),
    ReportKind.they_did_not_call: sentence(
        "You can say that no call came from the start until a day later."
    ),
    ReportKind.no_interpreter: sentence(
        "You can say that no interpreter came from the start until a week later."
    ),
    ReportKind.in_hospital: sentence("Please call your Jobcentre about this appointment."),
}


def require_report(kind: ReportKind, appointment: Appointment, now: datetime) -> None:
    """Refuse a report about an appointment that is not on, or at a time that makes no sense."""
    if appointment.status is Status.called_off:
        require_open(appointment, now)
    if not may_report(kind, appointment, now):
        raise Refusal("not-now", _NOT_NOW[kind])


def check_booking(booking: Booking, now: datetime) -> None:
    """Refuse a booking that could not be understood or kept (facts 2.3, and 10, scenario 2)."""
    if booking.starts_at <= now:
        raise Refusal("past", sentence("Choose a time that has not passed yet."))
    if booking.purpose not in PURPOSES:
        raise Refusal("purpose", sentence("Choose what the appointment is for."))
    if booking.purpose == "other" and not booking.purpose_note.strip():
        raise Refusal("purpose", sentence("Say in plain words what the appointment is for."))
    if booking.how is How.phone and not (booking.caller_name and booking.caller_number):
        raise Refusal("caller", sentence("Say who will call and from which number."))
    if booking.how is How.video and not booking.place:
        raise Refusal("video", sentence("Say how the person gets the link for the video call."))


def waits_for_answer(appointment: Appointment, now: datetime) -> bool:
    return (
        appointment.status is Status.booked
        and appointment.answer is Answer.none
        and appointment.starts_at > now
    )


def stands(appointment: Appointment) -> bool:
    """True unless the office itself called it off: asking alone changes nothing (facts 0.1)."""
    return appointment.status is Status.booked


def has_ended(appointment: Appointment, now: datetime) -> bool:
    """True once its planned time is over, whether or not anybody came."""
    return appointment.starts_at + timedelta(minutes=appointment.minutes) <= now


def may_undo(appointment: Appointment, now: datetime) -> bool:
    """An answer can be taken back until the start, unless the office already agreed to it."""
    if appointment.status is not Status.booked or appointment.starts_at <= now:
        return False
    if appointment.answer is Answer.accepted:
        return True
    return appointment.open_request is not None


def most_urgent(appointments: Iterable[Appointment], now: datetime) -> list[Appointment]:
    """What waits for an answer first, then by when it starts."""
    return sorted(appointments, key=lambda a: (not waits_for_answer(a, now), a.starts_at))
