"""Where tasks say what they can do by text.

A task is a module in `tasks/`. It names the intents it carries out, the questions whose digits
it reads, and its line in the menu. Nothing else has to be changed to add one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from flask_babel import pgettext

from notifications.conversation import between, questions
from notifications.conversation.grammar import Intent
from notifications.conversation.talk import Conversation
from portal.account.models import Claimant
from portal.appointments.models import Appointment

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
    discreet: Callable[[], str] | None = None
    """Its words in discreet texts, where they are others; it is left out where they are empty."""

    def said_to(self, person: Claimant) -> str:
        """Its words to this person; empty when they do not get it."""
        return self.discreet() if person.discreet and self.discreet else self.words()


def left_out() -> str:
    """The words of a line that discreet texts do not have."""
    return ""


@dataclass(frozen=True)
class Writing:
    """Something that people write in as many texts as it needs: see `writing.py`.

    `kind`: the question that is open meanwhile. `opening`: what we say when they begin. `send`
    gets the words of the parts. `unfinished`: what staff look into when it was never sent. `keep`:
    what becomes of the words then, where they are not let go.
    """

    kind: str
    opening: Callable[[Claimant], str]
    send: Callable[[Conversation, list[str]], None]
    unfinished: str
    keep: Callable[[Claimant, list[str]], None] | None = None


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


def menu_lines(person: Claimant) -> list[Line]:
    """The menu of this person: what each task adds to it."""
    return [line for line in _all().lines if line.said_to(person)]


def settings_lines(person: Claimant) -> list[Line]:
    """What they can settle by text. A line without words in a language is left out."""
    return [line for line in _all().settings if line.said_to(person)]


def listed(lines: list[Line], person: Claimant) -> str:
    """One line for each thing, so that a digit stands beside its words in every script."""
    back = pgettext("sms", "back")
    return "\n".join([*(f"{line.digit} {line.said_to(person)}" for line in lines), f"0 {back}"])


def digits_of(lines: list[Line]) -> str:
    """The digits that answer such a list."""
    return "".join(line.digit for line in lines) + "0"


def take_line(talk: Conversation, lines: list[Line], digit: str) -> bool:
    """Carry out what the line with this digit stands for; False when there is none."""
    wanted = Intent(next((line.intent for line in lines if line.digit == digit), ""), exact=True)
    handler = handler_of(wanted, "")
    if handler is None:
        return False
    handler(talk, wanted)
    return True


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
