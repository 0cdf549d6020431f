"""Language, texts again, help. What else can be settled about the texts is in `settings.py`."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.conversation import limits, questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import answers, on, task
from notifications.conversation.talk import Conversation
from portal import languages
from portal.account import actions as account
from portal.account.models import Claimant
from portal.appointments.models import Appointment

here = task()
_REST = 9
"""The digit that leads to the languages after the eighth, where there are more than nine."""


@on(here, "language")
def _language(talk: Conversation, intent: Intent) -> None:
    code = intent.value
    if not code:
        _ask(talk, [language.code for language in languages.offered()])
    elif not languages.is_offered(code):
        talk.say(replies.other_language(talk.person))
    elif account.choose_language(talk.person, code, by=talk.by()) is None:
        talk.say(replies.same_language())


@answers(here, questions.LANGUAGE)
def _chosen_language(talk: Conversation, intent: Intent) -> None:
    codes, digit = list(talk.question.facts["codes"]), int(intent.value)
    if digit == _REST and len(codes) > _REST:
        _ask(talk, codes[_REST - 1 :])
        return
    talk.close()
    if account.choose_language(talk.person, codes[digit - 1], by=talk.by()) is None:
        talk.say(replies.same_language())


def _ask(talk: Conversation, codes: list[str]) -> None:
    """Which of these? Kept by their codes: what is offered may change before the answer."""
    digits = "123456789"[: len(codes)]
    talk.ask(questions.LANGUAGE, None, digits=digits, codes=codes)
    talk.say(which_language(codes))


@on(here, "start")
def _start(talk: Conversation, intent: Intent) -> None:
    if account.start_texts(talk.person, by=talk.by()) is None:
        talk.say(replies.texts_go_already())


@on(here, "help")
def _help(talk: Conversation, intent: Intent) -> None:
    words = replies.help_text(talk.person)
    if limits.asks_for_help_first(talk):
        words = f"{words}\n{replies.cost_of_a_text()}"
    talk.say(words)


def which_language(codes: Sequence[str]) -> str:
    """Each language by its own name, a digit before it. One digit is all that is read as an
    answer, so the last one stands for those that have none of their own, and names them."""
    names = [languages.known()[code].endonym for code in codes]
    if len(names) > _REST:
        names = [*names[: _REST - 1], ", ".join(names[_REST - 1 :])]
    return "\n".join(f"{n} {name}" for n, name in enumerate(names, 1))


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {
        "which_language": which_language(list(languages.known())),
        "first_help": f"{replies.help_text(person)}\n{replies.cost_of_a_text()}",
    }


here.samples.append(_samples)
