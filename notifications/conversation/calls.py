"""A call that nobody answers: whoever rings us wants to be called. It costs them nothing.

The number is asked for and found as with a text; the call itself is turned down at once.
"""

from __future__ import annotations

import sqlalchemy as sa

from notifications.conversation import strangers
from notifications.conversation.limits import SAME_AGAIN
from notifications.conversation.talk import Conversation
from notifications.models import InboundText
from portal import languages
from portal.account import actions as account
from portal.account import number_actions, queries
from portal.database import db
from portal.messages import actions
from portal.messages import queries as messages
from portal.record import log

TASK = "messages.shared_call"
"""Somebody rang from a number that several people use: staff call it and ask who it was."""


def answer(inbound: InboundText) -> str:
    """Note that a number wants to be called; returns a word for what came of it."""
    people = queries.claimants_with_number(inbound.from_number)
    if not people:
        return strangers.rang(inbound)
    person = people[0]
    with languages.speaking(person.language):
        talk = Conversation(inbound, person)
        if _rang_just_now(inbound):
            return "again"
        if len(people) > 1 or person.number_doubted_at:
            _somebody(talk)
        else:
            _call_back(talk)
    return "call"


def _call_back(talk: Conversation) -> None:
    """Ringing again while a call is waited for changes nothing, and repeats its receipt."""
    number_actions.heard_from(talk.person)
    waiting = messages.open_call(talk.person)
    if waiting is None:
        actions.ask_for_call(talk.person, by=talk.by())
        return
    entry = log.by_receipt(waiting.receipt)
    assert entry is not None
    if queries.may_text(talk.person):
        talk.recorded(entry, close=False)


def _somebody(talk: Conversation) -> None:
    """We do not know who rang, so nothing goes into anybody's record. The staff of each office
    that knows the number are asked to call it."""
    offices, people = set(), queries.claimants_with_number(talk.number)
    for person in people:
        if person.office_id not in offices:
            offices.add(person.office_id)
            account.needs_telling(person, what=TASK, regarding=None)
    if not any(each.texts_unsafe_at or each.texts_stopped_at for each in people):
        talk.say_to_whoever(strangers.will_be_called())


def _rang_just_now(inbound: InboundText) -> bool:
    """True when the same number rang a moment ago, and was answered."""
    before = sa.select(InboundText.id).where(
        InboundText.from_number == inbound.from_number,
        InboundText.call,
        InboundText.outcome.in_(("call", "unknown call")),
        InboundText.received_at > inbound.received_at - SAME_AGAIN,
        InboundText.id < inbound.id,
    )
    return db.session.scalar(before.limit(1)) is not None
