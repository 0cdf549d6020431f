"""What follows from a text: an action, or a reply. Nothing is done on a guess.

Takes part in the worker's transaction. Calls the same actions as the website.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from notifications import queue, segments, texts, triggers
from notifications.conversation import grammar, questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.questions import Question
from notifications.models import InboundText, Notification
from portal import clock, languages
from portal.account import actions as account
from portal.account import queries
from portal.account.models import Claimant
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, rules
from portal.appointments import queries as appointments
from portal.appointments.models import Answer, Appointment, Ask, Request
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal

REASON_OF_DIGIT = {"1": "ill", "2": "work", "3": "caring", "4": "fare", "5": "other"}
CODE_TRIES = 3
REPLY, UNKNOWN = "conversation.reply", "conversation.unknown"
UNCLEAR_WITHIN = timedelta(hours=24)
MOST_REPLIES_AN_HOUR = 20


class Conversation:
    """One text of one person, being answered."""

    def __init__(self, inbound: InboundText, person: Claimant) -> None:
        self.inbound, self.person = inbound, person
        self.number = inbound.from_number
        self.question = questions.open_question(self.number, person)
        self.outcome = ""
        self._replies = 0

    def by(self, assurance: Assurance = Assurance.number) -> Actor:
        return Actor(Kind.claimant, self.person.id, Channel.sms, assurance)

    def say(self, text: str) -> None:
        """Send a reply. At most a few an hour, so that two machines cannot talk for ever."""
        if _replies(self.number, REPLY, timedelta(hours=1)) >= MOST_REPLIES_AN_HOUR:
            return
        self._replies += 1
        queue.put(
            to_number=self.number,
            claimant_id=self.person.id,
            language=languages.current().code,
            kind=REPLY,
            body=segments.fit(text, languages.current().code, "auto"),
            dedupe_key=f"reply:{self.inbound.id}:{self._replies}",
        )

    def appointment(self) -> Appointment | None:
        """The appointment that the open question is about, if it can still be answered."""
        regarding = self.question.regarding
        return appointments.appointment(self.person, regarding) if regarding else None

    def ask(self, kind: str, appointment: Appointment | None = None, **facts: object) -> None:
        questions.ask(self.number, self.person, kind, appointment, **facts)

    def close(self) -> None:
        questions.close(self.number)


def answer(inbound: InboundText) -> str:
    """Do what a text clearly says, or reply; returns a word for what came of it."""
    people = queries.claimants_with_number(inbound.from_number)
    person = people[0] if people else None
    code = person.language if person else languages.DEFAULT
    with languages.speaking(code):
        if person is None:
            return _unknown_number(inbound, code)
        talk = Conversation(inbound, person)
        intent = grammar.parse(inbound.body, code, talk.question.state)
        if intent.kind == "stop" or inbound.opt_out == "STOP":
            for each in people:
                account.stop_texts(each, by=Conversation(inbound, each).by())
            return "stop"
        if intent.kind == "unsafe":
            account.raise_concern(person, inbound.body, by=talk.by())
            return "unsafe"
        if person.texts_stopped_at and intent.kind != "start":
            # They asked us to end texts: what they write is kept, and staff can see it.
            account.needs_telling(person, what="inbound.stopped", regarding=None)
            return "stopped"
        if len(people) > 1:
            talk.say(replies.shared_number(person))
            return "shared"
        return _handle(talk, intent)


def _unknown_number(inbound: InboundText, code: str) -> str:
    """Never confirm that anybody is a claimant; one reply a day is enough."""
    if _replies(inbound.from_number, UNKNOWN, timedelta(days=1)):
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
    handler = _HANDLERS.get(intent.kind)
    try:
        if intent.exact and handler is not None:
            handler(talk, intent)
        elif intent.kind in _SPOKEN:
            _SPOKEN[intent.kind](talk)
        else:
            _unclear(talk, intent)
    except Refusal as refusal:
        talk.say(languages.say(refusal.sentence))
        return f"refused:{refusal.code}"
    return intent.kind


def _on_appointment(
    talk: Conversation, act: Callable[[Conversation, Appointment], None], intent: Intent
) -> None:
    """Do something about the appointment that was asked about; ask which, if that is unclear."""
    candidates = _meant(talk, intent)
    if len(candidates) > 1:
        _ask_which(talk, candidates, intent.kind)
    elif not candidates:
        talk.say(replies.nothing_to_answer())
    elif talk.question.version == questions.MOVED_SINCE:
        talk.say(replies.changed(candidates[0]))
    else:
        act(talk, candidates[0])


def _meant(talk: Conversation, intent: Intent) -> list[Appointment]:
    """The appointments that an answer could be about. Never guessed when there are several."""
    coming = [a for a in appointments.coming(talk.person) if rules.stands(a)]
    if intent.kind == "undo":
        answered = [a for a in coming if a.answered_at]
        return sorted(answered, key=lambda a: a.answered_at or clock.now())[-1:]
    asked = talk.appointment()
    if asked is None:
        return coming[:3]
    if talk.question.kind != questions.OFFER:
        return [asked]
    waiting = questions.unanswered_offers(talk.number, talk.person)
    if asked in waiting or not waiting:
        return waiting or [asked]
    if intent.kind == "accept" and asked.answer is Answer.accepted:
        return waiting
    return [*waiting, asked]


def _ask_which(talk: Conversation, found: list[Appointment], then: str) -> None:
    found = found[:9]
    digits = "".join(str(n) for n in range(1, len(found) + 1))
    talk.ask(questions.WHICH, None, digits=digits, then=then, ids=[a.id.hex for a in found])
    talk.say(replies.which(found))


def _record(talk: Conversation, appointment: Appointment, entry: Entry, before: str | None) -> None:
    """What was recorded confirms itself; saying it again repeats the receipt."""
    talk.close()
    if entry.receipt == before:
        event = log.event_of(entry)
        assert event is not None
        for draft in triggers.drafts(entry, event)[:1]:
            talk.say(texts.word(draft, talk.person))


def _accept_it(talk: Conversation, appointment: Appointment) -> None:
    before = appointment.answer_receipt
    entry = actions.accept(appointment, by=talk.by())
    _record(talk, appointment, entry, before)


def _phone_it(talk: Conversation, appointment: Appointment) -> None:
    before = appointment.answer_receipt
    entry = actions.ask_for_phone_call(appointment, by=talk.by())
    _record(talk, appointment, entry, before)


def _start_cancel(talk: Conversation, appointment: Appointment) -> None:
    """The first of two steps: repeat a number that only the real phone was sent."""
    rules.require_open(appointment, clock.now())
    request = appointment.open_request
    if request is not None and request.ask is Ask.cancel:
        entry = log.by_receipt(request.receipt)
        assert entry is not None
        _record(talk, appointment, entry, entry.receipt)
        return
    code = _echo_code()
    talk.ask(questions.CONFIRM_CANCEL, appointment, code=code, tries=0)
    talk.say(replies.confirm_cancel(appointment, code))


def _echo_code() -> str:
    """Two digits from 20 to 99, no doubles: a double press cannot be one."""
    while True:
        code = str(20 + secrets.randbelow(80))
        if code[0] != code[1]:
            return code


def _code(talk: Conversation, intent: Intent) -> None:
    appointment = talk.appointment()
    if appointment is None:
        talk.say(replies.nothing_to_answer())
        return
    if talk.question.version != appointment.version:
        talk.close()
        talk.say(replies.changed(appointment))
        return
    wanted, tries = str(talk.question.facts["code"]), int(talk.question.facts["tries"])
    if intent.value != wanted:
        if tries + 1 >= CODE_TRIES:
            talk.close()
            talk.say(replies.kept(appointment))
            return
        again = _echo_code()
        talk.ask(questions.CONFIRM_CANCEL, appointment, code=again, tries=tries + 1)
        talk.say(replies.code_wrong(appointment, again))
        return
    entry = actions.ask_to_cancel(appointment, by=talk.by(Assurance.saw_our_text))
    request = appointment.open_request
    assert request is not None
    _record(talk, appointment, entry, None)
    talk.ask(questions.REASON, appointment, request=request.id.hex)


def _keep(talk: Conversation, intent: Intent) -> None:
    appointment = talk.appointment()
    talk.close()
    talk.say(replies.kept(appointment) if appointment else replies.nothing_to_answer())


def _other_time(talk: Conversation, appointment: Appointment) -> None:
    rules.require_open(appointment, clock.now())
    slots = list(appointments.free_slots(appointment, 3))
    if not slots:
        entry = actions.ask_for_another_time(appointment, note="", by=talk.by())
        _record(talk, appointment, entry, None)
        return
    digits = "".join(str(n) for n in range(1, len(slots) + 1)) + "9"
    talk.ask(questions.PICK_TIME, appointment, digits=digits, slots=[s.id.hex for s in slots])
    talk.say(replies.pick_time(appointment, slots))


def _undo_it(talk: Conversation, appointment: Appointment) -> None:
    actions.withdraw(appointment, by=talk.by())
    talk.close()


def _option(talk: Conversation, intent: Intent) -> None:
    """A digit that answers a question of the conversation."""
    question, digit = talk.question, intent.value
    match question.kind:
        case questions.WHICH:
            _chosen_which(talk, question, digit)
        case questions.REASON:
            _chosen_reason(talk, question, digit)
        case questions.PICK_TIME:
            _chosen_time(talk, question, digit)
        case questions.SUGGEST:
            _chosen_suggestion(talk, question, digit)
        case _:
            _unclear(talk, intent)


def _chosen_which(talk: Conversation, question: Question, digit: str) -> None:
    ids = question.facts["ids"]
    appointment = appointments.appointment(talk.person, UUID(ids[int(digit) - 1]))
    talk.close()
    if appointment is None:
        talk.say(replies.nothing_to_answer())
        return
    then = str(question.facts["then"])
    if then in _ABOUT_APPOINTMENT:
        _ABOUT_APPOINTMENT[then](talk, appointment)
    else:
        _offer_again(talk, appointment)


def _offer_again(talk: Conversation, appointment: Appointment) -> None:
    """Put the offer's question again, for this appointment."""
    rules.require_open(appointment, clock.now())
    talk.ask(questions.OFFER, appointment)
    talk.say(replies.offer_choices(appointment))


