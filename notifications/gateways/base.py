"""What the rest of the service knows of a provider: a small door, one exception, our own words.

Each gateway alone knows its provider. Codes, names of states and web addresses of a provider
never leave its module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from flask import Request

from notifications.models import State


class GatewayError(Exception):
    """A provider did not take a text, or reports that it did not arrive.

    `permanent`: sending this text again is pointless. `dead`: the number itself reaches nobody,
    or cannot read texts. `blocked`: the person told the provider to stop. `elsewhere`: the
    trouble is the provider's, or ours with it, so another provider may well carry this text.
    `unsure`: the answer was lost, so the provider may have taken the text. `retry_after`: how
    long the provider asks us to wait. `code` is the provider's own, for whoever looks into it.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        dead: bool = False,
        blocked: bool = False,
        elsewhere: bool = False,
        unsure: bool = False,
        retry_after: timedelta | None = None,
        code: str = "",
    ) -> None:
        super().__init__(message)
        self.elsewhere = elsewhere
        self.unsure = unsure
        self.permanent = permanent or dead or blocked
        self.dead = dead
        self.blocked = blocked
        self.retry_after = retry_after
        self.code = code


@dataclass(frozen=True)
class Sent:
    """The provider took a text: its own id for it, and how far it is already."""

    provider_id: str
    state: State


@dataclass(frozen=True)
class Inbound:
    """A text from a person's phone, as the provider handed it over."""

    provider_id: str
    from_number: str
    body: str = ""
    media: int = 0
    """How many pictures or other things came with it."""
    part_of: str = ""
    """What the provider calls the longer text that this is a part of, if it says so."""
    part: int = 0
    """Which part it is, from 1; 0 when the provider does not say."""
    parts: int = 0
    opt_out: str = ""
    """What the provider did itself with this text: STOP, START, HELP or nothing."""


@dataclass(frozen=True)
class Call:
    """Somebody rang our number. `from_number` is empty when they hid theirs."""

    provider_id: str
    from_number: str


@dataclass(frozen=True)
class Status:
    """What the provider reports about a text of ours, in our ranks."""

    provider_id: str
    state: State
    error: str = ""
    key: str = ""
    """The key that went along with the text, if it came back: it names the notification even
    when the answer to our sending was lost."""


class Gateway(Protocol):
    """A provider of text messages."""

    name: str
    reserved_words: Mapping[str, str]
    """Words, casefolded, that the provider acts on itself before we see them, and what it takes
    them for: stop, start or help. No word that we advertise for anything else may be here."""
    forgets: bool
    """True where `forget` can be asked for. False where the provider deletes words by itself,
    after a time that is set with it."""

    def can_carry(self, text: str) -> bool:
        """False when the provider would refuse or garble this text."""
        ...

    def send(self, to: str, text: str, key: str, *, not_after: datetime | None = None) -> Sent:
        """Hand over one text to a number in E.164. `key` is the same when the same text is
        handed over again. Raises GatewayError. Uses no session, and may take seconds."""
        ...

    def find(self, to: str, text: str, key: str) -> Sequence[Sent]:
        """What the provider took under this key, or, where it keeps no key, the texts with these
        words that it took for this number lately. For when its answer was lost. Raises
        GatewayError when the provider cannot be asked."""
        ...

    def forget(self, provider_id: str) -> None:
        """Have the words of a text, sent or received, deleted at the provider. That they are
        deleted already, or that it knows no such text, is fine. Raises GatewayError."""
        ...

    def meaning(self, code: str) -> GatewayError:
        """What an error code of this provider means for us."""
        ...

    def verify(self, request: Request) -> bool:
        """True when this request was signed by the provider."""
        ...

    def parse_inbound(self, request: Request) -> Inbound:
        """The text in a verified request. Raises ValueError when there is none."""
        ...

    def parse_status(self, request: Request) -> Status:
        """The report in a verified request. Raises ValueError when there is none."""
        ...


@runtime_checkable
class TakesCalls(Protocol):
    """A provider that tells us of calls to our number too, and turns them down for us."""

    def parse_call(self, request: Request) -> Call:
        """The call in a verified request. Raises ValueError when there is none."""
        ...

    def turn_down(self) -> str:
        """What to answer, so that the call ends at once and costs the caller nothing."""
        ...
