"""STATUS and a receipt code: what was recorded under it, and how it stands."""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation.grammar import Intent
from notifications.conversation.registry import on, task
from notifications.conversation.talk import Conversation
from notifications.conversation.tasks import complaints
from notifications.conversation.tasks.costs import tell
from portal.account.models import Claimant
from portal.appointments import queries
from portal.appointments.models import Appointment, Decision, Request
from portal.costs import queries as costs
from portal.languages import when_in_text
from portal.record import log

here = task()


@on(here, "status", pin_if_shared=True)
def _status(talk: Conversation, intent: Intent) -> None:
    """Only for what this person said: somebody else's code is simply not found."""
    entry = log.by_receipt(intent.value) if intent.value else None
    if entry is None or entry.claimant_id != talk.person.id:
        talk.say(not_found())
        return
    complaint = complaints.found_by(talk, entry.receipt)
    if complaint is not None:
        complaints.tell(talk, complaint)
        return
    asked_for = costs.request(talk.person, entry.about) if entry.about else None
    if asked_for is not None:
        tell(talk, asked_for)
        return
    appointment = queries.appointment(talk.person, entry.about) if entry.about else None
    request = _request(appointment, entry.receipt) if appointment else None
    if request is None:
        talk.say(recorded(entry.receipt, when_in_text(entry.at)))
    else:
        talk.say(standing(request))


def _request(appointment: Appointment, receipt: str) -> Request | None:
    return next((r for r in appointment.requests if r.receipt == receipt), None)


def standing(request: Request) -> str:
    """Asked, seen, agreed or refused, as one sentence each."""
    ref, when = request.receipt, when_in_text(request.asked_at)
    match request.decision:
        case Decision.agreed:
            return pgettext("sms", "%(ref)s: asked %(when)s. They agreed.", ref=ref, when=when)
        case Decision.refused:
            return pgettext("sms", "%(ref)s: asked %(when)s. They said no.", ref=ref, when=when)
        case Decision.overtaken:
            return pgettext(
                "sms",
                "%(ref)s: asked %(when)s. The appointment or the request was changed since.",
                ref=ref,
                when=when,
            )
        case Decision.withdrawn:
            return pgettext(
                "sms", "%(ref)s: asked %(when)s. You changed it later.", ref=ref, when=when
            )
        case _ if request.seen_at:
            return pgettext(
                "sms",
                "%(ref)s: asked %(when)s. They have seen it. They have not agreed yet.",
                ref=ref,
                when=when,
            )
        case _:
            return pgettext(
                "sms", "%(ref)s: asked %(when)s. They have not seen it yet.", ref=ref, when=when
            )


def recorded(ref: str, when: str) -> str:
    return pgettext("sms", "%(ref)s: recorded %(when)s.", ref=ref, when=when)


def not_found() -> str:
    return pgettext("sms", "We do not know that code. Text STATUS and the code from your receipt.")


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    when = when_in_text(appointment.starts_at)
    asked = [
        Request(receipt="K7QM2P4A", asked_at=appointment.starts_at, decision=d) for d in Decision
    ]
    asked.append(Request(receipt="K7QM2P4A", asked_at=appointment.starts_at))
    seen = Request(
        receipt="K7QM2P4A", asked_at=appointment.starts_at, seen_at=appointment.starts_at
    )
    return {
        "status_recorded": recorded("K7QM2P4A", when),
        "status_not_found": not_found(),
    } | {f"status_{n}": standing(each) for n, each in enumerate([*asked, seen])}


here.samples.append(_samples)
