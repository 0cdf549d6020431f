"""Who acts, through which door, and how sure we are that it is really them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID


class Kind(StrEnum):
    claimant = "claimant"
    staff = "staff"
    partner = "partner"
    system = "system"


class Channel(StrEnum):
    web = "web"
    link = "link"
    sms = "sms"
    desk = "desk"
    api = "api"
    file = "file"
    worker = "worker"


class Assurance(IntEnum):
    """How sure we are. A phone number is not a person: a sender number can be forged."""

    none = 0
    number = 1
    """A text that claims to come from the person's number."""
    saw_our_text = 2
    """They hold a link, or repeated a code, that only the real phone received; or they gave the
    PIN for texts that only the person knows."""
    signed_in = 3
    staff = 4


@dataclass(frozen=True)
class Actor:
    """One acting person or machine. `id` is a claimant, a staff member, an API key or nobody."""

    kind: Kind
    id: UUID | None
    channel: Channel
    assurance: Assurance = Assurance.none

    @classmethod
    def system(cls) -> Actor:
        """The service itself, acting because time passed or a provider reported."""
        return cls(Kind.system, None, Channel.worker, Assurance.staff)
