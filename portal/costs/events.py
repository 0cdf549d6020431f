"""What can happen to a request for help with costs. No words are kept in the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.costs.models import Pay
from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutCosts(Event):
    """Every event here names the request, and what it asks for."""

    request_id: UUID
    item: str

    @property
    def about(self) -> UUID:
        return self.request_id


@recorded("costs.asked")
@dataclass(frozen=True)
class Asked(AboutCosts):
    """The person asked for help with a cost. We ask the office to answer by a day."""

    pence: int | None
    needed_by: date | None
    reply_by: date


@dataclass(frozen=True)
class AboutAsked(AboutCosts):
    """What came after the asking names its receipt, by which the person knows the request."""

    ref: str


@recorded("costs.seen")
@dataclass(frozen=True)
class Seen(AboutAsked):
    """A member of staff opened the request."""


@recorded("costs.nudged")
@dataclass(frozen=True)
class Nudged(AboutAsked):
    """Time went by without an answer, and the office was reminded."""

    reply_by: date
    late: bool
    """The day is over: it is on the manager's list now."""


@recorded("costs.agreed")
@dataclass(frozen=True)
class Agreed(AboutAsked):
    """The office agreed to pay, how much and how."""

    pence: int
    pay: Pay
    late: bool


@recorded("costs.refused")
@dataclass(frozen=True)
class Refused(AboutAsked):
    """The office said no and gave a reason."""

    late: bool
    again: bool
    """A manager has looked at it again already."""


@recorded("costs.look_again_asked")
@dataclass(frozen=True)
class LookAgainAsked(AboutAsked):
    """The person asked for a manager to look again. A benefit decision this is not, so there is
    no mandatory reconsideration (facts 1.5, Challenge)."""

    reply_by: date


@recorded("costs.withdrawn")
@dataclass(frozen=True)
class Withdrawn(AboutAsked):
    """The person no longer asks for it."""


@recorded("costs.card_texted")
@dataclass(frozen=True)
class CardTexted(Event):
    """The person had the words for their Jobcentre sent to their own phone. Nothing was asked."""

    card: str
    """The names of its sentences, with spaces between them."""
    english: bool
    """A second text brings it in English, which staff read."""
