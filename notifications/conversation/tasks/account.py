"""Language, discreet texts, texts again, help: what a person can settle about the texts."""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation import questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.talk import Conversation, answers, on, task
from portal import languages
from portal.account import actions as account
from portal.account.models import Claimant
from portal.appointments.models import Appointment

here = task()


@on(here, "language")
def _language(talk: Conversation, intent: Intent) -> None:
    code = intent.value
    if not code:
        talk.ask(questions.LANGUAGE, None, digits=_digits())
        talk.say(which_language())
    elif not languages.is_offered(code):
        talk.say(replies.other_language(talk.person))
    elif account.choose_language(talk.person, code, by=talk.by()) is None:
        talk.say(replies.same_language())


@answers(here, questions.LANGUAGE)
def _chosen_language(talk: Conversation, intent: Intent) -> None:
    talk.close()
    code = languages.offered()[int(intent.value) - 1].code
    if account.choose_language(talk.person, code, by=talk.by()) is None:
        talk.say(replies.same_language())


@on(here, "settings")
def _settings(talk: Conversation, intent: Intent) -> None:
    talk.ask(questions.SETTINGS, None, digits="1230")
    talk.say(settings())


@answers(here, questions.SETTINGS)
def _chosen_setting(talk: Conversation, intent: Intent) -> None:
    talk.close()
    if intent.value == "1":
        account.choose_discreet(talk.person, True, by=talk.by())
        talk.say(discreet_now())
    elif intent.value == "2":
        # Turning it off would show more to whoever holds the phone: not by a number alone.
        talk.say(replies.ask_by_phone(talk.person))
    elif intent.value == "3":
        on = not talk.person.morning_text
        account.choose_morning_text(talk.person, on, by=talk.by())
        talk.say(morning_text_now(on))
    else:
        talk.say(replies.help_text(talk.person))


@on(here, "start")
def _start(talk: Conversation, intent: Intent) -> None:
    if account.start_texts(talk.person, by=talk.by()) is None:
        talk.say(replies.texts_go_already())


@on(here, "help")
def _help(talk: Conversation, intent: Intent) -> None:
    talk.say(replies.help_text(talk.person))


def _digits() -> str:
    return "".join(str(n) for n, _language in enumerate(languages.offered()[:9], 1))


def which_language() -> str:
    """Each language by its own name, a digit before it."""
    names = [f"{n} {x.endonym}" for n, x in enumerate(languages.offered()[:9], 1)]
    return "\n".join(names)


def settings() -> str:
    return pgettext(
        "sms",
        "Reply 1 = texts that do not name the Jobcentre, 2 = usual texts again, "
        "3 = text on the morning of an appointment, on or off, 0 = back.",
    )


def discreet_now() -> str:
    return pgettext("sms", "Done. From now on our texts do not say who they are from.")


def morning_text_now(on: bool) -> str:
    if on:
        return pgettext("sms", "Done. We will text you on the morning of an appointment.")
    return pgettext("sms", "Done. No more texts on the morning of an appointment.")


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {
        "which_language": which_language(),
        "settings": settings(),
        "discreet_now": discreet_now(),
        "morning_text_on": morning_text_now(True),
        "morning_text_off": morning_text_now(False),
    }


here.samples.append(_samples)
