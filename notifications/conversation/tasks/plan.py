"""What was promised to the person, one promise a text, overdue first. It needs the PIN.

Calls the website's actions. In discreet texts a plan has no place: then one is asked to call.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from notifications.conversation import replies
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import Line, answers, left_out, on, task
from notifications.conversation.talk import Conversation
from notifications.wordings import plan_talk as words
from portal import clock
from portal.account.models import Claimant
from portal.actors import Assurance
from portal.appointments.models import Appointment
from portal.plan import actions, queries, rules
from portal.plan.models import Promise
from portal.record.models import Entry

here = task()
PLAN = "plan"
here.lines.append(Line("2", words.menu_line, "plan", discreet=left_out))

_DOES: dict[str, Callable[..., Entry]] = {
    "2": actions.remind,
    "3": actions.happened,
    "4": actions.ask_new_date,
}


@on(here, "plan", pin=True)
def _plan(talk: Conversation, intent: Intent) -> None:
    if talk.person.discreet:
        talk.say(replies.ask_by_phone(talk.person))
        return
    _show(talk, 0)


def _show(talk: Conversation, position: int) -> None:
    """The promise at a place in the list: the one that is late for longest comes first."""
    found = queries.open_promises(talk.person)
    if position >= len(found):
        talk.close()
        talk.say(words.last() if found else words.none())
        return
    promise = found[position]
    more = position + 1 < len(found)
    talk.ask(PLAN, None, digits="1234" if more else "234", promise=promise.id.hex)
    talk.say(words.promise(promise, rules.days_late(promise, clock.today()), more=more))


@answers(here, PLAN, pin=True)
def _chosen(talk: Conversation, intent: Intent) -> None:
    wanted = UUID(talk.question.facts["promise"])
    if intent.value == "1":
        ids = [promise.id for promise in queries.open_promises(talk.person)]
        # When it was settled meanwhile, what came after it has moved into its place.
        _show(talk, ids.index(wanted) + 1 if wanted in ids else 0)
        return
    promise = queries.promise(talk.person, wanted)
    if promise is None:
        talk.close()
        talk.say(words.none())
        return
    _do(talk, promise, _DOES[intent.value])


def _do(talk: Conversation, promise: Promise, does: Callable[..., Entry]) -> None:
    talk.recorded(does(promise, by=talk.by(Assurance.saw_our_text)), close=False)


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return words.samples(appointment.starts_at)


here.samples.append(_samples)
