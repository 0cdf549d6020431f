"""The text PIN: asked for before what a number alone must not do, which then goes on.

Nothing here tells a stranger whether somebody has a PIN. Whoever has none, or knows it no more, is
called (sms.md in the design: states, security).
"""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation import between, masking, questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import answers, handler_of, on, task
from notifications.conversation.talk import Conversation
from notifications.models import InboundText
from portal.account import phone_actions, pins, throttle
from portal.account.models import Claimant
from portal.appointments.models import Appointment
from portal.database import db
from portal.messages import actions as messages

here = task()
TRIES = 3


def ask(talk: Conversation, intent: Intent) -> None:
    """Ask for the PIN, or have the person called when it was wrong too often today."""
    if not throttle.allows_now("wrong text pin", talk.person.id.hex):
        _call_instead(talk)
        return
    talk.ask_pin(intent)
    talk.say(which_pin())


@on(here, "pin")
def _given(talk: Conversation, intent: Intent) -> None:
    if talk.question.kind != questions.PIN:
        talk.say(replies.nothing_to_answer())
        return
    # What was typed is a secret: it is not kept, right or wrong.
    talk.said.body = masking.every_figure(talk.said.body)
    facts = talk.question.facts
    if pins.is_right(talk.person, intent.value):
        _go_on(talk, facts["intent"], facts.get("said"))
        return
    tries = int(facts["tries"]) + 1
    left = throttle.allow_within("wrong text pin", talk.person.id.hex)
    if tries >= TRIES or not left:
        phone_actions.pin_not_matched(talk.person, by=talk.by())
        _call_instead(talk)
        return
    kind, value = facts["intent"]
    talk.ask_pin(
        Intent(kind, value, exact=True),
        tries=tries,
        before=facts["before"],
        said=facts.get("said"),
    )
    talk.say(wrong_pin())


def _go_on(talk: Conversation, wanted: list[str], said: int | None) -> None:
    """Carry out what they wanted, in their words of then, with the question open again that was
    open then."""
    talk.said = (db.session.get(InboundText, said) if said else None) or talk.said
    between.put_back(talk.number)
    between.gave_pin(talk.number, talk.person)
    talk.question = questions.open_question(talk.number, talk.person)
    intent = Intent(wanted[0], wanted[1], exact=True)
    handler = handler_of(intent, talk.question.kind)
    if handler is None:
        talk.say(replies.nothing_to_answer())
    else:
        handler(talk, intent)


@answers(here, questions.PIN)
def _other(talk: Conversation, intent: Intent) -> None:
    if intent.value == "1":
        _call_instead(talk)
    else:
        between.put_back(talk.number)
        talk.say(nothing_done())


def _call_instead(talk: Conversation) -> None:
    """A person calls. What was recorded says so in its own text, with its receipt."""
    between.put_back(talk.number)
    talk.recorded(messages.ask_for_call(talk.person, reason_code="pin", by=talk.by()))


def which_pin() -> str:
    return pgettext(
        "sms",
        "This needs your PIN. It stays in your sent texts. Reply with your PIN.\n"
        "1 = no PIN, or please call me\n"
        "0 = back",
    )


def wrong_pin() -> str:
    return pgettext(
        "sms",
        "We cannot go on with that. Reply with your PIN.\n1 = no PIN, or please call me\n0 = back",
    )


def nothing_done() -> str:
    return pgettext("sms", "Nothing was done. Text HELP for more.")


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {"which_pin": which_pin(), "wrong_pin": wrong_pin(), "nothing_done": nothing_done()}


here.samples.append(_samples)
