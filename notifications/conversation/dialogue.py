"""What follows from a text: an action, or a reply. Nothing is done on a guess.

Takes part in the worker's transaction. Calls the same actions as the website.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from notifications.conversation import (
    between,
    grammar,
    limits,
    masking,
    questions,
    replies,
    speakers,
    strangers,
    suggesting,
    writing,
)
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import handler_of
from notifications.conversation.talk import Conversation
from notifications.conversation.tasks import complaints, number, pin
from notifications.models import InboundText
from portal import clock, languages
from portal.account import actions as account
from portal.account import concern_actions, concern_queries, number_actions, queries
from portal.account.models import Claimant
from portal.appointments import rules
from portal.complaints import desk_queries
from portal.refusals import Refusal

_EVEN_IN_PART = frozenset({"stop", "unsafe", "text"})
UNCLEAR_WITHIN = timedelta(hours=24)
UNCLEAR, STOPPED = "inbound.unclear", "inbound.stopped"
"""Tasks for staff: nothing could be made of their words; they wrote though texts are stopped."""


def answer(inbound: InboundText) -> str:
    """Do what a text clearly says, or reply; returns a word for what came of it."""
    everyone = queries.claimants_with_number(inbound.from_number)
    if not everyone:
        return strangers.answer(inbound)
    people = speakers.spoken_to(everyone)
    talk = speakers.likely(inbound, people)
    with languages.speaking(talk.person.language):
        intent = _read(inbound, talk.person.language, talk.question.state)
        _mask_a_pin(talk)
        return _for_all(talk, intent, everyone) or _for_one(talk, intent, people)


def _read(inbound: InboundText, language: str, state: grammar.State) -> Intent:
    return _certain(inbound, grammar.parse(inbound.body, language, state))


def _mask_a_pin(talk: Conversation) -> None:
    """A PIN that was typed is not kept, whatever comes of the text; nor one that came after its
    question ran out, or once more. Nothing that somebody writes to us is changed by this."""
    question, body = talk.question, talk.inbound.body
    if question.kind == questions.PIN:
        talk.inbound.body = masking.like_a_pin(body)
    elif (
        masking.is_like_a_pin(body)
        and question.kind != questions.REVIEW
        and question.state.asks not in ("free_text", "figures")
        and (between.was_asked(talk.number, questions.PIN) or limits.gave_a_pin(talk))
    ):
        talk.inbound.body = masking.MASK


def _for_all(talk: Conversation, intent: Intent, everyone: Sequence[Claimant]) -> str:
    """What holds for all who share the phone, whoever of them wrote; empty when nothing does."""
    for each in everyone:
        number_actions.heard_from(each)
    # Where texts are not safe for one of them, nothing answers.
    safe = not any(each.texts_unsafe_at for each in everyone)
    by_provider = talk.inbound.opt_out
    if intent.kind == "stop" or by_provider == "STOP":
        # Where the provider has answered already and blocks the number now, we do not.
        answers = safe and by_provider != "STOP"
        for place, each in enumerate(e for e in everyone if not e.texts_stopped_at):
            account.stop_texts(each, answered=answers and place == 0, by=talk.by_of(each))
        if intent.kind not in ("stop", "unclear"):
            # It took a word of ours for a wish to end texts: somebody has to see what was meant.
            return _to_staff(talk, intent, everyone, UNCLEAR, "stop")
        if talk.question.is_writing:
            # Or START would be one more part of what they were writing.
            talk.close()
        return "stop"
    if intent.kind == "unsafe":
        complains = _complains(talk, intent)
        if complains:
            writing.keep(talk)
        for place, each in enumerate(everyone):
            concern_actions.raise_concern(
                each,
                talk.inbound.body,
                number=talk.number,
                one_of=len(everyone) > 1,
                answered=safe and place == 0,
                kept_from=desk_queries.coach_kept_from(each) if complains else None,
                by=talk.by_of(each),
            )
        return "unsafe"
    if by_provider == "START":
        for each in everyone:
            account.start_texts(each, answered=False, by=talk.by_of(each))
        return "start"
    asked = talk.question.kind == questions.WHO
    if all(each.texts_stopped_at for each in everyone) and intent.kind != "start" and not asked:
        # They asked us to end texts: what they write is kept, and staff can see it.
        return _to_staff(talk, intent, everyone, STOPPED, "stopped")
    if any(concern_queries.waits_for_a_person(each) for each in everyone):
        return _with_a_person(talk, intent, everyone)
    if by_provider == "HELP":
        return "help"
    if talk.person.number_doubted_at and not number.is_answer(talk, intent):
        # Whoever has the phone now may be somebody else.
        number.ask_first(talk)
        return _to_staff(talk, intent, everyone, UNCLEAR, "doubted")
    return ""


def _for_one(talk: Conversation, intent: Intent, people: Sequence[Claimant]) -> str:
    if intent.kind not in ("text", "done", "drop") and limits.too_many(talk):
        return _to_staff(talk, intent, people, UNCLEAR, "too many")
    how = ""
    if len(people) > 1 and not talk.person.number_doubted_at:
        settled = speakers.settle(talk, intent, people, _read)
        if isinstance(settled, str):
            return settled
        talk, intent, how = settled
    with languages.speaking(talk.person.language):
        if talk.person.texts_stopped_at and intent.kind != "start":
            return _to_staff(talk, intent, [talk.person], STOPPED, "stopped")
        if not how and limits.said_twice(talk, intent):
            return "again"
        outcome = _handle(talk, intent)
        return how or outcome


def _complains(talk: Conversation, intent: Intent) -> bool:
    """Whether this has to do with a complaint, for all that we can tell."""
    return complaints.is_meant(talk.number, intent.kind, *intent.suggestions)


def _to_staff(
    talk: Conversation, intent: Intent, people: Sequence[Claimant], what: str, outcome: str
) -> str:
    """Staff see what they wrote, and get in touch. Of what may be a complaint they only see that
    somebody wrote: it may be about one of them."""
    heard = "" if _complains(talk, intent) else talk.said.body
    for each in people:
        account.needs_telling(each, what=what, regarding=None, heard=heard, language=each.language)
    return outcome


def _certain(inbound: InboundText, intent: Intent) -> Intent:
    """What may be acted on. Nothing may, in a text of which a part never came: that it was the
    end of something longer is all we know."""
    if inbound.whole or not intent.exact or intent.kind in _EVEN_IN_PART:
        return intent
    return Intent("unclear")


def _with_a_person(talk: Conversation, intent: Intent, everyone: Sequence[Claimant]) -> str:
    """Somebody may be in danger: no machine acts for them until a person has read it. What they
    write meanwhile stands below what they wrote first, and is a part of their complaint."""
    if intent.kind == "text" and _complains(talk, intent):
        writing.keep(talk)
    for each in everyone:
        concern_actions.add_to_concerns(
            concern_queries.unread_concerns_of(each)[:1], talk.inbound.body, by=talk.by_of(each)
        )
    safe = not any(each.texts_unsafe_at for each in everyone)
    if safe and not limits.texts_before(talk, UNCLEAR_WITHIN, ("human",)):
        talk.say(replies.a_person_will_look(talk.person), heading=False)
    return _to_staff(talk, intent, everyone, UNCLEAR, "human")


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
        talk.say(replies.refused(talk.person, refusal.sentence))
        return f"refused:{refusal.code}"
    return intent.kind


def _chosen_suggestion(talk: Conversation, intent: Intent) -> None:
    """After "did you mean": yes takes the action's own first step."""
    talk.close()
    wanted = str(talk.question.facts["intent"])
    if intent.value == "1" and wanted == "stop":
        for place, each in enumerate(queries.claimants_with_number(talk.number)):
            account.stop_texts(each, answered=place == 0, by=talk.by_of(each))
    elif intent.value == "1":
        kind, _, value = wanted.partition(":")
        _handle(talk, Intent(kind, value, exact=True))
    else:
        talk.say(replies.help_text(talk.person))


