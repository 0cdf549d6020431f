"""What follows from a text: an action, or a reply. Nothing is done on a guess.

Takes part in the worker's transaction. Calls the same actions as the website.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from notifications import queue, segments
from notifications.conversation import grammar, limits, questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.talk import (
    UNKNOWN,
    Conversation,
    handler_of,
    replies_sent,
)
from notifications.conversation.tasks import number
from notifications.models import InboundText
from portal import clock, languages
from portal.account import actions as account
from portal.account import concern_actions, concern_queries, number_actions, queries
from portal.appointments import rules
from portal.refusals import Refusal

_EVEN_IN_PART = frozenset({"stop", "unsafe", "text"})
UNCLEAR_WITHIN = timedelta(hours=24)
MOST_UNKNOWN_AN_HOUR = 200


def answer(inbound: InboundText) -> str:
    """Do what a text clearly says, or reply; returns a word for what came of it."""
    people = queries.claimants_with_number(inbound.from_number)
    person = people[0] if people else None
    code = person.language if person else languages.DEFAULT
    with languages.speaking(code):
        if person is None:
            return _unknown_number(inbound, code)
        talk = Conversation(inbound, person)
        intent = _certain(inbound, grammar.parse(inbound.body, code, talk.question.state))
        for each in people:
            number_actions.heard_from(each)
        if intent.kind == "stop" or inbound.opt_out == "STOP":
            for each in people:
                account.stop_texts(each, by=Conversation(inbound, each).by())
            return "stop"
        if intent.kind == "unsafe":
            concern_actions.raise_concern(person, inbound.body, number=talk.number, by=talk.by())
            return "unsafe"
        if person.texts_stopped_at and intent.kind != "start":
            # They asked us to end texts: what they write is kept, and staff can see it.
            account.needs_telling(person, what="inbound.stopped", regarding=None)
            return "stopped"
        if concern_queries.waits_for_a_person(person):
            return _with_a_person(talk)
        if person.number_doubted_at and not number.is_answer(talk, intent):
            # Whoever has the phone now may be somebody else.
            account.needs_telling(person, what="inbound.unclear", regarding=None)
            number.ask_first(talk)
            return "doubted"
        if len(people) > 1:
            talk.say(replies.shared_number(person))
            return "shared"
        if intent.kind not in ("text", "done", "drop") and limits.too_many(talk):
            account.needs_telling(person, what="inbound.unclear", regarding=None)
            return "too many"
        if limits.said_twice(talk, intent):
            return "again"
        return _handle(talk, intent)


def _certain(inbound: InboundText, intent: Intent) -> Intent:
    """What may be acted on. Nothing may, in a text of which a part never came: that it was the
    end of something longer is all we know."""
    if inbound.whole or not intent.exact or intent.kind in _EVEN_IN_PART:
        return intent
    return Intent("unclear")


def _with_a_person(talk: Conversation) -> str:
    """Somebody may be in danger: no machine acts for them until a person has read it."""
    account.needs_telling(talk.person, what="inbound.unclear", regarding=None)
    if not limits.texts_before(talk, UNCLEAR_WITHIN, ("human",)):
        talk.say(replies.a_person_will_look(talk.person))
    return "human"


def _unknown_number(inbound: InboundText, code: str) -> str:
    """Never confirm that anybody is a claimant; one reply a day is enough."""
    intent = grammar.parse(inbound.body, code)
    within_the_hour = replies_sent(None, UNKNOWN, timedelta(hours=1))
    if (
        intent.kind == "stop"
        or replies_sent(inbound.from_number, UNKNOWN, timedelta(days=1))
        or within_the_hour >= MOST_UNKNOWN_AN_HOUR
    ):
        return "unknown"
    queue.put(
        to_number=inbound.from_number,
        claimant_id=None,
        language=code,
        kind=UNKNOWN,
        body=segments.fit(replies.help_text(None), code, "auto"),
        dedupe_key=f"reply:{inbound.id}:1",
    )
    return "unknown"


def _handle(talk: Conversation, intent: Intent) -> str:
    handler = handler_of(intent, talk.question.kind)
    try:
        if intent.exact and intent.kind == "option" and talk.question.kind == questions.SUGGEST:
            _chosen_suggestion(talk, intent)
        elif intent.exact and handler is not None:
            handler(talk, intent)
        elif intent.kind in _SPOKEN:
            _SPOKEN[intent.kind](talk)
        else:
            _unclear(talk, intent)
    except Refusal as refusal:
        talk.say(languages.say(refusal.sentence))
        return f"refused:{refusal.code}"
    return intent.kind


def _chosen_suggestion(talk: Conversation, intent: Intent) -> None:
    """After "did you mean": yes takes the action's own first step."""
    talk.close()
    wanted = str(talk.question.facts["intent"])
    if intent.value == "1" and wanted == "stop":
        account.stop_texts(talk.person, by=talk.by())
    elif intent.value == "1":
        kind, _, value = wanted.partition(":")
        _handle(talk, Intent(kind, value, exact=True))
    else:
        talk.say(replies.help_text(talk.person))


def _unclear(talk: Conversation, intent: Intent) -> None:
    """Nothing is done. Suggest once, say how it works once, then a person takes over."""
    if not intent.exact and (limits.is_automatic(talk) or limits.is_repeated(talk)):
        account.needs_telling(talk.person, what="inbound.unclear", regarding=None)
        return
    suggestion = next((s for s in intent.suggestions if replies.did_you_mean(s)), "")
    if suggestion:
        talk.ask(questions.SUGGEST, talk.appointment(), intent=suggestion)
        talk.say(replies.did_you_mean(suggestion))
        return
    if intent.exact:
        talk.say(replies.ask_by_phone(talk.person))
        return
    before = limits.texts_before(talk, UNCLEAR_WITHIN, limits.UNCLEAR)
    if before >= 2:
        account.needs_telling(talk.person, what="inbound.unclear", regarding=None)
        return
    if before == 1:
        account.needs_telling(talk.person, what="inbound.unclear", regarding=None)
        talk.say(replies.a_person_will_look(talk.person))
        return
    if intent.kind == "empty":
        talk.say(replies.words_please())
        return
    appointment = talk.appointment()
    if talk.question.kind == questions.CONFIRM_CANCEL and appointment is not None:
        code = str(talk.question.facts["code"])
        talk.say(replies.code_wrong(appointment, code))
    elif appointment is not None:
        talk.say(replies.not_understood(appointment))
    elif intent.kind == "option":
        talk.say(replies.nothing_to_answer())
    else:
        talk.say(replies.nothing_open())


def _silent(talk: Conversation) -> None:
    """ "OK", "thanks", a thumb: said after an answer, not instead of one."""
    if talk.question.kind in (questions.OFFER, questions.AFRESH):
        appointment = talk.appointment()
        if appointment is not None and rules.waits_for_answer(appointment, clock.now()):
            talk.ask(questions.SUGGEST, appointment, intent="accept")
            talk.say(replies.did_you_mean("accept"))


def _no(talk: Conversation) -> None:
    talk.say(replies.cannot_come())


_SPOKEN: dict[str, Callable[[Conversation], None]] = {"ack": _silent, "yes": _silent, "no": _no}
