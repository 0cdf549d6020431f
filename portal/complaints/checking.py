"""Shows that nothing of a complaint was altered: what is written in the database is compared with
the digests in the record, and a document with the code that was printed on it.

Apart from `wording`, which is pure: this reads. Where the words were erased, with the record or
after the time we keep them, nothing is left to compare, and the chain alone holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from portal.complaints import events, wording
from portal.complaints.actions import digest
from portal.complaints.models import Complaint, Word
from portal.database import db
from portal.record import log
from portal.record.chain import Fault
from portal.record.models import Entry
from portal.record.receipts import ALPHABET, LENGTH, characters, read_code

_SAID = (events.MoreAsked, events.Added, events.Answered, events.TakenFurther)
"""Kinds of entries that hold the digest of words."""


def code(entries: Sequence[Entry]) -> str:
    """The check code of a document about a complaint: the receipt of the complaint, and eight
    more characters that only the last of these entries has. The hash of an entry covers every
    entry before it. `entries` are those about the complaint, oldest first."""
    number = int(hashlib.sha256(f"document {entries[-1].hash}".encode()).hexdigest(), 16)
    tail = ""
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        tail += ALPHABET[index]
    return entries[0].receipt + tail


def printed(code: str) -> str:
    """As it is printed: four characters at a time."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read(typed: str) -> str | None:
    """The check code that somebody typed, or None if it cannot be one."""
    found = characters(typed)
    good = len(found) == 2 * LENGTH and read_code(found[:LENGTH]) and set(found) <= set(ALPHABET)
    return found if good else None


def covered(typed: str) -> list[Entry]:
    """The entries that a document with this code was made of, oldest first; none when no document
    has it."""
    wanted = read(typed)
    first = log.by_receipt(wanted[:LENGTH]) if wanted else None
    if first is None or first.kind != events.Sent.kind or first.about is None:
        return []
    entries = list(log.entries_about(first.claimant_id, first.about))
    for end in range(len(entries), 0, -1):
        if code(entries[:end]) == wanted:
            return entries[:end]
    return []


def fingerprints(entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    """The digests of the words that these entries are about, in their order."""
    found = [(entry, getattr(log.event_of(entry), "digest", "")) for entry in entries]
    return [(entry, digest) for entry, digest in found if digest]


def was_erased(entries: Sequence[Entry]) -> bool:
    """Whether the words are gone, so that nobody can compare them any more."""
    return any(each.kind == events.Redacted.kind or each.details is None for each in entries)


def faults(claimant_id: UUID) -> list[Fault]:
    """Where what this person's complaints say differs from what the record says they say."""
    ids = sa.select(Complaint.id).where(Complaint.claimant_id == claimant_id)
    return [
        fault
        for complaint_id in db.session.scalars(ids.order_by(Complaint.sent_at)).all()
        for fault in _faults_of(claimant_id, complaint_id)
    ]


def _faults_of(claimant_id: UUID, complaint_id: UUID) -> Iterator[Fault]:
    entries = log.entries_about(claimant_id, complaint_id)
    known = {each.receipt: (each, log.event_of(each)) for each in entries}
    sent = next((each for each in known.values() if each[0].kind == events.Sent.kind), None)
    if sent is None:
        yield Fault(claimant_id, 0, "", f"nothing says that complaint {complaint_id} was sent")
        return
    entry, event = sent
    if not isinstance(event, events.Sent) or any(
        isinstance(each, events.Redacted) for _, each in known.values()
    ):
        return
    found = _opened(Complaint, complaint_id)
    if found is None:
        yield _fault(entry, "the words of the complaint cannot be opened")
        return
    if digest(found) != event.digest:
        yield _fault(entry, "the words of the complaint were changed")
    if (found.kind, found.receipt) != (event.what, entry.receipt):
        yield _fault(entry, "what the complaint is about was changed")
    if found.reply_by != _promised([each for _, each in known.values()]):
        yield _fault(entry, "the day by which to reply was changed")
    yield from _faults_of_words(complaint_id, entry, known)


def _faults_of_words(
    complaint_id: UUID, sent: Entry, known: dict[str, tuple[Entry, Any]]
) -> Iterator[Fault]:
    missing = {
        receipt: entry
        for receipt, (entry, event) in known.items()
        if isinstance(event, _SAID) and event.digest
    }
    rows = sa.select(Word.id, Word.receipt).where(Word.complaint_id == complaint_id)
    for word_id, receipt in db.session.execute(rows.order_by(Word.at, Word.id)).all():
        if missing.pop(receipt, None) is None:
            yield _fault(sent, "words were put in that nothing in the record speaks of")
            continue
        entry, event = known[receipt]
        word = _opened(Word, word_id)
        if word is None:
            yield _fault(entry, "the words cannot be opened")
        elif wording.digest_of_word(word) != event.digest:
            yield _fault(entry, "the words were changed")
    for entry in missing.values():
        yield _fault(entry, "the words are missing")


def _promised(said: Sequence[Any]) -> date | None:
    """The day by which whoever has it must answer, as the record says."""
    days = [each.reply_by for each in said if isinstance(each, events.Sent | events.TakenFurther)]
    return days[-1] if days else None


def _opened(kind: type[Any], row_id: UUID) -> Any:
    """The row as it is in the database, or None when its words cannot be opened any more."""
    try:
        return db.session.get(kind, row_id, populate_existing=True)
    except InvalidToken:
        return None


def _fault(entry: Entry, what: str) -> Fault:
    return Fault(entry.claimant_id, entry.number, entry.receipt, what)
