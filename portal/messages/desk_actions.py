"""What the desk does with messages and calls. Apart from `actions`: nothing here may be done in
a claimant's name."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal import clock, languages
from portal.account import actions as account
from portal.account.locks import lock
from portal.account.models import Claimant, Staff
from portal.actors import Actor
from portal.database import db, new_id
from portal.messages import events, queries, rules
from portal.messages.models import CallBack, Message
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def mark_read(claimant: Claimant, *, staff: Staff, by: Actor) -> Sequence[Entry]:
    """Staff opened what this person wrote. Recorded once for each message; the person sees it."""
    lock(claimant)
    entries = []
    for message in queries.waiting_of(claimant):
        db.session.refresh(message)
        if message.read_at is None:
            message.read_at, message.read_by = clock.now(), staff.id
            entries.append(log.append(claimant.id, events.Read(message.id), by=by))
    return entries


def reply(
    claimant: Claimant,
    words: str,
    *,
    staff: Staff,
    up_to: UUID,
    reply_id: UUID | None = None,
    language: str = "",
    by: Actor,
) -> Entry:
    """Staff reply to everything up to the message they had before them; what the person wrote
    in the meantime still waits. `language` is the one they wrote in; their page's, if not given.

    With an id that the page made, a second press of the button finds the first reply.
    """
    words = words.strip()
    if not words:
        raise Refusal("words", sentence("Write your reply. The person will see it."))
    if len(words) > rules.LONGEST:
        raise Refusal("words", sentence("This is too long for one message. Send it in parts."))
    lock(claimant)
    known = queries.message(claimant, reply_id) if reply_id else None
    if known is not None:
        entry = log.by_receipt(known.receipt)
        assert entry is not None
        return entry
    last = queries.message(claimant, up_to)
    waiting = queries.waiting_of(claimant)
    ids = [message.id for message in waiting]
    if last is None or last.id not in ids:
        raise Refusal("answered", sentence("Somebody replied to this a moment ago."))
    now = clock.now()
    answered = waiting[: ids.index(last.id) + 1]
    late = any(rules.is_late(message, clock.today()) for message in answered)
    sent = Message(
        id=reply_id or new_id(),
        claimant_id=claimant.id,
        from_staff_id=staff.id,
        words=words,
        at=now,
    )
    db.session.add(sent)
    for message in answered:
        message.replied_at = now
        if message.read_at is None:
            message.read_at, message.read_by = now, staff.id
    with languages.speaking(language or languages.current().code):
        db.session.flush()
    entry = log.append(claimant.id, events.Replied(last.id, sent.id, len(words), late), by=by)
    sent.receipt = entry.receipt
    return entry


def record_call(call: CallBack, *, reached: bool, by: Actor) -> Entry:
    """Staff called. Reached settles it; so does the second call that reached nobody."""
    lock(call.claimant)
    db.session.refresh(call)
    if call.settled_at is not None:
        raise Refusal("settled", sentence("This was settled a moment ago."))
    now = clock.now()
    call.tries, call.tried_at = call.tries + 1, now
    last = not reached and call.tries >= rules.MOST_TRIES
    if reached or last:
        call.settled_at, call.outcome = now, "reached" if reached else "not_reached"
    else:
        nation = call.claimant.office.nation
        call.call_by = rules.call_by(call.when, now, nation)
    if reached:
        account.settle_undelivered_texts(call.claimant_id)
    return log.append(call.claimant_id, events.Called(call.id, reached, last), by=by)
