"""A message to the work coach in as many texts as it needs, and asking to be called back."""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation import questions, writing
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import Line, Writing, answers, on, task
from notifications.conversation.talk import Conversation
from portal.account.models import Claimant
from portal.appointments.models import Appointment
from portal.messages import actions, rules
from portal.messages.models import When

here = task()
here.lines.append(
    Line(
        "5",
        lambda: pgettext("sms", "message to my coach"),
        "message",
        discreet=lambda: pgettext("sms", "write to us"),
    )
)
here.lines.append(Line("6", lambda: pgettext("sms", "call me"), "callback"))
_WHEN = {"1": When.now, "2": When.morning, "3": When.afternoon}


@on(here, "callback")
def _callback(talk: Conversation, intent: Intent) -> None:
    talk.ask(questions.CALL_WHEN, None, digits="".join(_WHEN))
    talk.say(call_when())


@answers(here, questions.CALL_WHEN)
def _chosen_when(talk: Conversation, intent: Intent) -> None:
    talk.recorded(actions.ask_for_call(talk.person, when=_WHEN[intent.value], by=talk.by()))


@on(here, "message")
def _message(talk: Conversation, intent: Intent) -> None:
    writing.begin(talk, questions.MESSAGE)


def _send(talk: Conversation, parts: list[str]) -> None:
    """What is too long for one message becomes several, each with its receipt."""
    for words in writing.joined(parts, rules.LONGEST):
        talk.recorded(actions.write(talk.person, words, by=talk.by()))


def call_when() -> str:
    return pgettext("sms", "When should we call you? Reply 1 = now, 2 = morning, 3 = afternoon.")


def write_now(person: Claimant) -> str:
    if person.discreet:
        return pgettext(
            "sms", "Write to us. Use as many texts as you need. Text DONE to finish, 0 to drop."
        )
    return pgettext(
        "sms",
        "Write to your work coach. Use as many texts as you need. Text DONE to finish, 0 to drop.",
    )


writing.add(here, Writing(questions.MESSAGE, write_now, _send, unfinished="messages.unfinished"))


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {
        "call_when": call_when(),
        "write_now": write_now(person),
    }


here.samples.append(_samples)
