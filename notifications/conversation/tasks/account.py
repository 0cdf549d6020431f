"""Language, texts again, help: what a person can settle about the texts themselves."""

from __future__ import annotations

from notifications.conversation import replies
from notifications.conversation.grammar import Intent
from notifications.conversation.talk import Conversation, on, task
from portal import languages
from portal.account import actions as account

here = task()


@on(here, "language")
def _language(talk: Conversation, intent: Intent) -> None:
    code = intent.value
    if not languages.is_offered(code):
        talk.say(replies.other_language(talk.person))
        return
    account.choose_language(talk.person, code, by=talk.by())


@on(here, "start")
def _start(talk: Conversation, intent: Intent) -> None:
    if account.start_texts(talk.person, by=talk.by()) is None:
        talk.say(replies.texts_go_already())


@on(here, "help", "menu")
def _help(talk: Conversation, intent: Intent) -> None:
    talk.say(replies.help_text(talk.person))
