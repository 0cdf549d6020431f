"""Texts from numbers that are nobody's here. Nothing ever confirms that anybody is a claimant.

Help, once a day. A call, if they ask for one. Words about danger reach a person like everybody
else's, at every office, for nobody knows which one is theirs (sms.md in the design: unknown
number, security).
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import sqlalchemy as sa
from flask_babel import pgettext

from notifications import queue, segments
from notifications.conversation import grammar, limits, replies, strangers_costs, tables
from notifications.conversation.cleaning import clean, listed
from notifications.conversation.talk import UNKNOWN, replies_sent
from notifications.models import InboundText
from notifications.wordings.account import calm
from portal import languages
from portal.account import concern_actions, concern_queries, phone_actions
from portal.account.models import Claimant
from portal.actors import Actor
from portal.appointments.models import Appointment
from portal.database import db

MOST_UNKNOWN_AN_HOUR = 200
UNKNOWN_CALL = "conversation.unknown_call"
UNKNOWN_CALM = "conversation.unknown_calm"
_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)
_KINDS = (UNKNOWN, UNKNOWN_CALL)
_CALL = frozenset({"callback", "phone"})
STOPPED, STARTED = "unknown stop", "unknown start"
"""Outcomes of a stranger's STOP and START: between them we reply to danger only."""


def answer(inbound: InboundText) -> str:
    """Reply as little as helps; returns a word for what came of it."""
    intent = grammar.parse(inbound.body, languages.DEFAULT)
    code = intent.value if intent.kind == "language" else languages.DEFAULT
    with languages.speaking(code if languages.is_offered(code) else languages.DEFAULT):
        if intent.kind == "stop" or inbound.opt_out == "STOP":
            return STOPPED
        unread = concern_queries.unread_strangers_concerns(inbound.from_number)
        if unread:
            # A person reads what follows too, until somebody has.
            concern_actions.add_to_concerns(unread[:1], inbound.body, by=Actor.system())
            return "human"
        if intent.kind == "unsafe":
            return _danger(inbound)
        if inbound.opt_out == "START":
            return STARTED
        if limits.is_from_a_machine(inbound.body) or inbound.opt_out:
            return "unknown"  # Nobody there to read it, or the provider has answered.
        if (intent.exact and intent.kind in _CALL) or _says_call_me(inbound.body):
            return _call(inbound)
        if intent.exact and intent.kind == "start":
            _reply(inbound, UNKNOWN, replies.help_text(None))
            return STARTED
        if _has_stopped(inbound):
            return "unknown"
        if strangers_costs.take(inbound):
            return "unknown costs"
        _reply(inbound, UNKNOWN, replies.help_text(None))
        return "unknown"


def rang(inbound: InboundText) -> str:
    """They rang us: that asks for a call, as the word does."""
    with languages.speaking(languages.DEFAULT):
        return _call(inbound)


@cache
def _call_me_forms() -> frozenset[tuple[str, ...]]:
    return frozenset(listed(form) for form in tables.lines("call_me.txt"))


def _says_call_me(body: str) -> bool:
    cleaned = clean(body, languages.DEFAULT)
    return not cleaned.doubt and cleaned.core in _call_me_forms()


def _has_stopped(inbound: InboundText) -> bool:
    """True when STOP came from this number, and no START after it."""
    said = db.session.scalar(
        sa.select(InboundText.outcome)
        .where(
            InboundText.from_number == inbound.from_number,
            InboundText.outcome.in_((STOPPED, STARTED)),
            InboundText.id < inbound.id,
        )
        .order_by(InboundText.id.desc())
        .limit(1)
    )
    return said == STOPPED


def _danger(inbound: InboundText) -> str:
    """A person reads it now. One calm text answers."""
    concern_actions.raise_strangers_concern(inbound.from_number, inbound.body)
    if not _is_too_often(inbound, UNKNOWN_CALM, (UNKNOWN_CALM,)):
        _put(inbound, UNKNOWN_CALM, calm())
    return "unsafe"


def _call(inbound: InboundText) -> str:
    """Asking again changes nothing; the list of calls holds each number once."""
    if replies_sent(inbound.from_number, UNKNOWN_CALL, _A_DAY):
        return "unknown"
    if replies_sent(None, UNKNOWN_CALL, _AN_HOUR) < MOST_UNKNOWN_AN_HOUR:
        phone_actions.ask_for_unknown_call(inbound.from_number)
        if not _has_stopped(inbound):
            _reply(inbound, UNKNOWN_CALL, will_be_called())
    return "unknown call"


def _reply(inbound: InboundText, kind: str, text: str) -> None:
    if not _is_too_often(inbound, kind, _KINDS):
        _put(inbound, kind, text)


def _is_too_often(inbound: InboundText, kind: str, together: tuple[str, ...]) -> bool:
    """One reply of a kind a day to each number, and so many an hour to all of them."""
    within_the_hour = sum(replies_sent(None, each, _AN_HOUR) for each in together)
    return bool(
        replies_sent(inbound.from_number, kind, _A_DAY) or within_the_hour >= MOST_UNKNOWN_AN_HOUR
    )


def _put(inbound: InboundText, kind: str, text: str) -> None:
    code = languages.current().code
    queue.put(
        to_number=inbound.from_number,
        claimant_id=None,
        language=code,
        kind=kind,
        body=segments.fit(text, code, "auto"),
        dedupe_key=f"reply:{inbound.id}:1",
    )


def will_be_called() -> str:
    return pgettext(
        "sms",
        "Somebody will call this number. Please say who you are when we call. In danger call 999.",
    )


def samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    """For the budget of every text."""
    return {"will_be_called": will_be_called()}
