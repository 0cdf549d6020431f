"""What can happen while an interpreter follows a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutSession(Event):
    session_id: UUID

    @property
    def about(self) -> UUID:
        return self.session_id


@recorded("interpreting.opened")
@dataclass(frozen=True)
class Opened(AboutSession):
    """A link for an interpreter was made: by the person, or by staff for them."""

    until: datetime


@recorded("interpreting.joined")
@dataclass(frozen=True)
class Joined(AboutSession):
    """Somebody opened the link, on one device."""


@recorded("interpreting.page_seen")
@dataclass(frozen=True)
class PageSeen(AboutSession):
    """The interpreter saw a page, by its title. Looking at it again is no new entry."""

    title: str


@recorded("interpreting.ended")
@dataclass(frozen=True)
class Ended(AboutSession):
    """The person or staff ended it before its time."""