def _chosen_reason(talk: Conversation, question: Question, digit: str) -> None:
    talk.close()
    request = db.session.get(Request, UUID(question.facts["request"]))
    if digit in REASON_OF_DIGIT and request is not None:
        actions.give_reason(request, reason=REASON_OF_DIGIT[digit], by=talk.by())


def _chosen_time(talk: Conversation, question: Question, digit: str) -> None:
    appointment = talk.appointment()
    if appointment is None:
        talk.say(replies.nothing_to_answer())
        return
    if question.version != appointment.version:
        talk.close()
        talk.say(replies.changed(appointment))
        return
    if digit == "9":
        entry = actions.ask_for_another_time(appointment, note="", by=talk.by())
        _record(talk, appointment, entry, None)
        return
    slot = appointments.slot(appointment, UUID(question.facts["slots"][int(digit) - 1]))
    if slot is None:
        _other_time(talk, appointment)
        return
    try:
        with db.session.begin_nested():
            entry = actions.pick_time(appointment, slot, by=talk.by())
    except Refusal as refusal:
        if refusal.code != "slot-gone":
            raise
        talk.say(languages.say(refusal.sentence))
        _other_time(talk, appointment)
        return
    _record(talk, appointment, entry, None)


def _chosen_suggestion(talk: Conversation, question: Question, digit: str) -> None:
    talk.close()
    wanted = str(question.facts["intent"])
    if digit == "1":
        _handle(talk, Intent(wanted.partition(":")[0], wanted.partition(":")[2], exact=True))
    else:
        talk.say(replies.help_text(talk.person))


