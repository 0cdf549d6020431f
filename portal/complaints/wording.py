"""What was written, in the one form that is hashed into the record: so that a copy of a complaint
can be shown to be unaltered, long after, and without us (facts 0.3). Pure.

The digest is in the entry, and the words are not. It is salted with the id, which the entry holds
as well: whoever has the words can check them, and whoever has the digest alone learns nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from portal.complaints.models import Complaint, Word

FIELDS = ("what", "happened", "who", "effect", "put_right", "contact_note", "helper")


def canonical(found: Complaint, about: Sequence[str], kept_from: Iterable[UUID]) -> str:
    """A complaint as canonical JSON: sorted keys, no spaces, every script as it is. `about`: the
    receipts that go with it. `kept_from`: the ids of whoever must not see it."""
    values: dict[str, str | list[str]] = {name: getattr(found, name) for name in FIELDS}
    values |= {"id": str(found.id), "contact": found.contact.value, "about": sorted(about)}
    return _json(values | {"kept_from": sorted(str(each) for each in kept_from)})


def canonical_word(word: Word) -> str:
    """The same of something that was said about it later."""
    values = {name: getattr(word, name) for name in ("words", "found", "will_do")}
    return _json(values | {"id": str(word.id), "said": word.said.value})


def digest(found: Complaint, about: Sequence[str], kept_from: Iterable[UUID]) -> str:
    return _sha(canonical(found, about, kept_from))


def digest_of_word(word: Word) -> str:
    return _sha(canonical_word(word))


def _json(values: Mapping[str, str | list[str]]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
