"""How entries are bound to each other. Pure: takes values, gives digests."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID


class Linked(Protocol):
    """What the chain covers of an entry."""

    claimant_id: UUID
    number: int
    kind: str
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    channel: str
    assurance: int
    about: UUID | None
    receipt: str
    digest: str
    previous: str


def digest(salt: str, body: str) -> str:
    """SHA-256 of the salted details. The salt keeps a guessed detail from being confirmed."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def link(entry: Linked) -> str:
    """The hash of an entry, which covers the hash of the one before."""
    parts = [
        str(entry.claimant_id),
        entry.number,
        entry.kind,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_kind,
        str(entry.actor_id or ""),
        entry.channel,
        entry.assurance,
        str(entry.about or ""),
        entry.receipt,
        entry.digest,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Fault:
    """Where a chain does not hold, and what is wrong there."""

    claimant_id: UUID
    number: int
    receipt: str
    what: str
