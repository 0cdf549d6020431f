"""The menu: a digit for each thing that can be done by text. Every task brings its own lines."""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation import limits, questions, replies, suggesting
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import (
    Line,
    answers,
    digits_of,
    listed,
    menu_lines,
    on,
    take_line,
    task,
)
from notifications.conversation.talk import Conversation
from portal.account.models import Claimant
from portal.appointments.models import Appointment

here = task()
here.lines.append(Line("1", lambda: pgettext("sms", "appointments"), "next"))
here.lines.append(Line("7", lambda: pgettext("sms", "language"), "language"))
here.lines.append(Line("8", lambda: pgettext("sms", "settings"), "settings"))
here.lines.append(Line("9", lambda: pgettext("sms", "stop texts"), "stop"))


@on(here, "menu")
def _menu(talk: Conversation, intent: Intent) -> None:
    talk.ask(questions.MENU, None, digits=digits_of(menu_lines(talk.person)))
    talk.say(menu(talk.person, first=limits.asks_for_help_first(talk)))


@answers(here, questions.MENU)
def _chosen(talk: Conversation, intent: Intent) -> None:
    talk.close()
    lines = menu_lines(talk.person)
    if any(line.digit == intent.value and line.intent == "stop" for line in lines):
        # A digit alone does not end all texts: it is asked once more.
        talk.ask(questions.SUGGEST, None, intent="stop")
        talk.say(suggesting.did_you_mean("stop", talk.person))
    elif not take_line(talk, lines, intent.value):
        talk.say(replies.help_text(talk.person))


def menu(person: Claimant, *, first: bool = False) -> str:
    """Once, with what a text costs."""
    found = listed(menu_lines(person), person)
    return f"{found}\n{replies.cost_of_a_text()}" if first else found


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {"menu": menu(person, first=True)}


here.samples.append(_samples)
