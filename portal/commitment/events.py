"""What can happen to a claimant commitment. No words, and no reasons, are kept in the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutVersion(Event):
    """Every event here names its version, and the number people know it by."""

    version_id: UUID
    number: int

    @property
    def about(self) -> UUID:
        return self.version_id


@recorded("commitment.offered")
@dataclass(frozen=True)
class Offered(AboutVersion):
    """The office sent a version. The one before stays in force until this one is accepted."""

    accept_by: date
    points: int
    replaces: int
    """The number of a version that was offered, never accepted, and is void now; 0 for none."""


@recorded("commitment.point_read")
@dataclass(frozen=True)
class PointRead(AboutVersion):
    """A point was shown, sent or read out to the person: in which language and which words."""

    point_id: UUID
    position: int
    language: str
    wording: str
    """SHA-256 of the language, a line feed and the words."""
    review: str
    """How far the language was checked then: machine-drafted, part-reviewed or reviewed."""
    aloud: bool
    """Staff read it out."""


@recorded("commitment.time_taken")
@dataclass(frozen=True)
class TimeTaken(AboutVersion):
    """The person takes the time to think that they are offered (facts 3.2, 3.4)."""

    until: date


@recorded("commitment.more_time")
@dataclass(frozen=True)
class MoreTime(AboutVersion):
    """The office gave more time to accept (facts 3.3)."""

    was: date
    accept_by: date


@recorded("commitment.accepted")
@dataclass(frozen=True)
class Accepted(AboutVersion):
    """The person accepted a version. It is not the same as agreeing with it (facts 3.1)."""

    language: str
    review: str
    points: int
    late: bool
    """After the last day."""


@recorded("commitment.point_done")
@dataclass(frozen=True)
class PointDone(AboutVersion):
    """The person said that they have done a point, or that they have not after all."""

    point_id: UUID
    position: int
    done: bool


@recorded("commitment.fit_said")
@dataclass(frozen=True)
class FitSaid(AboutVersion):
    """The person said whether the commitment was written for them. What they said is not here."""


@dataclass(frozen=True)
class AboutRequest(Event):
    """Every event here names what the person asked. `position` is the point, or 0 for a pause or
    fewer hours; `second` is true for a second opinion."""

    request_id: UUID
    position: int
    second: bool

    @property
    def about(self) -> UUID:
        return self.request_id


@recorded("commitment.change_asked")
@dataclass(frozen=True)
class ChangeAsked(AboutRequest):
    """The person asked for a change. The commitment stands until the office agrees."""

    reply_by: date


@recorded("commitment.change_added")
@dataclass(frozen=True)
class ChangeAdded(AboutRequest):
    """The person added what would work instead."""


@recorded("commitment.change_seen")
@dataclass(frozen=True)
class ChangeSeen(AboutRequest):
    """A member of staff opened what the person had asked."""


@recorded("commitment.change_agreed")
@dataclass(frozen=True)
class ChangeAgreed(AboutRequest):
    """The office agreed. A new version comes; until it is accepted the old one stands."""


@recorded("commitment.change_refused")
@dataclass(frozen=True)
class ChangeRefused(AboutRequest):
    """The office said no, with its reason. Another work coach can be asked."""


@recorded("commitment.change_withdrawn")
@dataclass(frozen=True)
class ChangeWithdrawn(AboutRequest):
    """The person took back what they had asked."""


@recorded("commitment.known_noted")
@dataclass(frozen=True)
class KnownNoted(Event):
    """Staff noted something that can mean a pause or fewer hours. What it is, is not here."""

    known_id: UUID
    ended: bool

    @property
    def about(self) -> UUID:
        return self.known_id
