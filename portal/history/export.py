"""A record as a file that others can check without us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from portal import clock
from portal.account.models import Claimant
from portal.history.words import sentence_of
from portal.record.models import Chain, Entry

FORMAT = "claimant-record/1"
NOT_FOR_OTHERS = frozenset(
    {
        "account.signed_in",
        "account.signed_out",
        "account.code_asked",
        "account.text_arrived",
        "account.texts_unsafe_noted",
        "appointments.contact_attempted",
        "appointments.missed",
        "messages.called",
        "commitment.point_read",
        "commitment.fit_said",
        "commitment.known_noted",
        "about.approved",
        "about.taken_back",
        "about.opened",
        "about.read",
    }
)
"""What an export made for others leaves out by default: what the person read, opened, was reached
with or did not answer is never evidence against them, and neither is what staff noted of their
home or health. What staff saw and when, and what never arrived, stays: it is in their favour."""

NEVER = ("complaints.", "interpreting.")
"""Kinds that begin so are left out as well: the somebody else may be whom a complaint is about.
Whoever wants to show one has a document about it alone. What an interpreter saw is what the person
read, and names pages about complaints too."""

HOW_TO_CHECK = (
    "Go through the entries from the first.",
    "Make a JSON array of claimant, number, kind, time, actor_kind, actor_id, channel, "
    "assurance, about, receipt, digest, previous: no spaces, characters beyond ASCII as "
    "\\u escapes, an empty string where a value is null.",
    "The SHA-256 of its UTF-8 bytes, in hexadecimal, is the hash of the entry.",
    "previous is the hash of the entry before; the first has an empty string.",
    "digest is the SHA-256 of details.salt, a line feed and details.body. Details may have been "
    "deleted (null); the chain holds all the same.",
    "The last hash is head, and there are length entries.",
)


def for_others(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that somebody else may be given. The chain cannot be checked with gaps, so each
    entry keeps its receipt, which anybody can check."""
    return [
        entry
        for entry in entries
        if entry.kind not in NOT_FOR_OTHERS and not entry.kind.startswith(NEVER)
    ]


def document(claimant: Claimant, chain: Chain | None, entries: Sequence[Entry]) -> dict[str, Any]:
    """The whole record, oldest entry first. `entries` are in that order."""
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "claimant": str(claimant.id),
        "length": chain.length if chain else 0,
        "head": chain.head if chain else "",
        "how_to_check": HOW_TO_CHECK,
        "entries": [_entry(entry) for entry in entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    details = entry.details
    return {
        "number": entry.number,
        "kind": entry.kind,
        "time": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "sentence": sentence_of(entry).striptags(),
        "channel": entry.channel,
        "receipt": entry.receipt,
        "actor_kind": entry.actor_kind,
        "actor_id": str(entry.actor_id) if entry.actor_id else None,
        "assurance": entry.assurance,
        "about": str(entry.about) if entry.about else None,
        "details": {"salt": details.salt, "body": details.body} if details else None,
        "digest": entry.digest,
        "previous": entry.previous,
        "hash": entry.hash,
    }
