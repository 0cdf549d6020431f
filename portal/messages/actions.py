"""What a person can do: write, ask for a call, say that none is needed any more.

Each function takes part in the caller's transaction and returns the entry whose receipt proves
it. Saying the same thing twice records it once.
"""

from __future__ import annotations

from uuid import UUID

from portal import clock
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor
from portal.database import db, new_id
from portal.messages import events, queries, rules
from portal.messages.models import CallBack, Message, When
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def write(claimant: Claimant, words: str, *, message_id: UUID | None = None, by: Actor) -> Entry:
    """The person writes to the office, which says by which day it replies.

    With an id that the page made, a second press of the button finds the first message. Staff
    may write down what a person told them. Raises Refusal for no words, or too many.
    """
    rules.require("write", by)
    words = words.strip()
    if not words:
        raise Refusal("words", sentence("Write what you want to say."))
    if len(words) > rules.LONGEST:
        raise Refusal("words", sentence("This is too long for one message. Send it in parts."))
    lock(claimant)
    known = queries.message(claimant, message_id) if message_id else None
    if known is not None:
        return _same(known.receipt)
    now = clock.now()
    message = Message(
        id=message_id or new_id(),
        claimant_id=claimant.id,
        words=words,
        at=now,
        reply_by=rules.reply_by(now, claimant.office.nation),
    )
    db.session.add(message)
    db.session.flush()
    assert message.reply_by is not None
    event = events.Written(message.id, len(words), message.reply_by)
    entry = log.append(claimant.id, event, by=by)
    message.receipt = entry.receipt
    return entry


def ask_for_call(
    claimant: Claimant, *, when: When = When.now, reason_code: str = "", by: Actor
) -> Entry:
    """The person asks to be called on their number. Asking again changes what was asked."""
    rules.require("ask_for_call", by)
    if reason_code and reason_code not in rules.CALL_REASONS:
        raise Refusal("reason", sentence("Choose one of the reasons, or leave it out."))
    lock(claimant)
    if not claimant.mobile:
        raise Refusal(
            "no-number",
            sentence(
                "We have no number to call you on. Please call %(phone)s.",
                phone=claimant.office.phone,
            ),
        )
    now = clock.now()
    call = queries.open_call(claimant)
    if call is not None and call.when is when and reason_code in ("", call.reason):
        return _same(call.receipt)
    if call is None:
        call = CallBack(id=new_id(), claimant_id=claimant.id, asked_at=now)
    call.when, call.reason = when, reason_code or call.reason or ""
    call.call_by = rules.call_by(when, now, claimant.office.nation)
    db.session.add(call)
    db.session.flush()
    event = events.CallAsked(call.id, when, call.call_by, call.reason)
    entry = log.append(claimant.id, event, by=by)
    call.receipt = entry.receipt
    return entry


def withdraw_call(claimant: Claimant, *, by: Actor) -> Entry:
    """The person no longer waits for a call."""
    rules.require("withdraw_call", by)
    lock(claimant)
    call = queries.open_call(claimant)
    if call is None:
        last = queries.last_call(claimant)
        if last is not None and last.outcome == "withdrawn":
            return _same(last.receipt)
        raise Refusal("nothing", sentence("You are not waiting for a call."))
    call.settled_at, call.outcome = clock.now(), "withdrawn"
    entry = log.append(claimant.id, events.CallWithdrawn(call.id), by=by)
    call.receipt = entry.receipt
    return entry


def open_replies(claimant: Claimant) -> None:
    """The person has the replies before them. Not recorded: it is nobody's duty to read."""
    for reply in queries.unread_replies(claimant):
        reply.read_at = clock.now()


def _same(receipt: str) -> Entry:
    entry = log.by_receipt(receipt)
    assert entry is not None
    return entry
