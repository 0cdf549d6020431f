"""The menu: a digit for each thing that can be done by text. Every task brings its own lines."""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation import questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import Line, answers, handler_of, menu_lines, on, task
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
    lines = menu_lines()
    talk.ask(questions.MENU, None, digits="".join(line.digit for line in lines) + "0")
    talk.say(menu())


@answers(here, questions.MENU)
def _chosen(talk: Conversation, intent: Intent) -> None:
    talk.close()
    wanted = next((line.intent for line in menu_lines() if line.digit == intent.value), "")
    if wanted == "stop":
        # A digit alone does not end all texts: it is asked once more.
        talk.ask(questions.SUGGEST, None, intent="stop")
        talk.say(replies.did_you_mean("stop"))
        return
    handler = handler_of(Intent(wanted, exact=True), "") if wanted else None
    if handler is None:
        talk.say(replies.help_text(talk.person))
        return
    handler(talk, Intent(wanted, exact=True))


def menu() -> str:
    """One line for each thing, so that a digit stands beside its words in every script."""
    lines = [f"{line.digit} {line.words()}" for line in menu_lines()]
    back = pgettext("sms", "back")
    return "\n".join([*lines, f"0 {back}"])


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {"menu": menu()}


here.samples.append(_samples)
