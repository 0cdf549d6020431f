"""What can happen to a person's account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from portal.account.models import Letters
from portal.record.events import Event, recorded


@recorded("account.registered")
@dataclass(frozen=True)
class Registered(Event):
    """The office told us about this person."""

    office: str


@recorded("account.code_asked")
@dataclass(frozen=True)
class CodeAsked(Event):
    """Somebody asked for a sign-in code for this person's number."""

    attempt_id: UUID

    @property
    def about(self) -> UUID:
        return self.attempt_id


@recorded("account.shared_number_refused")
@dataclass(frozen=True)
class SharedNumberRefused(Event):
    """Somebody asked for a code for a number that several people share."""

    number: str


@recorded("account.signed_in")
@dataclass(frozen=True)
class SignedIn(Event):
    """The person signed in: `how` is `code` or `card`."""

    how: str


@recorded("account.signed_out")
@dataclass(frozen=True)
class SignedOut(Event):
    """The person ended the session: `how` is `button` or `exit`."""

    how: str


@recorded("account.language_chosen")
@dataclass(frozen=True)
class LanguageChosen(Event):
    was: str
    now: str


@recorded("account.way_chosen")
@dataclass(frozen=True)
class WayChosen(Event):
    """How the person wants to be told things: text, call or letter."""

    was: str
    now: str


@recorded("account.discreet_chosen")
@dataclass(frozen=True)
class DiscreetChosen(Event):
    """Discreet wording was turned on or off."""

    on: bool


@recorded("account.morning_text_chosen")
@dataclass(frozen=True)
class MorningTextChosen(Event):
    """The text on the morning of an appointment was turned on or off."""

    on: bool


@recorded("account.quiet_times_chosen")
@dataclass(frozen=True)
class QuietTimesChosen(Event):
    """Wall-clock times between which we send nothing unasked; none means the usual hours."""

    start: time | None
    end: time | None


@recorded("account.letters_chosen")
@dataclass(frozen=True)
class LettersChosen(Event):
    """How texts are spelt: with accents, without them, or as they fit."""

    letters: Letters


@recorded("account.number_change_asked")
@dataclass(frozen=True)
class NumberChangeAsked(Event):
    """A new number was given. Both numbers get a code; nothing changes until both come back."""

    change_id: UUID
    old_number: str | None
    new_number: str

    @property
    def about(self) -> UUID:
        return self.change_id


@recorded("account.number_changed")
@dataclass(frozen=True)
class NumberChanged(Event):
    old_number: str | None
    new_number: str | None
    how: str
    """`codes` when both phones confirmed, `desk` when staff changed it in person."""


@recorded("account.number_check_asked")
@dataclass(frozen=True)
class NumberCheckAsked(Event):
    """Nothing had come from the number for long: we asked whether it is still this person's."""

    number: str


@recorded("account.number_confirmed")
@dataclass(frozen=True)
class NumberConfirmed(Event):
    """Whoever has the phone said that the number is still this person's."""

    number: str


@recorded("account.card_issued")
@dataclass(frozen=True)
class CardIssued(Event):
    card_id: UUID

    @property
    def about(self) -> UUID:
        return self.card_id


@recorded("account.card_revoked")
@dataclass(frozen=True)
class CardRevoked(Event):
    card_id: UUID

    @property
    def about(self) -> UUID:
        return self.card_id


@recorded("account.texts_stopped")
@dataclass(frozen=True)
class TextsStopped(Event):
    """The person told us to stop texts. Stopping texts does not stop appointments."""

    number: str
    answered: bool = True
    """One text says so. Where people share a phone, one is enough for all of them."""


@recorded("account.texts_started")
@dataclass(frozen=True)
class TextsStarted(Event):
    number: str
    answered: bool = True
    """One text says so, unless the provider did."""


@recorded("account.text_not_delivered")
@dataclass(frozen=True)
class TextNotDelivered(Event):
    """A provider reported that a text did not arrive. A fact about delivery, never about them."""

    number: str
    what: str
    """The kind of text, like `appointments.offer`."""
    regarding: UUID | None
    permanent: bool
    blocked: bool = False
    """The provider refuses this number because the person opted out there."""
    sure: bool = True
    """False when nobody knows: it may not have arrived."""

    @property
    def about(self) -> UUID | None:
        return self.regarding


@recorded("account.text_arrived")
@dataclass(frozen=True)
class TextArrived(Event):
    """A text that may not have arrived did, late."""

    number: str
    what: str
    regarding: UUID | None

    @property
    def about(self) -> UUID | None:
        return self.regarding


@recorded("account.reach_noted")
@dataclass(frozen=True)
class ReachNoted(Event):
    """Staff noted with the person how they can be reached. `was` and `now` are ways of telling
    them; whoever is told for them is kept apart from the record."""

    was: str
    now: str
    homeless: bool
    no_phone: bool


@recorded("account.concern_raised")
@dataclass(frozen=True)
class ConcernRaised(Event):
    """The person wrote something that a member of staff must read at once. Its words are kept
    apart from the record, and nothing in it was carried out."""

    concern_id: UUID
    answered: bool = True
    """A calm text answers it. Where people share a phone, one is enough for all of them."""

    @property
    def about(self) -> UUID:
        return self.concern_id


@recorded("account.concern_read")
@dataclass(frozen=True)
class ConcernRead(Event):
    concern_id: UUID

    @property
    def about(self) -> UUID:
        return self.concern_id


@recorded("account.pin_chosen")
@dataclass(frozen=True)
class PinChosen(Event):
    """The person has a PIN for texts now, or another one. It is kept nowhere in clear."""


@recorded("account.pin_removed")
@dataclass(frozen=True)
class PinRemoved(Event):
    """The person has no PIN for texts any more."""


@recorded("account.pin_not_matched")
@dataclass(frozen=True)
class PinNotMatched(Event):
    """Somebody with this phone sent a wrong PIN too often. A person calls."""

    number: str


@recorded("account.nickname_chosen")
@dataclass(frozen=True)
class NicknameChosen(Event):
    """What the person is called in texts to a phone that several people share."""

    name: str


@recorded("account.number_disowned")
@dataclass(frozen=True)
class NumberDisowned(Event):
    """Whoever has the phone said that our texts are not for them."""

    number: str
    answered: bool = True
    """One text thanks them. Where people share a phone, one is enough for all of them."""


@recorded("account.texts_unsafe_noted")
@dataclass(frozen=True)
class TextsUnsafeNoted(Event):
    """No texts at all any more, for they could do harm; or texts again."""

    on: bool
