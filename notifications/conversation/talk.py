"""One text of one person, being answered; and where tasks say what they can do by text.

A task is a module in `tasks/`. It names the intents it carries out, the questions whose digits
it reads, and its line in the menu. Nothing else has to be changed to add one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from notifications import naming, queue, routing, segments, texts, triggers
from notifications.conversation import between, questions
from notifications.conversation.grammar import Intent
from notifications.drafts import style_of
from notifications.models import InboundText, Notification
from portal import clock, languages
from portal.account.models import Claimant
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import queries as appointments
from portal.appointments.models import Appointment
from portal.database import db
from portal.record import log
from portal.record.models import Entry

REPLY, UNKNOWN = "conversation.reply", "conversation.unknown"
MOST_REPLIES_AN_HOUR, MOST_WITHOUT_A_QUESTION = 20, 10
"""Replies an hour to one number; the second while nothing but an offer is open."""


class Conversation:
    """One text of one person, being answered."""

    def __init__(self, inbound: InboundText, person: Claimant) -> None:
        self.inbound, self.person = inbound, person
        self.number = inbound.from_number
        self.question = questions.open_question(self.number, person)
        self.shared = False
        """Several people use this phone."""
        self._heading = ""
        self._replies = 0
        self._asks = False

    @classmethod
    def one_of(
        cls, inbound: InboundText, person: Claimant, people: Sequence[Claimant]
    ) -> Conversation:
        """With one of the people who use this phone: what we say names them if it must."""
        talk = cls(inbound, person)
        talk.shared = len(people) > 1
        with languages.speaking(person.language):
            talk._heading = naming.heading(person, people)
        return talk

    def by(self, assurance: Assurance = Assurance.number) -> Actor:
        """The person, as sure as a text can make us."""
        return self.by_of(self.person, assurance)

    @staticmethod
    def by_of(person: Claimant, assurance: Assurance = Assurance.number) -> Actor:
        """Somebody who uses this phone, as sure as a text can make us."""
        return Actor(Kind.claimant, person.id, Channel.sms, assurance)

    def say(self, text: str, *, heading: bool = True) -> None:
        """Send a reply, under the person's name where they share the phone. At most a few an
        hour, so that two machines cannot talk for ever."""
        if heading and self._heading:
            text = f"{self._heading}\n{text}"
        self._send(text, self.person)

    def say_to_whoever(self, text: str) -> None:
        """Send a reply to the phone, for we do not know which of its people it is for."""
        self._asks = True
        self._send(text, None)

    def _send(self, text: str, person: Claimant | None) -> None:
        if self.person.texts_unsafe_at:
            return
        idle = self.question.kind in (questions.NONE, questions.OFFER, questions.AFRESH)
        most = MOST_WITHOUT_A_QUESTION if idle and not self._asks else MOST_REPLIES_AN_HOUR
        # While we doubt whose number it is, all we say is neutral.
        kind = routing.NEUTRAL if self.person.number_doubted_at else REPLY
        if replies_sent(self.number, kind, timedelta(hours=1)) >= most:
            return
        self._replies += 1
        code = languages.current().code
        queue.put(
            to_number=self.number,
            claimant_id=person.id if person else None,
            language=code,
            kind=kind,
            body=segments.fit(text, code, style_of(self.person)),
            dedupe_key=f"reply:{self.inbound.id}:{self._replies}",
        )

    def appointment(self) -> Appointment | None:
        """The appointment that the open question is about, if it is this person's."""
        regarding = self.question.regarding
        return appointments.appointment(self.person, regarding) if regarding else None

    def ask(
        self,
        kind: str,
        appointment: Appointment | None = None,
        *,
        until: datetime | None = None,
        **facts: Any,
    ) -> None:
        """Make this the one open question, until a moment if one is given."""
        self._asks = True
        questions.ask(self.number, self.person, kind, appointment, until=until, **facts)

    def ask_pin(self, intent: Intent, *, tries: int = 0, **before: Any) -> None:
        """Ask for the PIN first; the right one carries this out as if nothing had come between."""
        self._asks = True
        wanted = [intent.kind, intent.value]
        between.put_before(
            self.number, self.person, questions.PIN, intent=wanted, tries=tries, **before
        )

    def close(self) -> None:
        """No question of the conversation is open any more."""
        questions.close(self.number)

    def recorded(self, entry: Entry, before: str | None = None, *, close: bool = True) -> None:
        """What was recorded confirms itself by its own text. When it was there before (it was
        said again), repeat the confirmation, with the same receipt."""
        if close:
            self.close()
        if entry.receipt == before:
            event = log.event_of(entry)
            assert event is not None
            for draft in triggers.drafts(entry, event)[:1]:
                self.say(texts.word(draft, self.person))


