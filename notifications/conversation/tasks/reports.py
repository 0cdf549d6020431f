"""Late, no fare, no call, no interpreter, in hospital: told to the office at once, and never a
cancellation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask_babel import pgettext

from notifications.conversation import questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import answers, on, task
from notifications.conversation.talk import Conversation
from portal import clock
from portal.account.models import Claimant
from portal.appointments import queries, report_actions, rules
from portal.appointments.models import Appointment, How
from portal.record.models import Entry

here = task()
MINUTES = {"1": 10, "2": 20, "3": 30, "4": 60}
_JUST_STARTED = timedelta(hours=24)


def _near(talk: Conversation) -> list[Appointment]:
    """Appointments that started within the last day, then those to come, soonest first."""
    since = clock.now() - _JUST_STARTED
    begun = [a for a in queries.past(talk.person, 5) if a.starts_at > since]
    return [a for a in [*reversed(begun), *queries.coming(talk.person)] if rules.stands(a)]


def _about_nearest(
    talk: Conversation,
    fits: Callable[[Appointment], bool],
    act: Callable[[Appointment], Entry],
) -> None:
    """Report about the nearest appointment that it can be about; the confirmation names it."""
    found = [a for a in _near(talk) if fits(a)]
    if not found:
        talk.say(replies.nothing_to_answer())
        return
    talk.recorded(act(found[0]))


@on(here, "late")
def _late(talk: Conversation, intent: Intent) -> None:
    if intent.value:
        _late_by(talk, int(intent.value))
        return
    talk.ask(questions.LATE, None, digits="".join(MINUTES))
    talk.say(how_late())


@answers(here, questions.LATE)
def _chosen_minutes(talk: Conversation, intent: Intent) -> None:
    _late_by(talk, MINUTES[intent.value])


def _late_by(talk: Conversation, minutes: int) -> None:
    def today(appointment: Appointment) -> bool:
        return clock.local(appointment.starts_at).date() == clock.today()

    _about_nearest(
        talk, today, lambda a: report_actions.running_late(a, minutes=minutes, by=talk.by())
    )


@on(here, "fare")
def _fare(talk: Conversation, intent: Intent) -> None:
    _about_nearest(
        talk,
        lambda a: a.how is How.in_person and a.starts_at > clock.now(),
        lambda a: report_actions.cannot_pay_fare(a, by=talk.by()),
    )


@on(here, "no_call")
def _no_call(talk: Conversation, intent: Intent) -> None:
    _about_nearest(
        talk,
        lambda a: a.how is not How.in_person and a.starts_at <= clock.now(),
        lambda a: report_actions.they_did_not_call(a, by=talk.by()),
    )


@on(here, "no_interpreter")
def _no_interpreter(talk: Conversation, intent: Intent) -> None:
    _about_nearest(
        talk,
        lambda a: a.starts_at <= clock.now(),
        lambda a: report_actions.no_interpreter_came(a, by=talk.by()),
    )


@on(here, "hospital")
def _hospital(talk: Conversation, intent: Intent) -> None:
    _about_nearest(talk, lambda a: True, lambda a: report_actions.in_hospital(a, by=talk.by()))


def how_late() -> str:
    return pgettext(
        "sms", "How late will you be? Reply 1 = 10 minutes, 2 = 20, 3 = 30, 4 = an hour."
    )


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {"how_late": how_late()}


here.samples.append(_samples)
