"""Reading the phones of the demo: whose they are, what reached them, what was made for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa

from notifications import kinds, segments
from notifications.conversation import tables
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import handler_of
from notifications.gateways.local import provider_id_of
from notifications.models import LocalText, Notification, State
from portal.account.models import Claimant
from portal.account.numbers import national
from portal.database import db
from portal.languages import DEFAULT

DIGITS = tuple("1234567890")
_WORDS = (
    *("menu", "next", "accept", "cancel", "phone", "other_time", "undo", "late", "fare"),
    *("no_call", "no_interpreter", "hospital", "callback", "message", "done", "language"),
    *("settings", "plain", "full", "help", "stop", "start"),
)
"""What the keys of a phone text, in the words of its owner's language."""
_WORDS_OF_TASKS = ("plan", "commitment", "costs", "complaint", "status")
"""These too, where somebody carries them out."""


@dataclass(frozen=True)
class Phone:
    """One phone of the demo, and whose it is. Nobody's, when only texts are known of it."""

    number: str
    owners: tuple[str, ...] = ()
    language: str = DEFAULT
    """The first owner's."""
    last: datetime | None = None
    texts: int = 0

    @property
    def digits(self) -> str:
        """As in the address of its page: 07700900123."""
        return national(self.number).replace(" ", "")

    @property
    def words(self) -> tuple[str, ...]:
        """Words that its owner can text, the first of each list."""
        return _words(self.language)

    @property
    def keys(self) -> tuple[str, ...]:
        """What can be texted with one press."""
        return (*DIGITS, *self.words)


PIN = "4826"
"""What everybody of the demo texts where a PIN is asked for."""


@dataclass(frozen=True)
class Message:
    """One text on a phone of the demo."""

    incoming: bool
    body: str
    at: datetime
    size: segments.Measured
    language: str = ""
    state: State | None = None


@cache
def _words(language: str) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for form in tables.forms():
        if form.language == language:
            first.setdefault(form.intent, form.text)
    done = [each for each in _WORDS_OF_TASKS if handler_of(Intent(each), "") is not None]
    return tuple(dict.fromkeys(first[intent] for intent in (*_WORDS, *done) if intent in first))


def phones() -> list[Phone]:
    """Every phone that has an owner or a text, by number."""
    owners: dict[str, list[tuple[str, str]]] = {}
    people = sa.select(Claimant.mobile, Claimant.full_name, Claimant.language)
    people = people.where(Claimant.mobile.is_not(None)).order_by(Claimant.full_name)
    for number, name, language in db.session.execute(people):
        owners.setdefault(str(number), []).append((name, language))
    latest = sa.select(LocalText.number, sa.func.max(LocalText.at), sa.func.count()).group_by(
        LocalText.number
    )
    texts = {row[0]: (row[1], row[2]) for row in db.session.execute(latest)}
    return [
        Phone(
            number,
            tuple(name for name, _ in owners.get(number, ())),
            next((language for _, language in owners.get(number, ())), DEFAULT),
            *texts.get(number, (None, 0)),
        )
        for number in sorted({*owners, *texts})
    ]


def phone(number: str) -> Phone:
    """The phone with this number (E.164), whether or not anybody has it."""
    return next((p for p in phones() if p.number == number), Phone(number))


def messages(number: str, *, latest: int = 200) -> list[Message]:
    """The texts on one phone of the demo, oldest first."""
    kept = db.session.scalars(
        sa.select(LocalText)
        .where(LocalText.number == number)
        .order_by(LocalText.id.desc())
        .limit(latest)
    ).all()
    sent = {
        row.provider_id: row
        for row in db.session.scalars(
            sa.select(Notification).where(
                Notification.provider_id.in_([provider_id_of(text.id) for text in kept])
            )
        )
    }
    return [_message(text, sent.get(provider_id_of(text.id))) for text in reversed(kept)]


def _message(text: LocalText, row: Notification | None) -> Message:
    return Message(
        text.incoming,
        text.body,
        text.at,
        segments.measure(text.body),
        row.language if row else "",
        row.state if row else None,
    )


def made_for(number: str, *, latest: int = 30) -> list[tuple[Notification, str]]:
    """What the service made for this number, newest first, sent or not; with its kind's group."""
    rows = db.session.scalars(
        sa.select(Notification)
        .where(Notification.to_number == number)
        .order_by(Notification.id.desc())
        .limit(latest)
    )
    return [(row, kinds.group_of(row.kind)) for row in rows]