def _next(talk: Conversation, intent: Intent) -> None:
    coming = [a for a in appointments.coming(talk.person) if rules.stands(a)][:3]
    if coming:
        digits = "".join(str(n) for n in range(1, len(coming) + 1))
        talk.ask(questions.WHICH, None, digits=digits, then="offer", ids=[a.id.hex for a in coming])
    talk.say(replies.next_appointments(coming))


def _language(talk: Conversation, intent: Intent) -> None:
    code = intent.value
    if not languages.is_offered(code):
        talk.say(replies.other_language(talk.person))
        return
    account.choose_language(talk.person, code, by=talk.by())


def _start(talk: Conversation, intent: Intent) -> None:
    if account.start_texts(talk.person, by=talk.by()) is None:
        talk.say(replies.texts_go_already())


def _help(talk: Conversation, intent: Intent) -> None:
    talk.say(replies.help_text(talk.person))


def _unclear(talk: Conversation, intent: Intent) -> None:
    """Nothing is done. Suggest once, say how it works once, then a person takes over."""
    suggestion = next((s for s in intent.suggestions if replies.did_you_mean(s)), "")
    if suggestion:
        talk.ask(questions.SUGGEST, talk.appointment(), intent=suggestion)
        talk.say(replies.did_you_mean(suggestion))
        return
    if intent.exact:
        talk.say(replies.ask_by_phone(talk.person))
        return
    before = _unclear_texts(talk)
    if before >= 2:
        account.needs_telling(talk.person, what="inbound.unclear", regarding=None)
        return
    if before == 1:
        account.needs_telling(talk.person, what="inbound.unclear", regarding=None)
        talk.say(replies.a_person_will_look(talk.person))
        return
    appointment = talk.appointment()
    if talk.question.kind == questions.CONFIRM_CANCEL and appointment is not None:
        code = str(talk.question.facts["code"])
        talk.say(replies.code_wrong(appointment, code))
    elif appointment is not None:
        talk.say(replies.not_understood(appointment))
    else:
        talk.say(replies.nothing_open())


