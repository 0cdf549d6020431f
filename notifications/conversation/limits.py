"""What is not answered, or not again: floods, machines, and the same text twice.

Everything is kept all the same, and a person looks at what got no answer.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from notifications.conversation import questions, tables
from notifications.conversation.grammar import Intent
from notifications.conversation.talk import Conversation
from notifications.models import InboundText, Notification
from portal import clock
from portal.database import db

UNCLEAR = ("unclear", "empty", "question")
"""Outcomes of texts that could not be acted on."""
PART = "part"
"""The outcome of a text that was put together with the one before it."""
NAMED = "named"
"""The outcome of a text that said who was speaking."""
PIN = "pin"
"""The outcome of a text with a PIN in it, right or wrong."""
PRESSED_TWICE = timedelta(seconds=10)
SAME_AGAIN = timedelta(minutes=10)
MOST_TEXTS = ((timedelta(hours=1), 20), (timedelta(days=1), 60))
"""Texts from one number that are answered. More are kept, and a person looks at them."""


def too_many(talk: Conversation) -> bool:
    return any(texts_before(talk, within) >= most for within, most in MOST_TEXTS)


def said_twice(talk: Conversation, intent: Intent) -> bool:
    """The same answer sent twice is one answer: repeat what we said, and do nothing. The second
    "1" must not mean another question than the first."""
    before = _same_before(talk)
    if (
        before is None
        or before.outcome not in ("option", "code", "keep", "again")
        or before.received_at < clock.now() - SAME_AGAIN
        or (
            questions.asked_since(talk.number, talk.person, before.received_at)
            and (intent.exact or before.outcome != "code")
        )
    ):
        return False
    said = db.session.scalar(
        sa.select(Notification)
        .where(
            Notification.to_number == talk.number,
            Notification.claimant_id == talk.person.id,
            Notification.secret_of.is_(None),
            Notification.made_at >= before.received_at,
        )
        .order_by(Notification.id.desc())
        .limit(1)
    )
    if said is not None:
        talk.say(said.body, heading=False)
    return True


def _same_before(talk: Conversation) -> InboundText | None:
    """The text before this one, if it said the very same."""
    before = db.session.scalar(
        sa.select(InboundText)
        .where(InboundText.from_number == talk.number, InboundText.id < talk.inbound.id)
        .order_by(InboundText.id.desc())
        .limit(1)
    )
    same = before is not None and before.body.strip() == talk.inbound.body.strip()
    return before if same else None


def pressed_again(talk: Conversation) -> bool:
    """True when a digit that said who it is came a second time at once: it says nothing new."""
    before = _same_before(talk)
    return (
        before is not None
        and before.outcome == NAMED
        and before.received_at > talk.inbound.received_at - PRESSED_TWICE
    )


def asks_for_help_first(talk: Conversation) -> bool:
    """True when nobody asked for help or the menu from this number before."""
    return not texts_before(talk, timedelta(days=400), ("help", "menu"))


def gave_a_pin(talk: Conversation) -> bool:
    """True when they tried a PIN within the hour."""
    return bool(texts_before(talk, timedelta(hours=1), (PIN,)))


def is_automatic(talk: Conversation) -> bool:
    return is_from_a_machine(talk.said.body)


def is_from_a_machine(body: str) -> bool:
    """True when a text says of itself that a machine wrote it: two of them would answer each
    other for ever."""
    words = body.casefold()
    return any(each in words for each in tables.lines("automatic.txt"))


def is_repeated(talk: Conversation) -> bool:
    """True when the very same unclear words came a moment ago: a machine, or a slip."""
    since = clock.now() - SAME_AGAIN
    found = db.session.scalars(
        sa.select(InboundText).where(
            InboundText.from_number == talk.number,
            InboundText.outcome.in_(UNCLEAR),
            InboundText.received_at > since,
            InboundText.id < talk.inbound.id,
        )
    )
    return any(each.body == talk.said.body for each in found)


def texts_before(talk: Conversation, within: timedelta, outcomes: tuple[str, ...] = ()) -> int:
    """How many texts this number sent lately, before this one; those with such an outcome."""
    query = (
        sa.select(sa.func.count())
        .select_from(InboundText)
        .where(
            InboundText.from_number == talk.number,
            InboundText.received_at > clock.now() - within,
            InboundText.id < talk.inbound.id,
            InboundText.outcome != PART,
        )
    )
    if outcomes:
        query = query.where(InboundText.outcome.in_(outcomes))
    return db.session.scalar(query) or 0
