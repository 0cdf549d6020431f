""" "Not me", "wrong number": whoever has the phone is not the person we text (sms.md in the design:
wrong person). Nothing goes there any more, and staff find out."""

from __future__ import annotations

from notifications.conversation import replies, speakers, strangers, undoing
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import on, task
from notifications.conversation.talk import Conversation
from portal.account import actions as account
from portal.account import phone_actions, queries

here = task()


@on(here, "wrong_person")
def _wrong_person(talk: Conversation, intent: Intent) -> None:
    if talk.shared:
        # One of those who share the phone says that a text was not for them: no reason to end
        # everybody's texts, but somebody should know.
        account.needs_telling(
            talk.person, what=phone_actions.WRONG_PERSON, regarding=None, heard=talk.said.body
        )
        talk.say(replies.a_person_will_look(talk.person))
        return
    talk.close()
    phone_actions.disown_number(queries.claimants_with_number(talk.number), by=talk.by())


here.samples.extend([speakers.samples, strangers.samples, undoing.samples])
