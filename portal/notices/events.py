"""That a notice was sent: in which language, in which words. The words lie beside the record."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.notices.models import Told
from portal.record.events import Event, recorded


@recorded("notices.sent")
@dataclass(frozen=True)
class Sent(Event):
    """A notice that matters in law was put into words for the person, and sent or handed over."""

    notice_id: UUID
    what: str
    told: Told
    language: str
    review: str
    """How far the language was checked then: machine-drafted, part-reviewed or reviewed."""
    wording: str
    """SHA-256 of the language, a line feed and the words."""

    @property
    def about(self) -> UUID:
        return self.notice_id
