"""Appointments by text: accept, ask, choose a time, take back. Calls the website's actions."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from uuid import UUID

from notifications.conversation import offers, questions, replies, undoing
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import answers, on, task
from notifications.conversation.talk import Conversation
from notifications.conversation.tasks.costs import undo_later_than
from portal import clock, languages
from portal.actors import Assurance
from portal.appointments import actions, report_actions, rules
from portal.appointments import queries as appointments
from portal.appointments import slot_queries as free_times
from portal.appointments.models import Answer, Appointment, Ask, Report
from portal.database import db
from portal.record import log
from portal.refusals import Refusal

here = task()
REASON_OF_DIGIT = {"1": "ill", "2": "work", "3": "caring", "4": "fare", "5": "other"}
CODE_TRIES = 3


def _on_appointment(
    talk: Conversation, act: Callable[[Conversation, Appointment], None], intent: Intent
) -> None:
    """Do something about the appointment that was asked about; ask which, if that is unclear."""
    candidates = _meant(talk, intent)
    if len(candidates) > 1:
        _ask_which(talk, candidates, intent.kind)
    elif not candidates:
        talk.say(replies.nothing_to_answer())
    elif candidates[0].id == talk.question.regarding and intent.kind != "undo":
        if _still_as_asked(talk, candidates[0]):
            act(talk, candidates[0])
    else:
        act(talk, candidates[0])


def _still_as_asked(talk: Conversation, appointment: Appointment) -> bool:
    """Whether the appointment is as it was when the question was put; if not, say what holds
    now and put the question again. Raises Refusal when it was answered through another door."""
    if talk.question.version == offers.MOVED_SINCE:
        _moved(talk, appointment)
        return False
    if talk.question.kind != questions.AFRESH:
        rules.require_version(appointment, talk.question.version)
    return True


def _moved(talk: Conversation, appointment: Appointment) -> None:
    rules.require_open(appointment, clock.now())
    talk.ask(questions.OFFER, appointment)
    talk.say(replies.changed(appointment))


def _meant(talk: Conversation, intent: Intent) -> list[Appointment]:
    """The appointments that an answer could be about. Never guessed when there are several."""
    coming = [a for a in appointments.coming(talk.person) if rules.stands(a)]
    if intent.kind == "undo":
        answered = [a for a in coming if a.answered_at]
        return sorted(answered, key=lambda a: a.answered_at or clock.now())[-1:]
    asked = talk.appointment()
    if asked is None:
        return coming[:3]
    chosen = talk.question.facts.get("chosen")
    if chosen or talk.question.kind not in (questions.OFFER, questions.AFRESH):
        return [asked]
    waiting = offers.unanswered(talk.number, talk.person)
    if asked in waiting or not waiting:
        return waiting or [asked]
    if intent.kind == "accept" and asked.answer is Answer.accepted:
        return waiting
    return [*waiting, asked]


def _ask_which(talk: Conversation, found: list[Appointment], then: str) -> None:
    found = found[:3]
    digits = "".join(str(n) for n in range(1, len(found) + 1))
    talk.ask(questions.WHICH, None, digits=digits, then=then, ids=[a.id.hex for a in found])
    talk.say(replies.which(found))


def _accept_it(talk: Conversation, appointment: Appointment) -> None:
    talk.recorded(actions.accept(appointment, by=talk.by()))


def _phone_it(talk: Conversation, appointment: Appointment) -> None:
    talk.recorded(actions.ask_for_phone_call(appointment, by=talk.by()))


def _start_cancel(talk: Conversation, appointment: Appointment) -> None:
    """The first of two steps: repeat a number that only the real phone was sent."""
    rules.require_open(appointment, clock.now())
    request = appointment.open_request
    if request is not None and request.ask is Ask.cancel:
        entry = log.by_receipt(request.receipt)
        assert entry is not None
        talk.recorded(entry)
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


@on(here, "code")
def _code(talk: Conversation, intent: Intent) -> None:
    appointment = talk.appointment()
    if appointment is None:
        talk.say(replies.nothing_to_answer())
        return
    if not _still_as_asked(talk, appointment):
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
    talk.recorded(entry)
    talk.ask(questions.REASON, appointment, request=request.id.hex)


@on(here, "keep")
def _keep(talk: Conversation, intent: Intent) -> None:
    appointment = talk.appointment()
    talk.close()
    if appointment is None:
        talk.say(replies.nothing_to_answer())
    elif _still_as_asked(talk, appointment):
        talk.say(replies.kept(appointment))


def _other_time(talk: Conversation, appointment: Appointment) -> None:
    rules.require_open(appointment, clock.now())
    slots = list(free_times.free(appointment, 3))
    if not slots:
        talk.recorded(actions.ask_for_another_time(appointment, note="", by=talk.by()))
        return
    digits = "".join(str(n) for n in range(1, len(slots) + 1)) + "9"
    talk.ask(questions.PICK_TIME, appointment, digits=digits, slots=[s.id.hex for s in slots])
    talk.say(replies.pick_time(appointment, slots))


def _undo_it(talk: Conversation, appointment: Appointment) -> None:
    talk.recorded(actions.withdraw(appointment, by=talk.by()))


def _last_report(talk: Conversation) -> Report | None:
    """What was said last, when that was "late" or "no call": their texts say UNDO too."""
    coming = appointments.coming(talk.person)
    nearby = [*coming, *appointments.past(talk.person, 5)]
    found = [
        report
        for each in nearby
        for report in appointments.reports_about(each)
        if not (report.settled_at or report.withdrawn_at or report.request_id)
    ]
    last = max(found, key=lambda each: each.at, default=None)
    answered = [a.answered_at for a in coming if a.answered_at and rules.stands(a)]
    return last if last is not None and all(last.at >= at for at in answered) else None


@on(here, "undo")
def _undo(talk: Conversation, intent: Intent) -> None:
    if intent.value:
        undoing.by_receipt(talk, intent.value)
        return
    report = _last_report(talk)
    said = [a.answered_at for a in appointments.coming(talk.person) if a.answered_at]
    said += [report.at] if report is not None else []
    if undo_later_than(talk, max(said, default=None)):
        return
    if report is None:
        _on_appointment(talk, _undo_it, intent)
        return
    report_actions.withdraw_report(report, by=talk.by())
    talk.close()


@answers(here, questions.WHICH)
def _chosen_which(talk: Conversation, intent: Intent) -> None:
    ids = talk.question.facts["ids"]
    appointment = appointments.appointment(talk.person, UUID(ids[int(intent.value) - 1]))
    talk.close()
    if appointment is None:
        talk.say(replies.nothing_to_answer())
        return
    asked_at = talk.question.asked_at
    if asked_at is not None and appointment.notice_given_at > asked_at:
        _moved(talk, appointment)
        return
    then = str(talk.question.facts["then"])
    if then in _ABOUT_APPOINTMENT:
        _ABOUT_APPOINTMENT[then](talk, appointment)
    else:
        _offer_again(talk, appointment)


def _offer_again(talk: Conversation, appointment: Appointment) -> None:
    """Put the offer's question again, for this appointment."""
    rules.require_open(appointment, clock.now())
    talk.ask(questions.OFFER, appointment, chosen=True)
    talk.say(replies.offer_choices(appointment))


