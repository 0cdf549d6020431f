"""Who hears of what happens to an account. Apart from `triggers`, for length; pure as well."""

from __future__ import annotations

from typing import Any

from notifications.drafts import Draft, Trigger
from portal.account import events as account
from portal.account import interpreter_events as interpreters
from portal.actors import Channel
from portal.record.events import Event
from portal.record.models import Entry

SILENT: dict[str, str] = {
    account.Registered.kind: "Nothing has happened yet that the person must know.",
    account.SignedIn.kind: "They are looking at the page.",
    account.SignedOut.kind: "They have just left.",
    account.WayChosen.kind: "The page showed the receipt.",
    account.CardRevoked.kind: "It was done with them at the desk.",
    account.TextNotDelivered.kind: "A delivery fact never triggers a text.",
    account.TextArrived.kind: "A delivery fact never triggers a text.",
    account.ReachNoted.kind: "It was settled with them at the desk.",
    account.PinChosen.kind: "The page showed the receipt.",
    account.PinRemoved.kind: "The page showed the receipt.",
    account.PinNotMatched.kind: "A person calls them, and a text says so.",
    account.NicknameChosen.kind: "The page showed the receipt.",
    account.TextsUnsafeNoted.kind: "Texts could put them in danger.",
    interpreters.InterpreterSaid.kind: "The page showed the receipt.",
    interpreters.InterpreterNotNeeded.kind: "The page showed the receipt.",
    account.ConcernRead.kind: "A member of staff is with them now.",
}


def _code(entry: Entry, event: account.CodeAsked) -> list[Draft]:
    return [Draft("account.code", entry.claimant_id, secret_of=event.attempt_id, own=True)]


def _shared(entry: Entry, event: account.SharedNumberRefused) -> list[Draft]:
    return [Draft("account.shared_number", entry.claimant_id, to_number=event.number, own=True)]


def _number_change(entry: Entry, event: account.NumberChangeAsked) -> list[Draft]:
    new = "texted" if entry.channel == Channel.sms else "new"
    found = []
    for kind, number in (("old", event.old_number), (new, event.new_number)):
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


def _number_changed(entry: Entry, event: account.NumberChanged) -> list[Draft]:
    if not event.new_number:
        return []
    return [
        Draft(
            "account.number_changed",
            entry.claimant_id,
            to_number=event.new_number,
            receipt=entry.receipt,
            own=True,
        )
    ]


def _language(entry: Entry, event: account.LanguageChosen) -> list[Draft]:
    if entry.channel != Channel.sms:
        return []
    return [Draft("account.language", entry.claimant_id, own=True)]


def _discreet(entry: Entry, event: account.DiscreetChosen) -> list[Draft]:
    return _settled(entry, "discreet_on" if event.on else "discreet_off")


def _morning_text(entry: Entry, event: account.MorningTextChosen) -> list[Draft]:
    return _settled(entry, "morning_text_on" if event.on else "morning_text_off")


def _letters(entry: Entry, event: account.LettersChosen) -> list[Draft]:
    return _settled(entry, f"letters_{event.letters.value}")


def _quiet_times(entry: Entry, event: account.QuietTimesChosen) -> list[Draft]:
    # The quiet times of somebody who texts end where the hours for texts begin.
    values = {"first": event.end, "last": event.start}
    return _settled(entry, "hours" if event.start and event.end else "usual_hours", values=values)


def _settled(entry: Entry, kind: str, **more: Any) -> list[Draft]:
    """A setting, confirmed to whoever chose it by text. A page shows its receipt itself."""
    if entry.channel != Channel.sms:
        return []
    return [Draft(f"account.{kind}", entry.claimant_id, receipt=entry.receipt, own=True, **more)]


def _number_check(entry: Entry, event: account.NumberCheckAsked) -> list[Draft]:
    return [Draft("account.number_check", entry.claimant_id)]


def _number_confirmed(entry: Entry, event: account.NumberConfirmed) -> list[Draft]:
    return [Draft("account.number_confirmed", entry.claimant_id, receipt=entry.receipt, own=True)]


def _stopped(entry: Entry, event: account.TextsStopped) -> list[Draft]:
    if not event.answered:
        return []  # The text that somebody else on this phone gets says it.
    return [Draft("account.texts_stopped", entry.claimant_id, to_number=event.number, own=True)]


def _disowned(entry: Entry, event: account.NumberDisowned) -> list[Draft]:
    if not event.answered:
        return []
    kind = "account.number_disowned"
    return [Draft(kind, entry.claimant_id, to_number=event.number, own=True)]


def _started(entry: Entry, event: account.TextsStarted) -> list[Draft]:
    if not event.answered:
        return []  # The provider has said so already.
    return [Draft("account.texts_started", entry.claimant_id, own=True)]


def _concern(entry: Entry, event: account.ConcernRaised) -> list[Draft]:
    if not event.answered:
        return []
    return [Draft("account.concern", entry.claimant_id, own=True)]


def _card(entry: Entry, event: account.CardIssued) -> list[Draft]:
    """Whoever holds the card sees all that the person does: they hear of one not meant for them."""
    return [Draft("account.card_made", entry.claimant_id, own=True)]


TRIGGERS: dict[type[Event], Trigger] = {
    account.CodeAsked: _code,
    account.CardIssued: _card,
    account.SharedNumberRefused: _shared,
    account.NumberChangeAsked: _number_change,
    account.NumberChanged: _number_changed,
    account.LanguageChosen: _language,
    account.DiscreetChosen: _discreet,
    account.MorningTextChosen: _morning_text,
    account.LettersChosen: _letters,
    account.QuietTimesChosen: _quiet_times,
    account.NumberCheckAsked: _number_check,
    account.NumberConfirmed: _number_confirmed,
    account.TextsStopped: _stopped,
    account.NumberDisowned: _disowned,
    account.TextsStarted: _started,
    account.ConcernRaised: _concern,
}
