"""Writing to a record and reading from it.

`append` is the only way a fact comes into being. It writes the entry, its details and an
outbox row in the caller's transaction: all of them, or none.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.actors import Actor
from portal.database import db
from portal.record import chain, events, receipts
from portal.record.models import Chain, Details, Entry, Outbox


def append(claimant_id: UUID, event: events.Event, *, by: Actor) -> Entry:
    """Record that something happened to this person; returns the entry with its receipt code."""
    session = db.session
    head = session.get(Chain, claimant_id, with_for_update=True, populate_existing=True)
    if head is None:
        head = Chain(claimant_id=claimant_id, length=0, head="")
        session.add(head)
        session.flush()
    salt, body = secrets.token_hex(16), events.encode(event)
    entry = Entry(
        claimant_id=claimant_id,
        number=head.length + 1,
        kind=event.kind,
        at=clock.now(),
        actor_kind=by.kind.value,
        actor_id=by.id,
        channel=by.channel.value,
        assurance=int(by.assurance),
        about=event.about,
        receipt=_free_code(),
        digest=chain.digest(salt, body),
        previous=head.head,
    )
    entry.hash = chain.link(entry)
    entry.details = Details(salt=salt, body=body)
    head.length, head.head = entry.number, entry.hash
    session.add(Outbox(entry=entry, claimant_id=claimant_id, not_before=entry.at))
    session.flush()
    return entry


def _free_code() -> str:
    while True:
        code = receipts.new_code()
        if by_receipt(code) is None:
            return code


def event_of(entry: Entry) -> events.Event | None:
    """What happened, or None once the details were erased."""
    return events.decode(entry.kind, entry.details.body) if entry.details else None


def by_receipt(code: str) -> Entry | None:
    return db.session.scalar(sa.select(Entry).where(Entry.receipt == code))


def length(claimant_id: UUID) -> int:
    """How many entries one person's record has: the number of the latest."""
    found = db.session.scalar(sa.select(Chain.length).where(Chain.claimant_id == claimant_id))
    return found or 0


def entries(claimant_id: UUID, *, newest_first: bool = True) -> Sequence[Entry]:
    """Every entry of one person's record."""
    order = Entry.number.desc() if newest_first else Entry.number
    return db.session.scalars(
        sa.select(Entry).where(Entry.claimant_id == claimant_id).order_by(order)
    ).all()


def entries_about(claimant_id: UUID, about: UUID) -> Sequence[Entry]:
    """The entries of one person's record about one thing, oldest first."""
    return db.session.scalars(
        sa.select(Entry)
        .where(Entry.claimant_id == claimant_id, Entry.about == about)
        .order_by(Entry.number)
    ).all()


def last(claimant_id: UUID, about: UUID, *kinds: type[events.Event]) -> Entry:
    """The latest entry of these kinds about one thing: what to show again to whoever says the same
    twice. Something else may have been recorded about it meanwhile. Raises LookupError."""
    named = [kind.kind for kind in kinds]
    found = [e for e in entries_about(claimant_id, about) if e.kind in named]
    if not found:
        raise LookupError(f"Nothing was recorded: {', '.join(named)}")
    return found[-1]


def verify(claimant_id: UUID) -> list[chain.Fault]:
    """Check one chain from its first entry to its head. An empty list means it is intact."""
    faults = []
    previous, number = "", 0
    for entry in entries(claimant_id, newest_first=False):
        number += 1
        if entry.number != number:
            faults.append(_fault(entry, f"entry {number} is missing"))
            number = entry.number
        if entry.previous != previous:
            faults.append(_fault(entry, "it does not follow the entry before it"))
        if chain.link(entry) != entry.hash:
            faults.append(_fault(entry, "the entry was changed"))
        details = entry.details
        if details and chain.digest(details.salt, details.body) != entry.digest:
            faults.append(_fault(entry, "its details were changed"))
        previous = entry.hash
    head = db.session.get(Chain, claimant_id)
    if (head.length, head.head) != (number, previous) if head else number:
        faults.append(chain.Fault(claimant_id, number + 1, "", "entries at the end are missing"))
    return faults


def _fault(entry: Entry, what: str) -> chain.Fault:
    return chain.Fault(entry.claimant_id, entry.number, entry.receipt, what)


def verify_all() -> Iterator[tuple[UUID, int, list[chain.Fault]]]:
    """Check every chain: whose, how many entries, and what is wrong."""
    known = sa.union(sa.select(Chain.claimant_id), sa.select(Entry.claimant_id))
    for claimant_id in db.session.scalars(known).all():
        head = db.session.get(Chain, claimant_id)
        yield claimant_id, head.length if head else 0, verify(claimant_id)
        db.session.expunge_all()