@answers(here, questions.AFRESH)
def _asked_afresh(talk: Conversation, intent: Intent) -> None:
    """Nothing is done on a digit that came late or twice: the offer is put once more."""
    waiting = _meant(talk, intent)
    if len(waiting) > 1:
        _ask_which(talk, waiting, "offer")
    elif waiting:
        _offer_again(talk, waiting[0])
    else:
        talk.say(replies.nothing_to_answer())


@answers(here, questions.REASON)
def _chosen_reason(talk: Conversation, intent: Intent) -> None:
    talk.close()
    appointment, wanted = talk.appointment(), UUID(talk.question.facts["request"])
    asked = appointment.requests if appointment is not None else []
    request = next((each for each in asked if each.id == wanted), None)
    if intent.value in REASON_OF_DIGIT and request is not None:
        actions.give_reason(request, reason=REASON_OF_DIGIT[intent.value], by=talk.by())


@answers(here, questions.PICK_TIME)
def _chosen_time(talk: Conversation, intent: Intent) -> None:
    appointment = talk.appointment()
    if appointment is None:
        talk.say(replies.nothing_to_answer())
        return
    if not _still_as_asked(talk, appointment):
        return
    if intent.value == "9":
        talk.recorded(actions.ask_for_another_time(appointment, note="", by=talk.by()))
        return
    chosen = UUID(talk.question.facts["slots"][int(intent.value) - 1])
    slot = free_times.one(appointment, chosen)
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
    talk.recorded(entry)


@on(here, "next", pin_if_shared=True)
def _next(talk: Conversation, intent: Intent) -> None:
    coming = [a for a in appointments.coming(talk.person) if rules.stands(a)][:3]
    if coming:
        digits = "".join(str(n) for n in range(1, len(coming) + 1))
        talk.ask(questions.WHICH, None, digits=digits, then="offer", ids=[a.id.hex for a in coming])
    talk.say(replies.next_appointments(coming))


_ABOUT_APPOINTMENT: dict[str, Callable[[Conversation, Appointment], None]] = {
    "accept": _accept_it,
    "cancel": _start_cancel,
    "phone": _phone_it,
    "other_time": _other_time,
}


@on(here, *_ABOUT_APPOINTMENT)
def _about(talk: Conversation, intent: Intent) -> None:
    _on_appointment(talk, _ABOUT_APPOINTMENT[intent.kind], intent)