def _silent(talk: Conversation) -> None:
    """ "OK", "thanks", a thumb: said after an answer, not instead of one."""
    if talk.question.kind == questions.OFFER:
        appointment = talk.appointment()
        if appointment is not None and rules.waits_for_answer(appointment, clock.now()):
            talk.ask(questions.SUGGEST, appointment, intent="accept")
            talk.say(replies.did_you_mean("accept"))


def _no(talk: Conversation) -> None:
    talk.say(replies.cannot_come())


def _unclear_texts(talk: Conversation) -> int:
    since = clock.now() - UNCLEAR_WITHIN
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(InboundText)
            .where(
                InboundText.from_number == talk.number,
                InboundText.outcome.in_(("unclear", "empty", "question")),
                InboundText.received_at > since,
                InboundText.id < talk.inbound.id,
            )
        )
        or 0
    )


def _replies(number: str, kind: str, within: timedelta) -> int:
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Notification)
            .where(
                Notification.to_number == number,
                Notification.kind == kind,
                Notification.made_at > clock.now() - within,
            )
        )
        or 0
    )


_ABOUT_APPOINTMENT: dict[str, Callable[[Conversation, Appointment], None]] = {
    "accept": _accept_it,
    "cancel": _start_cancel,
    "phone": _phone_it,
    "other_time": _other_time,
    "undo": _undo_it,
}


def _about(act: Callable[[Conversation, Appointment], None]) -> Callable[..., None]:
    def handler(talk: Conversation, intent: Intent) -> None:
        _on_appointment(talk, act, intent)

    return handler


_HANDLERS: dict[str, Callable[[Conversation, Intent], None]] = {
    "code": _code,
    "keep": _keep,
    "option": _option,
    "next": _next,
    "language": _language,
    "start": _start,
    "help": _help,
    "menu": _help,
} | {kind: _about(act) for kind, act in _ABOUT_APPOINTMENT.items()}

_SPOKEN: dict[str, Callable[[Conversation], None]] = {"ack": _silent, "yes": _silent, "no": _no}