def replies_sent(number: str | None, kind: str, within: timedelta) -> int:
    """How many texts of one kind went to a number lately; to all numbers, when it is None."""
    query = (
        sa.select(sa.func.count())
        .select_from(Notification)
        .where(Notification.kind == kind, Notification.made_at > clock.now() - within)
    )
    if number is not None:
        query = query.where(Notification.to_number == number)
    return db.session.scalar(query) or 0


Handler = Callable[[Conversation, Intent], None]


def after_pin(handler: Handler, *, always: bool = True) -> Handler:
    """The same handler, once the person has given their PIN within the last few minutes."""

    def pin_first(talk: Conversation, intent: Intent) -> None:
        from notifications.conversation.tasks import pin

        needed = always or talk.shared
        if needed and not between.pin_was_given(talk.number, talk.person):
            pin.ask(talk, intent)
        else:
            handler(talk, intent)

    return pin_first


@dataclass(frozen=True)
class Line:
    """A line of the menu: its digit, its words, and the intent that it stands for."""

    digit: str
    words: Callable[[], str]
    intent: str


@dataclass(frozen=True)
class Writing:
    """Something that people write in as many texts as it needs: see `writing.py`.

    `kind`: the question that is open meanwhile. `opening`: what we say when they begin. `send`
    gets the words of the parts. `unfinished`: what staff look into when it was never sent.
    """

    kind: str
    opening: Callable[[], str]
    send: Callable[[Conversation, list[str]], None]
    unfinished: str


@dataclass(frozen=True)
class Task:
    """What one module of `tasks/` can do by text."""

    intents: dict[str, Handler]
    """Exact intents it carries out."""
    answers: dict[str, Handler]
    """Questions whose digits, or whose free words, it reads."""
    lines: list[Line]
    """Its lines in the menu."""
    samples: list[Callable[[Claimant, Appointment], dict[str, str]]]
    """Its replies with the longest values, for the budget of every text."""
    settings: list[Line]
    """Its lines among the settings."""
    writings: dict[str, Writing]
    """What people can write in this task, by the question that is open meanwhile."""


def task() -> Task:
    """A module's own registry: `here = task()`, then `@on(here, ...)`."""
    return Task({}, {}, [], [], [], {})


def on(
    here: Task, *kinds: str, pin: bool = False, pin_if_shared: bool = False
) -> Callable[[Handler], Handler]:
    """Carry out these intents when they are exact.

    `pin`: a sender's number can be forged, so this needs the person's PIN first, from wherever
    it was chosen. `pin_if_shared`: only where several people use the phone.
    """

    def register(handler: Handler) -> Handler:
        first = after_pin(handler, always=pin) if pin or pin_if_shared else handler
        here.intents.update(dict.fromkeys(kinds, first))
        return handler

    return register


def answers(
    here: Task, *question_kinds: str, pin: bool = False, pin_if_shared: bool = False
) -> Callable[[Handler], Handler]:
    """Read the digits that answer these questions; with a PIN first, as for `on`."""

    def register(handler: Handler) -> Handler:
        first = after_pin(handler, always=pin) if pin or pin_if_shared else handler
        here.answers.update(dict.fromkeys(question_kinds, first))
        return handler

    return register


@cache
def _all() -> Task:
    from notifications.conversation import tasks

    every = task()
    for module in pkgutil.iter_modules(tasks.__path__):
        found: Task = importlib.import_module(f"{tasks.__name__}.{module.name}").here
        for name, handler in found.intents.items():
            if name in every.intents:
                raise RuntimeError(f"Two tasks carry out {name}.")
            every.intents[name] = handler
        every.answers.update(found.answers)
        every.lines.extend(found.lines)
        every.samples.extend(found.samples)
        every.settings.extend(found.settings)
        every.writings.update(found.writings)
    every.lines.sort(key=lambda line: line.digit)
    every.settings.sort(key=lambda line: line.digit)
    return every


def menu_lines() -> list[Line]:
    """The menu: what each task adds to it."""
    return _all().lines


def settings_lines() -> list[Line]:
    """What can be settled by text. A line without words in a language is left out."""
    return [line for line in _all().settings if line.words()]


def writings() -> dict[str, Writing]:
    """What people can write, by the question that is open meanwhile."""
    return _all().writings


def samples() -> list[Callable[[Claimant, Appointment], dict[str, str]]]:
    """Every task's replies with their longest values."""
    return _all().samples


_CHOICES, _WORDS = frozenset({"option", "hours", "text"}), frozenset({"done", "drop"})


def handler_of(intent: Intent, question_kind: str) -> Handler | None:
    """Who carries this intent out; a bare digit goes to whoever asked the open question, and so
    do words while somebody writes a longer message."""
    writes = question_kind == questions.REVIEW or question_kind in _all().writings
    if intent.kind in _CHOICES or (intent.kind in _WORDS and writes):
        return _all().answers.get(question_kind)
    return _all().intents.get(intent.kind)
