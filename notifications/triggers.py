"""Who hears of what: an entry in, drafts out. Pure; words, language and time come later.

Every event that exists is named here, even to say that nobody needs a text about it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from notifications import triggers_commitment, triggers_plan
from notifications.drafts import Draft
from portal import clock
from portal.account import events as account
from portal.actors import Channel
from portal.appointments import events as appointments
from portal.appointments.models import Ask, ReportKind
from portal.costs import events as costs
from portal.messages import events as messages
from portal.record.events import Event
from portal.record.models import Entry

_triggers: dict[str, Callable[[Entry, Any], list[Draft]]] = {}

SILENT: dict[str, str] = {
    account.Registered.kind: "Nothing has happened yet that the person must know.",
    account.SignedIn.kind: "They are looking at the page.",
    account.SignedOut.kind: "They have just left.",
    account.WayChosen.kind: "The page showed the receipt.",
    account.CardIssued.kind: "The card was put into their hand.",
    account.CardRevoked.kind: "It was done with them at the desk.",
    account.TextNotDelivered.kind: "A delivery fact never triggers a text.",
    account.TextArrived.kind: "A delivery fact never triggers a text.",
    account.ReachNoted.kind: "It was settled with them at the desk.",
    account.PinChosen.kind: "The page showed the receipt.",
    account.PinRemoved.kind: "The page showed the receipt.",
    account.PinNotMatched.kind: "A person calls them, and a text says so.",
    account.NicknameChosen.kind: "The page showed the receipt.",
    account.TextsUnsafeNoted.kind: "Texts could put them in danger.",
    account.ConcernRead.kind: "A member of staff is with them now.",
    appointments.Seen.kind: "The page shows it; a text would only interrupt.",
    appointments.ContactAttempted.kind: "Somebody has just called them.",
    appointments.Attended.kind: "They were there.",
    appointments.Missed.kind: "A person calls them: it is no matter for a text.",
    appointments.ReportSeen.kind: "The page shows it; a text would only interrupt.",
    appointments.ReportUnanswered.kind: "It is the office that is reminded; the page shows it.",
    messages.Read.kind: "The page shows it; a text would only interrupt.",
    costs.Seen.kind: "The page shows it; a text would only interrupt.",
}


for each in (triggers_plan, triggers_commitment):
    SILENT |= each.SILENT
    _triggers |= {kind.kind: trigger for kind, trigger in each.TRIGGERS.items()}


def _on(*kinds: type[Event]) -> Callable[[Callable[..., list[Draft]]], Callable[..., list[Draft]]]:
    def register(trigger: Callable[..., list[Draft]]) -> Callable[..., list[Draft]]:
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


@_on(appointments.CannotPayFare)
def _cannot_pay_fare(entry: Entry, event: appointments.CannotPayFare) -> list[Draft]:
    # No text says what it costs: this one confirms what was asked of the office.
    return [_about(entry, "appointments.fare_asked", event, own=True)]


@_on(appointments.RunningLate)
def _running_late(entry: Entry, event: appointments.RunningLate) -> list[Draft]:
    minutes = {"minutes": event.minutes}
    return [_about(entry, "appointments.late", event, own=True, values=minutes)]


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
    return [_about(entry, "appointments.report_answered", event, values={"why": event.note})]


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


@_on(costs.Asked)
def _costs_asked(entry: Entry, event: costs.Asked) -> list[Draft]:
    return [_costs(entry, "asked", own=True, values={"reply_by": event.reply_by})]


@_on(costs.LookAgainAsked)
def _costs_look_again(entry: Entry, event: costs.LookAgainAsked) -> list[Draft]:
    return [_costs(entry, "look_again", own=True, values={"reply_by": event.reply_by})]


@_on(costs.Withdrawn)
def _costs_withdrawn(entry: Entry, event: costs.Withdrawn) -> list[Draft]:
    return [_costs(entry, "withdrawn", own=True, values={"asked": event.ref})]


@_on(costs.Agreed, costs.Refused)
def _costs_answered(entry: Entry, event: costs.Agreed | costs.Refused) -> list[Draft]:
    # Neither yes or no nor an amount: whoever holds the phone may read it.
    return [_costs(entry, "answered", values={"asked": event.ref})]


@_on(costs.Nudged)
def _costs_nudged(entry: Entry, event: costs.Nudged) -> list[Draft]:
    if not event.late:
        return []  # It is the office that is reminded; the page shows it.
    return [_costs(entry, "late", values={"asked": event.ref, "reply_by": event.reply_by})]


@_on(costs.CardTexted)
def _card(entry: Entry, event: costs.CardTexted) -> list[Draft]:
    # Staff read English: whoever shows the phone needs both.
    kinds = ["card", "card_english"] if event.english else ["card"]
    return [_costs(entry, kind, own=True, values={"card": event.card}) for kind in kinds]


def _costs(entry: Entry, kind: str, **more: Any) -> Draft:
    return Draft(f"costs.{kind}", entry.claimant_id, receipt=entry.receipt, **more)


@_on(account.CodeAsked)
def _code(entry: Entry, event: account.CodeAsked) -> list[Draft]:
    return [Draft("account.code", entry.claimant_id, secret_of=event.attempt_id, own=True)]


@_on(account.SharedNumberRefused)
def _shared(entry: Entry, event: account.SharedNumberRefused) -> list[Draft]:
    return [Draft("account.shared_number", entry.claimant_id, to_number=event.number, own=True)]


@_on(account.NumberChangeAsked)
def _number_change(entry: Entry, event: account.NumberChangeAsked) -> list[Draft]:
    found = []
    for kind, number in (("old", event.old_number), ("new", event.new_number)):
        if number:
            found.append(
                Draft(
                    f"account.number_code_{kind}",
                    entry.claimant_id,
                    to_number=number,
                    secret_of=event.change_id,
                    own=True,
                )
            )
    return found


@_on(account.NumberChanged)
def _number_changed(entry: Entry, event: account.NumberChanged) -> list[Draft]:
    if not event.new_number:
        return []
    return [
        Draft("account.number_changed", entry.claimant_id, to_number=event.new_number, own=True)
    ]


@_on(account.LanguageChosen)
def _language(entry: Entry, event: account.LanguageChosen) -> list[Draft]:
    if entry.channel != Channel.sms:
        return []
    return [Draft("account.language", entry.claimant_id, own=True)]


@_on(account.DiscreetChosen)
def _discreet(entry: Entry, event: account.DiscreetChosen) -> list[Draft]:
    return _settled(entry, "discreet_on" if event.on else "discreet_off")


@_on(account.MorningTextChosen)
def _morning_text(entry: Entry, event: account.MorningTextChosen) -> list[Draft]:
    return _settled(entry, "morning_text_on" if event.on else "morning_text_off")


@_on(account.LettersChosen)
def _letters(entry: Entry, event: account.LettersChosen) -> list[Draft]:
    return _settled(entry, f"letters_{event.letters.value}")


@_on(account.QuietTimesChosen)
def _quiet_times(entry: Entry, event: account.QuietTimesChosen) -> list[Draft]:
    # The quiet times of somebody who texts end where the hours for texts begin.
    values = {"first": event.end, "last": event.start}
    return _settled(entry, "hours" if event.start and event.end else "usual_hours", values=values)


def _settled(entry: Entry, kind: str, **more: Any) -> list[Draft]:
    """A setting, confirmed to whoever chose it by text. A page shows its receipt itself."""
    if entry.channel != Channel.sms:
        return []
    return [Draft(f"account.{kind}", entry.claimant_id, receipt=entry.receipt, own=True, **more)]


@_on(account.NumberCheckAsked)
def _number_check(entry: Entry, event: account.NumberCheckAsked) -> list[Draft]:
    return [Draft("account.number_check", entry.claimant_id)]


@_on(account.NumberConfirmed)
def _number_confirmed(entry: Entry, event: account.NumberConfirmed) -> list[Draft]:
    return [Draft("account.number_confirmed", entry.claimant_id, receipt=entry.receipt, own=True)]


@_on(account.TextsStopped)
def _stopped(entry: Entry, event: account.TextsStopped) -> list[Draft]:
    if not event.answered:
        return []  # The text that somebody else on this phone gets says it.
    return [Draft("account.texts_stopped", entry.claimant_id, to_number=event.number, own=True)]


@_on(account.NumberDisowned)
def _disowned(entry: Entry, event: account.NumberDisowned) -> list[Draft]:
    if not event.answered:
        return []
    kind = "account.number_disowned"
    return [Draft(kind, entry.claimant_id, to_number=event.number, own=True)]


@_on(account.TextsStarted)
def _started(entry: Entry, event: account.TextsStarted) -> list[Draft]:
    if not event.answered:
        return []  # The provider has said so already.
    return [Draft("account.texts_started", entry.claimant_id, own=True)]


@_on(account.ConcernRaised)
def _concern(entry: Entry, event: account.ConcernRaised) -> list[Draft]:
    if not event.answered:
        return []
    return [Draft("account.concern", entry.claimant_id, own=True)]
