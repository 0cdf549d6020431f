"""A new mobile number, by text from the old one: with the PIN, and a code that goes to the new
phone (sms.md in the design: security). Whoever no longer has the old phone asks at the Jobcentre.
"""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation import questions
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import Line, answers, on, task
from notifications.conversation.talk import Conversation
from notifications.conversation.tasks.pin import nothing_done
from portal.account import actions as account
from portal.account import queries, throttle
from portal.account.models import Claimant
from portal.account.numbers import digits_in, read_mobile
from portal.actors import Actor, Assurance
from portal.appointments.models import Appointment
from portal.refusals import Refusal

here = task()
DIGITS_OF_A_CODE = 6
here.settings.append(Line("6", lambda: pgettext("sms", "new mobile number"), "new_number"))


@on(here, "new_number", pin=True)
def _asked(talk: Conversation, intent: Intent) -> None:
    talk.ask(questions.NEW_NUMBER)
    talk.say(which_number())


@answers(here, questions.NEW_NUMBER)
def _given(talk: Conversation, intent: Intent) -> None:
    if intent.kind == "option":
        _back(talk)
        return
    try:
        number = read_mobile(talk.said.body)
    except Refusal:
        talk.say(no_mobile_number())
        return
    if not throttle.allow_within("code for a number", f"change {talk.person.id}"):
        talk.close()
        talk.say(too_many_codes())
        return
    account.ask_to_change_number(talk.person, number, has_old_phone=True, by=_by(talk))
    talk.ask(questions.NEW_NUMBER_CODE)
    talk.say(which_code())


@answers(here, questions.NEW_NUMBER_CODE)
def _code(talk: Conversation, intent: Intent) -> None:
    if intent.kind == "option":
        _back(talk)
        return
    code = digits_in(talk.said.body)
    if len(code) != DIGITS_OF_A_CODE:
        # Words, or half a code: no try at it.
        talk.say(which_code())
        return
    try:
        account.confirm_number_change(talk.person, old_code="", new_code=code, by=_by(talk))
    except Refusal:
        if queries.live_number_change(talk.person) is None:
            talk.close()
            talk.say(codes_ran_out())
        else:
            talk.say(wrong_code())
        return
    # The new phone is told, with the receipt; nothing about this person goes to the old one now.
    talk.close()


def _by(talk: Conversation) -> Actor:
    return talk.by(Assurance.saw_our_text)


def _back(talk: Conversation) -> None:
    talk.close()
    talk.say(nothing_done())


def which_number() -> str:
    return pgettext("sms", "Text your new mobile number. We send a code there.\n0 = back")


def no_mobile_number() -> str:
    return pgettext(
        "sms",
        "Text only the new UK mobile number, like 07700 900123. Nothing has changed.\n0 = back",
    )


def which_code() -> str:
    return pgettext(
        "sms",
        "We sent a code to the new number. Text it from this phone within 10 minutes.\n0 = back",
    )


def wrong_code() -> str:
    return pgettext("sms", "That code does not match. Check it and text it again.\n0 = back")


def codes_ran_out() -> str:
    return pgettext(
        "sms", "That code has run out. Nothing has changed. To start again, text SETTINGS."
    )


def too_many_codes() -> str:
    return pgettext("sms", "We sent several codes already. Please try again in 15 minutes.")


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {
        "which_number": which_number(),
        "no_mobile_number": no_mobile_number(),
        "which_code": which_code(),
        "wrong_code": wrong_code(),
        "codes_ran_out": codes_ran_out(),
        "too_many_codes": too_many_codes(),
    }


here.samples.append(_samples)