def _unclear(talk: Conversation, intent: Intent) -> None:
    """Nothing is done. Suggest once, say how it works once, then a person takes over."""
    if not intent.exact and (limits.is_automatic(talk) or limits.is_repeated(talk)):
        _to_staff(talk, intent, [talk.person], UNCLEAR, "unclear")
        return
    if intent.suggestions[:1] == ("help",):
        _handle(talk, Intent("help", exact=True))
        return
    if talk.person.discreet and suggesting.NOT_IN_DISCREET_TEXTS.intersection(
        intent.suggestions[:1]
    ):
        talk.say(replies.ask_by_phone(talk.person))
        return
    if _suggested(talk, intent):
        return
    if intent.exact:
        talk.say(replies.ask_by_phone(talk.person))
        return
    before = limits.texts_before(talk, UNCLEAR_WITHIN, limits.UNCLEAR)
    if before >= 2:
        _to_staff(talk, intent, [talk.person], UNCLEAR, "unclear")
        return
    if before == 1:
        _to_staff(talk, intent, [talk.person], UNCLEAR, "unclear")
        talk.say(replies.a_person_will_look(talk.person))
        return
    if intent.kind == "empty":
        talk.say(replies.words_please())
        return
    appointment = talk.appointment()
    if talk.question.kind == questions.PIN:
        talk.say(pin.which_pin())
    elif talk.question.kind == questions.CONFIRM_CANCEL and appointment is not None:
        code = str(talk.question.facts["code"])
        talk.say(replies.code_wrong(appointment, code))
    elif appointment is not None:
        talk.say(replies.not_understood(appointment))
    elif intent.kind == "option":
        talk.say(replies.nothing_to_answer())
    else:
        talk.say(replies.nothing_open())


def _suggested(talk: Conversation, intent: Intent) -> bool:
    """Ask whether they meant the first of what is likely; False when there is nothing to ask."""
    for each in intent.suggestions:
        words = suggesting.did_you_mean(each, talk.person)
        if words:
            talk.ask(questions.SUGGEST, talk.appointment(), intent=each)
            talk.say(words)
            return True
    return False


def _silent(talk: Conversation) -> None:
    """ "OK", "thanks", a thumb: said after an answer, not instead of one."""
    if talk.question.kind in (questions.OFFER, questions.AFRESH):
        appointment = talk.appointment()
        if appointment is not None and rules.waits_for_answer(appointment, clock.now()):
            _suggested(talk, Intent("unclear", suggestions=("accept",)))


def _no(talk: Conversation) -> None:
    talk.say(replies.cannot_come())


_SPOKEN: dict[str, Callable[[Conversation], None]] = {"ack": _silent, "yes": _silent, "no": _no}
