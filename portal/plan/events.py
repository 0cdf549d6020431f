"""What can happen in a support plan. No words are kept in the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutPromise(Event):
    """Every event here names the promise, and which kind of thing was promised."""

    promise_id: UUID
    promise: str
    """A code of `rules.KINDS`."""

    @property
    def about(self) -> UUID:
        return self.promise_id


@recorded("plan.promised")
@dataclass(frozen=True)
class Promised(AboutPromise):
    """The office promised something: who does it, and by when."""

    who_name: str
    who_role: str
    due: date
    length: int
    """In characters, of what staff wrote about it."""
    language: str = ""
    """In which the person is told of it."""
    wording: str = ""
    """SHA-256 of that language, a line feed and the words that the plan then shows: the sentence of
    its kind, and what staff wrote. So these can be proved later."""
    review: str = ""
    """How far the language was checked then: machine-drafted, part-reviewed or reviewed."""


@recorded("plan.promise_started")
@dataclass(frozen=True)
class PromiseStarted(AboutPromise):
    """Staff said that they are at it."""


@recorded("plan.promise_kept")
@dataclass(frozen=True)
class PromiseKept(AboutPromise):
    """Staff said that it was done."""

    days_late: int


@recorded("plan.promise_withdrawn")
@dataclass(frozen=True)
class PromiseWithdrawn(AboutPromise):
    """The office takes the promise back, and says why."""


@recorded("plan.promise_date_changed")
@dataclass(frozen=True)
class PromiseDateChanged(AboutPromise):
    """The office named another day."""

    was: date
    due: date


@recorded("plan.promise_date_kept")
@dataclass(frozen=True)
class PromiseDateKept(AboutPromise):
    """The person had asked for another day, and the office did not agree."""

    due: date


@recorded("plan.promise_late")
@dataclass(frozen=True)
class PromiseLate(AboutPromise):
    """The day has passed and it was not done: the owner was reminded."""

    due: date
    days_late: int
    times: int
    """How often the owner has been reminded by the clock, this time included."""


@recorded("plan.happened")
@dataclass(frozen=True)
class Happened(AboutPromise):
    """The person said that it happened."""


@recorded("plan.not_happened")
@dataclass(frozen=True)
class NotHappened(AboutPromise):
    """The person said that it has not happened."""

    reopened: bool
    """The office had said that it was done; it waits again."""


@recorded("plan.reminded")
@dataclass(frozen=True)
class Reminded(AboutPromise):
    """The person reminded the office."""

    times: int


@recorded("plan.date_asked")
@dataclass(frozen=True)
class DateAsked(AboutPromise):
    """The person asked for another date."""


@dataclass(frozen=True)
class AboutAsk(Event):
    """Every event here names what was asked for."""

    ask_id: UUID
    offer: str
    """A key of `offers`, or a code of `rules.OTHER_ASKS`."""

    @property
    def about(self) -> UUID:
        return self.ask_id


@recorded("plan.asked")
@dataclass(frozen=True)
class Asked(AboutAsk):
    """The person asked their work coach about something."""

    needs: str
    """Codes of `rules.NEEDS` with spaces between."""
    reply_by: date


@recorded("plan.ask_withdrawn")
@dataclass(frozen=True)
class AskWithdrawn(AboutAsk):
    """The person no longer asks for it."""


@recorded("plan.ask_seen")
@dataclass(frozen=True)
class AskSeen(AboutAsk):
    """A member of staff opened what was asked."""


@recorded("plan.ask_agreed")
@dataclass(frozen=True)
class AskAgreed(AboutAsk):
    """The office agreed, with a promise."""

    promise_id: UUID
    late: bool


@recorded("plan.ask_refused")
@dataclass(frozen=True)
class AskRefused(AboutAsk):
    """The office said no, and why."""

    late: bool
