"""Language, texts again, help. What else can be settled about the texts is in `settings.py`."""

from __future__ import annotations

from notifications.conversation import limits, questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import answers, on, task
from notifications.conversation.talk import Conversation
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


def _digits() -> str:
    return "".join(str(n) for n, _language in enumerate(languages.offered()[:9], 1))


def which_language() -> str:
    """Each language by its own name, a digit before it."""
    names = [f"{n} {x.endonym}" for n, x in enumerate(languages.offered()[:9], 1)]
    return "\n".join(names)


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {
        "which_language": which_language(),
        "first_help": f"{replies.help_text(person)}\n{replies.cost_of_a_text()}",
    }


here.samples.append(_samples)
