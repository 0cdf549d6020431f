"""Kinds of texts, as staff would name them: for the page of texts and costs."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from notifications import routing, spend, texts
from notifications.conversation.talk import REPLY, UNKNOWN

_OFFICE = frozenset(
    f"appointments.{name}"
    for name in (
        "offer",
        "offer_short_notice",
        "moved",
        "called_off",
        "interpreter_booked",
        "interpreter_not_yet",
        "agreed_phone",
        "agreed_cancel",
        "refused",
        "report_answered",
    )
)
_TASKS = {
    "appointments": "receipts",
    "messages": "messages",
    "account": "account",
    "plan": "plan",
    "costs": "costs",
    "commitment": "commitment",
    # Counted with the biggest group: how many there are must tell nobody that somebody complained.
    "complaints": "receipts",
}

NAMES: dict[str, Any] = {
    "office": _l("News from the office"),
    "receipts": _l("Receipts for what people said"),
    "reminders": _l("Reminders, alone or in a list"),
    "conversation": _l("Replies while people text with us"),
    "codes": _l("Codes to sign in, and other codes"),
    "messages": _l("Messages and calls back"),
    "account": _l("Language and other things people choose"),
    "safety": _l("Replies to people who may be in danger"),
    "plan": _l("Plans"),
    "costs": _l("Help with costs"),
    "commitment": _l("Claimant Commitment"),
    "other": _l("Other texts"),
}


def group_of(kind: str) -> str:
    """The key in NAMES under which a kind of text is counted."""
    if kind in spend.STOPS:
        return "reminders"
    if kind in (REPLY, UNKNOWN, routing.NEUTRAL, texts.UNFINISHED):
        return "conversation"
    if kind in texts.SECRETS:
        return "codes"
    if kind == "account.concern":
        return "safety"
    if kind in _OFFICE:
        return "office"
    return _TASKS.get(kind.partition(".")[0], "other")
