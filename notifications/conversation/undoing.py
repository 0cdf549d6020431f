"""UNDO and a reference: exactly that is taken back, or nothing is, and the text says why."""

from __future__ import annotations

from flask_babel import pgettext

from notifications.conversation.talk import Conversation
from portal.account.models import Claimant
from portal.appointments import actions, queries, report_actions
from portal.appointments.models import Appointment, Report
from portal.costs import actions as cost_actions
from portal.costs import queries as costs
from portal.messages import actions as messages
from portal.messages import queries as post
from portal.record import log


def by_receipt(talk: Conversation, code: str) -> None:
    """Take back what was recorded under this code, if this person said it and it still holds.
    Somebody else's code is simply not known."""
    entry = log.by_receipt(code)
    if entry is None or entry.claimant_id != talk.person.id:
        talk.say(not_known())
        return
    appointment = queries.appointment(talk.person, entry.about) if entry.about else None
    call = post.open_call(talk.person)
    asked_for = costs.request(talk.person, entry.about) if entry.about else None
    if appointment is not None and appointment.answer_receipt == code:
        actions.withdraw(appointment, by=talk.by())
    elif appointment is not None and (report := _report(appointment, code)):
        report_actions.withdraw_report(report, by=talk.by())
    elif call is not None and call.receipt == code:
        messages.withdraw_call(talk.person, by=talk.by())
    elif asked_for is not None and asked_for.receipt == code and asked_for.decision is None:
        cost_actions.withdraw(asked_for, by=talk.by())
    else:
        talk.say(not_any_more(code))
        return
    talk.close()


def _report(appointment: Appointment, code: str) -> Report | None:
    found = (each for each in queries.reports_about(appointment) if each.receipt == code)
    return next((each for each in found if each.withdrawn_at is None), None)


def not_known() -> str:
    return pgettext(
        "sms",
        "We do not know that code. Nothing has changed. Text UNDO and the code from your receipt.",
    )


def not_any_more(code: str) -> str:
    return pgettext(
        "sms",
        "%(ref)s cannot be taken back, or was changed since. Nothing has changed now. Text NEXT "
        "for your appointments.",
        ref=code,
    )


def samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    """For the budget of every text."""
    return {"undo_not_known": not_known(), "undo_not_any_more": not_any_more("K7QM2P4A")}
