"""COSTS: can the Flexible Support Fund help, what to say, and sending it as a request. And what
became of a request. The rules are the website's, and so are the actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import pgettext

from notifications.conversation import explaining, replies
from notifications.conversation.explaining import Step
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import Line, answers, left_out, on, task
from notifications.conversation.talk import Conversation
from portal import clock
from portal.account.models import Claimant
from portal.appointments.models import Appointment
from portal.costs import actions, engine, queries, rules
from portal.costs.models import CostRequest, Decision, Paid
from portal.languages import day_in_text, when_in_text

here = task()
here.lines.append(Line("3", lambda: pgettext("sms", "help with costs"), "costs", discreet=left_out))
QUESTION, RESULT, WAITS, REFUSED = "costs", "costs_result", "costs_waits", "costs_refused"
"""Questions of this task: of the explainer, after its result, and about a request."""
SOON = timedelta(days=7)
UNDONE_WITHIN = timedelta(days=1)
PRESSED_TWICE = timedelta(seconds=10)


@on(here, "costs")
def _costs(talk: Conversation, intent: Intent) -> None:
    if talk.person.discreet:
        # Who chose texts that give nothing away is asked about money by phone (sms.md, 11).
        talk.say(replies.ask_by_phone(talk.person))
        return
    _put(talk, Step.first(known_of(talk.person)))


def known_of(person: Claimant) -> dict[str, str]:
    """What a person with a record need not be asked: they are on Universal Credit, and the
    nation is that of their office."""
    in_ni = person.office.nation == "northern_ireland"
    return {"you": "northern_ireland" if in_ni else "uc"}


def _put(talk: Conversation, step: Step, last: str = "") -> None:
    """Ask what is open, or say what the rules say."""
    if step.question:
        talk.ask(QUESTION, None, digits=step.digits(), **step.facts())
        talk.say(step.text())
        return
    choices = explaining.choices_of(step, known_person=True)
    digits = "".join(digit for digit, _words in choices)
    talk.ask(RESULT, None, digits=digits, last=last, **step.facts())
    for text in explaining.result(step, [f"{digit} {words}" for digit, words in choices]):
        talk.say(text)


@answers(here, QUESTION)
def _answered(talk: Conversation, intent: Intent) -> None:
    step = Step.from_facts(talk.question.facts)
    if intent.value != "0":
        _put(talk, step.forward(intent.value), intent.value)
        return
    before = step.back()
    if before is None:
        talk.close()
        talk.say(left())
        return
    _put(talk, before)


@answers(here, RESULT)
def _chosen(talk: Conversation, intent: Intent) -> None:
    facts, asked_at = talk.question.facts, talk.question.asked_at
    step = Step.from_facts(facts)
    if intent.value == "0":
        _put(talk, step.back() or Step.first(step.known))
    elif intent.value == "3":
        talk.ask(RESULT, None, **facts)
        for text in explaining.card(step):
            talk.say(text)
    elif (
        intent.value == facts.get("last")
        and asked_at
        and talk.inbound.received_at < (asked_at + PRESSED_TWICE)
    ):
        # The digit of the last answer, pressed twice, must not send anything.
        _put(talk, step)
    else:
        _send(talk, step, soon=intent.value == "2")


def _send(talk: Conversation, step: Step, *, soon: bool) -> None:
    need = step.answers["need"]
    wish = rules.Wish(
        item="other" if need == "unsure" else need,
        answers=engine.write(step.answers),
        needed_by=clock.today() + SOON if soon else None,
        paid=_paid(step.answers.get("paid", "")),
    )
    talk.recorded(actions.ask(talk.person, wish, by=talk.by()))


def _paid(answer: str) -> Paid:
    return Paid(answer) if answer in list(Paid) else Paid.unknown


def tell(talk: Conversation, request: CostRequest) -> None:
    """How a request stands, and what the person can do about it by one digit."""
    if rules.is_open(request):
        talk.ask(WAITS, None, digits="10", request=request.id.hex)
    elif rules.may_look_again(request):
        talk.ask(REFUSED, None, digits="10", request=request.id.hex)
    talk.say(standing(request))


def _request(talk: Conversation) -> CostRequest | None:
    return queries.request(talk.person, UUID(talk.question.facts["request"]))


@answers(here, WAITS)
def _take_back(talk: Conversation, intent: Intent) -> None:
    request = _request(talk)
    talk.close()
    if intent.value == "1" and request is not None:
        talk.recorded(actions.withdraw(request, by=talk.by()))
    else:
        talk.say(left())


@answers(here, REFUSED)
def _look_again(talk: Conversation, intent: Intent) -> None:
    request = _request(talk)
    talk.close()
    if intent.value == "1" and request is not None:
        talk.recorded(actions.ask_to_look_again(request, by=talk.by()))
    else:
        talk.say(left())


def undo_later_than(talk: Conversation, said: datetime | None) -> bool:
    """Take back the request that was sent after everything else the person said; False when
    there is none. Only what they could have meant: sent within a day."""
    waiting = queries.waiting_of(talk.person)
    last = waiting[-1] if waiting else None
    if last is None or last.asked_at < clock.now() - UNDONE_WITHIN:
        return False
    if said is not None and said > last.asked_at:
        return False
    actions.withdraw(last, by=talk.by())
    talk.close()
    return True


def standing(request: CostRequest) -> str:
    """Asked, seen, agreed or refused, as whole sentences. No amount, and not what it is for."""
    ref, phone = request.receipt, request.claimant.office.phone
    match request.decision:
        case Decision.agreed:
            return pgettext(
                "sms",
                "%(ref)s: they agreed. To hear how, sign in or call %(phone)s.",
                ref=ref,
                phone=phone,
            )
        case Decision.refused if rules.may_look_again(request):
            return pgettext(
                "sms",
                "%(ref)s: they said no. To hear why, sign in or call %(phone)s. Reply 1 to ask a "
                "manager to look again, 0 to leave it.",
                ref=ref,
                phone=phone,
            )
        case Decision.refused:
            return pgettext(
                "sms",
                "%(ref)s: somebody else looked again and said no. To hear why, sign in or call "
                "%(phone)s.",
                ref=ref,
                phone=phone,
            )
        case Decision.withdrawn:
            return pgettext("sms", "%(ref)s: you took it back.", ref=ref)
        case _:
            pass
    when, day = when_in_text(request.asked_at), day_in_text(request.reply_by)
    if rules.is_late(request, clock.today()):
        return pgettext(
            "sms",
            "%(ref)s: asked %(when)s. No answer yet. It was due by %(day)s. A manager has it now. "
            "Reply 1 to take it back, 0 to keep it.",
            ref=ref,
            when=when,
            day=day,
        )
    if request.seen_at:
        return pgettext(
            "sms",
            "%(ref)s: asked %(when)s. They have seen it. We ask for an answer by %(day)s. "
            "Reply 1 to take it back, 0 to keep it.",
            ref=ref,
            when=when,
            day=day,
        )
    return pgettext(
        "sms",
        "%(ref)s: asked %(when)s. They have not seen it yet. We ask for an answer by %(day)s. "
        "Reply 1 to take it back, 0 to keep it.",
        ref=ref,
        when=when,
        day=day,
    )


def left() -> str:
    return pgettext("sms", "Nothing was sent and nothing has changed.")


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    """Every question, every result and every state of a request."""
    found = {"costs_left": left()}
    found |= dict(explaining.samples())
    when, day = appointment.starts_at, appointment.starts_at.date()
    states: dict[str, dict[str, Any]] = {
        "waits": {},
        "seen": {"seen_at": when},
        "late": {"reply_by": date(2000, 1, 1)},
        "agreed": {"decision": Decision.agreed},
        "refused": {"decision": Decision.refused},
        "refused_again": {"decision": Decision.refused, "look_again_at": when},
        "withdrawn": {"decision": Decision.withdrawn},
    }
    known = {"receipt": "K7QM2P4A", "asked_at": when, "reply_by": day, "claimant": person}
    for name, values in states.items():
        found[f"costs_{name}"] = standing(CostRequest(**(known | values)))
    return found


here.samples.append(_samples)
