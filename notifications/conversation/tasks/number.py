"""Whether a number that was silent for long is still the person's. Until somebody says so,
nothing about the person goes there and no answer of theirs is taken from there."""

from __future__ import annotations

from notifications.conversation import questions
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import answers, task
from notifications.conversation.talk import Conversation
from notifications.wordings.settings import number_check
from portal.account import number_actions, phone_actions, queries

here = task()
_DIGITS = "12"


def is_answer(talk: Conversation, intent: Intent) -> bool:
    """True when a text says whether the number is theirs."""
    return intent.exact and intent.kind == "option" and talk.question.kind == questions.NUMBER_CHECK


def ask_first(talk: Conversation) -> None:
    """Nothing is done with a text before we know who has the phone: staff look into it."""
    talk.ask(questions.NUMBER_CHECK, None, digits=_DIGITS)
    talk.say(number_check())


@answers(here, questions.NUMBER_CHECK)
def _answered(talk: Conversation, intent: Intent) -> None:
    talk.close()
    people = queries.claimants_with_number(talk.number)
    if intent.value == "1":
        for person in people:
            number_actions.still_theirs(person, by=talk.by_of(person))
        return
    for person in people:
        number_actions.settle_check(person)
    phone_actions.disown_number(people, by=talk.by())
