"""What can happen to messages and call-backs. No words are kept in the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.messages.models import When
from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutMessage(Event):
    """Every event here names the message the person wrote."""

    message_id: UUID

    @property
    def about(self) -> UUID:
        return self.message_id


@recorded("messages.written")
@dataclass(frozen=True)
class Written(AboutMessage):
    """The person wrote to the office, which says by when it replies."""

    length: int
    """In characters."""
    reply_by: date


@recorded("messages.read")
@dataclass(frozen=True)
class Read(AboutMessage):
    """A member of staff opened the message."""


@recorded("messages.replied")
@dataclass(frozen=True)
class Replied(AboutMessage):
    """A member of staff replied to the message."""

    reply_id: UUID
    length: int
    late: bool
    """The reply came after the day that the office had named."""


@dataclass(frozen=True)
class AboutCall(Event):
    """Every event here names the call that the person waits for."""

    call_id: UUID

    @property
    def about(self) -> UUID:
        return self.call_id


@recorded("messages.call_asked")
@dataclass(frozen=True)
class CallAsked(AboutCall):
    """The person asked to be called."""

    when: When
    call_by: datetime
    reason: str


@recorded("messages.call_withdrawn")
@dataclass(frozen=True)
class CallWithdrawn(AboutCall):
    """The person no longer waits for the call."""


@recorded("messages.called")
@dataclass(frozen=True)
class Called(AboutCall):
    """A member of staff called, and reached the person or not."""

    reached: bool
    last: bool
    """Nobody tries again unless the person asks."""
