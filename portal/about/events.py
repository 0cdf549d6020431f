"""What can happen to the page that a person wrote about themselves. No words in the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutPage(Event):
    page_id: UUID

    @property
    def about(self) -> UUID:
        return self.page_id


@recorded("about.approved")
@dataclass(frozen=True)
class Approved(AboutPage):
    """The person lets their work coach see the page as it is."""

    version: int
    review_by: date


@recorded("about.taken_back")
@dataclass(frozen=True)
class TakenBack(AboutPage):
    """The person lets nobody see it any more."""


@recorded("about.opened")
@dataclass(frozen=True)
class Opened(AboutPage):
    """A member of staff opened it."""

    version: int
    name: str
    role: str


@recorded("about.read")
@dataclass(frozen=True)
class Read(AboutPage):
    """A member of staff said that they have read it."""

    version: int
    name: str
    role: str
