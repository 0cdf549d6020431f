"""A message to the work coach in as many texts as it needs, and asking to be called back."""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation import questions
from notifications.conversation.grammar import Intent
from notifications.conversation.talk import Conversation, Line, answers, on, task
from notifications.models import InboundText
from portal.account.models import Claimant
from portal.appointments.models import Appointment
from portal.database import db
from portal.messages import actions
from portal.messages.models import When

here = task()
here.lines.append(Line("5", lambda: pgettext("sms", "message to my coach"), "message"))
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
    talk.ask(questions.MESSAGE, None, parts=[])
    talk.say(write_now())


@answers(here, questions.MESSAGE)
def _part(talk: Conversation, intent: Intent) -> None:
    """Everything but DONE, 0, HELP and STOP is part of what they want to say. The parts stay
    in the texts they came in; only their numbers are noted here."""
    parts = list(talk.question.facts["parts"])
    if intent.kind == "drop":
        talk.close()
        talk.say(dropped())
    elif intent.kind == "done":
        _review(talk, parts)
    else:
        talk.ask(questions.MESSAGE, None, parts=[*parts, talk.inbound.id])
        if not parts:
            talk.say(first_part_kept())


def _review(talk: Conversation, parts: list[int]) -> None:
    if not parts:
        talk.close()
        talk.say(dropped())
        return
    talk.ask(questions.REVIEW, None, digits="123", parts=parts)
    talk.say(review(len(parts)))


@answers(here, questions.REVIEW)
def _reviewed(talk: Conversation, intent: Intent) -> None:
    parts = list(talk.question.facts["parts"])
    if intent.value == "2":
        talk.ask(questions.MESSAGE, None, parts=parts)
        talk.say(write_now())
    elif intent.value == "3":
        talk.close()
        talk.say(dropped())
    else:
        texts = [db.session.get(InboundText, each) for each in parts]
        words = "\n".join(text.body for text in texts if text is not None)
        talk.recorded(actions.write(talk.person, words, by=talk.by()))


def call_when() -> str:
    return pgettext("sms", "When should we call you? Reply 1 = now, 2 = morning, 3 = afternoon.")


def write_now() -> str:
    return pgettext(
        "sms",
        "Write to your work coach. Use as many texts as you need. Text DONE to finish, 0 to drop.",
    )


def first_part_kept() -> str:
    return pgettext("sms", "Kept. Go on writing, or text DONE to finish, 0 to drop.")


def review(parts: int) -> str:
    return pgettext(
        "sms", "Texts kept: %(num)s. Reply 1 = send, 2 = add more, 3 = delete.", num=parts
    )


def dropped() -> str:
    return pgettext("sms", "Dropped. Nothing was sent.")


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {
        "call_when": call_when(),
        "write_now": write_now(),
        "first_part_kept": first_part_kept(),
        "review": review(25),
        "dropped": dropped(),
    }


here.samples.append(_samples)
