"""Who hears of what: an entry in, drafts out. Pure; words, language and time come later.

Every event that exists is named here, even to say that nobody needs a text about it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from notifications import (
    triggers_account,
    triggers_commitment,
    triggers_complaints,
    triggers_costs,
    triggers_plan,
)
from notifications.drafts import Draft, Trigger
from portal import clock
from portal.actors import Channel
from portal.appointments import events as appointments
from portal.appointments.models import Ask, InterpreterBy, ReportKind
from portal.interpreting import events as interpreting
from portal.messages import events as messages
from portal.notices import events as notices
from portal.record.events import Event
from portal.record.models import Entry
from portal.typed import events as typed

_triggers: dict[str, Trigger] = {}

SILENT: dict[str, str] = {
    appointments.Seen.kind: "The page shows it; a text would only interrupt.",
    appointments.ContactAttempted.kind: "Somebody has just called them.",
    appointments.Attended.kind: "They were there.",
    appointments.Missed.kind: "A person calls them: it is no matter for a text.",
    appointments.ReportSeen.kind: "The page shows it; a text would only interrupt.",
    appointments.ReportUnanswered.kind: "It is the office that is reminded; the page shows it.",
    notices.Sent.kind: "It is about a text that is on its way.",
    typed.TranslatorAsked.kind: "The page shows it, and they wait for the same answer.",
    typed.Translated.kind: "The page shows it; the answer that follows has a text of its own.",
    typed.ReadAsItIs.kind: "The page shows it; a text would only interrupt.",
    interpreting.Opened.kind: "The page showed the code, and each page says that it is seen.",
    interpreting.Joined.kind: "They are with the interpreter now.",
    interpreting.PageSeen.kind: "They are with the interpreter now.",
    interpreting.Ended.kind: "They are with the interpreter now.",
    messages.Read.kind: "The page shows it; a text would only interrupt.",
}


for each in (
    triggers_account,
    triggers_commitment,
    triggers_complaints,
    triggers_costs,
    triggers_plan,
):
    SILENT |= each.SILENT
    _triggers |= {kind.kind: trigger for kind, trigger in each.TRIGGERS.items()}


def _on(*kinds: type[Event]) -> Callable[[Trigger], Trigger]:
    def register(trigger: Trigger) -> Trigger:
        for kind in kinds:
            _triggers[kind.kind] = trigger
        return trigger

    return register


def named() -> frozenset[str]:
    """Every kind of event that this module has an answer for."""
    return frozenset(_triggers) | frozenset(SILENT)


def drafts(entry: Entry, event: Event) -> list[Draft]:
    """The texts that follow from an entry. Raises KeyError for an event nobody named."""
    if entry.kind in SILENT:
        return []
    return _triggers[entry.kind](entry, event)


def _about(entry: Entry, kind: str, event: appointments.AboutAppointment, **more: Any) -> Draft:
    values = {"starts_at": event.starts_at} | more.pop("values", {})
    return Draft(
        kind,
        entry.claimant_id,
        regarding=event.appointment_id,
        receipt=entry.receipt,
        values=values,
        **more,
    )


@_on(appointments.Offered)
def _offered(entry: Entry, event: appointments.Offered) -> list[Draft]:
    kind = "appointments.offer_short_notice" if event.short_notice else "appointments.offer"
    return [_about(entry, kind, event, asks=True)]


@_on(appointments.Moved)
def _moved(entry: Entry, event: appointments.Moved) -> list[Draft]:
    return [_about(entry, "appointments.moved", event, asks=True, values={"was": event.was})]


_CONFIRMATIONS: dict[str, str] = {
    appointments.Accepted.kind: "appointments.accepted",
    appointments.AskedForPhoneCall.kind: "appointments.phone_asked",
    appointments.AskedForAnotherTime.kind: "appointments.time_asked",
    appointments.TimePicked.kind: "appointments.time_picked",
    appointments.Withdrawn.kind: "appointments.withdrawn",
}


@_on(
    appointments.Accepted,
    appointments.AskedForPhoneCall,
    appointments.AskedForAnotherTime,
    appointments.TimePicked,
    appointments.Withdrawn,
)
def _confirmed(entry: Entry, event: appointments.AboutAppointment) -> list[Draft]:
    return [_about(entry, _CONFIRMATIONS[entry.kind], event, own=True)]


@_on(appointments.ReasonGiven)
def _reason_given(entry: Entry, event: appointments.ReasonGiven) -> list[Draft]:
    """After a job interview or a fare that is too dear, help with costs offers itself."""
    kind = "reason_kept_costs" if event.reason in ("work", "fare") else "reason_kept"
    return [_about(entry, f"appointments.{kind}", event, own=True)]


@_on(appointments.AskedToCancel)
def _asked_to_cancel(entry: Entry, event: appointments.AskedToCancel) -> list[Draft]:
    found = [_about(entry, "appointments.cancel_asked", event, own=True)]
    if entry.channel == Channel.sms and not event.reason:
        found.append(_about(entry, "appointments.reason_question", event, own=True))
    return found


@_on(appointments.Agreed)
def _agreed(entry: Entry, event: appointments.Agreed) -> list[Draft]:
    kind = "agreed_phone" if event.ask is Ask.phone_call else "agreed_cancel"
    return [_about(entry, f"appointments.{kind}", event)]


@_on(appointments.Refused)
def _refused(entry: Entry, event: appointments.Refused) -> list[Draft]:
    return [_about(entry, "appointments.refused", event, values={"why": event.why})]


@_on(appointments.CalledOff)
def _called_off(entry: Entry, event: appointments.CalledOff) -> list[Draft]:
    return [_about(entry, "appointments.called_off", event)]


@_on(appointments.InterpreterBooked)
def _interpreter_booked(entry: Entry, event: appointments.InterpreterBooked) -> list[Draft]:
    """Good news at once. That none is booked yet is on the page; but who had one hears it."""
    if event.how is not InterpreterBy.not_yet:
        return [_about(entry, "appointments.interpreter_booked", event)]
    return [_about(entry, "appointments.interpreter_not_yet", event)] if event.lost else []


@_on(appointments.CannotPayFare)
def _cannot_pay_fare(entry: Entry, event: appointments.CannotPayFare) -> list[Draft]:
    # No text says what it costs: this one confirms what was asked of the office.
    return [_about(entry, "appointments.fare_asked", event, own=True)]


@_on(appointments.RunningLate)
def _running_late(entry: Entry, event: appointments.RunningLate) -> list[Draft]:
    minutes = {"minutes": event.minutes}
    return [_about(entry, "appointments.late", event, own=True, values=minutes)]


@_on(appointments.NoInterpreterCame)
def _no_interpreter(entry: Entry, event: appointments.NoInterpreterCame) -> list[Draft]:
    return [_about(entry, "appointments.no_interpreter", event, own=True)]


@_on(appointments.TheyDidNotCall)
def _no_call(entry: Entry, event: appointments.TheyDidNotCall) -> list[Draft]:
    return [_about(entry, "appointments.no_call", event, own=True)]


@_on(appointments.InHospital)
def _in_hospital(entry: Entry, event: appointments.InHospital) -> list[Draft]:
    kind = "new_time_needed" if event.request_id else "missed_known"
    return [_about(entry, f"appointments.{kind}", event, own=True)]


@_on(appointments.ReportWithdrawn)
def _report_taken_back(entry: Entry, event: appointments.ReportWithdrawn) -> list[Draft]:
    return [_about(entry, "appointments.report_taken_back", event, own=True)]


@_on(appointments.ReportAnswered)
def _report_answered(entry: Entry, event: appointments.ReportAnswered) -> list[Draft]:
    if event.report is ReportKind.running_late and not event.note:
        return []  # They are about to meet.
    return [_about(entry, "appointments.report_answered", event)]


@_on(messages.Written)
def _written(entry: Entry, event: messages.Written) -> list[Draft]:
    return [_message(entry, "received", own=True, values={"reply_by": event.reply_by})]


@_on(messages.Replied)
def _replied(entry: Entry, event: messages.Replied) -> list[Draft]:
    return [_message(entry, "late_reply" if event.late else "reply")]


@_on(messages.CallAsked)
def _call_asked(entry: Entry, event: messages.CallAsked) -> list[Draft]:
    values = {"when": event.when, "day": clock.local(event.call_by).date()}
    return [_message(entry, "call_asked", own=True, values=values)]


@_on(messages.CallWithdrawn)
def _call_withdrawn(entry: Entry, event: messages.CallWithdrawn) -> list[Draft]:
    return [_message(entry, "call_withdrawn", own=True)]


@_on(messages.Called)
def _called(entry: Entry, event: messages.Called) -> list[Draft]:
    if event.reached:
        return []  # They have just talked.
    return [_message(entry, "not_reached_twice" if event.last else "not_reached")]


def _message(entry: Entry, kind: str, **more: Any) -> Draft:
    return Draft(f"messages.{kind}", entry.claimant_id, receipt=entry.receipt, **more)
