"""Writing down what a person told staff by phone or at the counter, as the person's own choice.

The entry says who wrote it down. The person gets the same receipt and the same text as if they
had done it themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import url_for

from portal import clock
from portal.account import guards
from portal.appointments import actions, report_actions, rules
from portal.appointments.models import Appointment
from portal.database import transaction
from portal.messages import actions as post
from portal.messages import rules as post_rules
from portal.messages.models import When
from portal.record.models import Entry
from portal.refusals import Refusal
from portal.staff.desk import a_person, an_appointment, bp, by, conflict, done
from portal.staff.told_forms import ToldCallForm, ToldForm, ToldMessageForm
from portal.web.forms import once
from portal.web.fragments import page

_DOES: dict[str, Callable[..., Entry]] = {
    "accept": actions.accept,
    "phone": actions.ask_for_phone_call,
    "time": actions.ask_for_another_time,
    "cancel": actions.ask_to_cancel,
    "late": report_actions.running_late,
    "fare": report_actions.cannot_pay_fare,
    "no_call": report_actions.they_did_not_call,
    "no_interpreter": report_actions.no_interpreter_came,
    "hospital": report_actions.in_hospital,
}


def _choices(form: ToldForm) -> dict[str, Any]:
    """What goes with the choice, beside the appointment and who wrote it down."""
    match form.what.data:
        case "accept":
            return {"version": form.seen_version}
        case "time" | "phone":
            return {"version": form.seen_version, "note": form.note.data or ""}
        case "cancel":
            reason = form.reason.data or ""
            return {"version": form.seen_version, "note": form.note.data or "", "reason": reason}
        case "late":
            return {"minutes": form.delay}
        case _:
            return {}


@bp.route("/appointments/<uuid:appointment_id>/told", methods=["GET", "POST"])
@guards.staff_only
def told(appointment_id: UUID) -> Any:
    """What the person told us about an appointment."""
    found: Appointment = an_appointment(appointment_id)
    back = url_for("staff.appointment", appointment_id=found.id)
    form = ToldForm(found, clock.now(), version=str(found.version))
    if form.submitted():
        try:
            with transaction():
                entry = _DOES[form.what.data](found, by=by(), **_choices(form))
        except Refusal as refusal:
            return conflict(refusal, back)
        return done(entry, back)
    return page("staff/told.html", form.status, form=form, appointment=found, rules=rules)


@bp.route("/people/<uuid:claimant_id>/told", methods=["GET", "POST"])
@guards.staff_only
def told_message(claimant_id: UUID) -> Any:
    """A message that the person gave by word of mouth: it waits for a reply like any other."""
    person, message_id = a_person(claimant_id), once()
    form = ToldMessageForm()
    if form.submitted():
        try:
            with transaction():
                entry = post.write(person, form.words.data or "", message_id=message_id, by=by())
            return done(entry, url_for("staff.messages", claimant_id=person.id))
        except Refusal as refusal:
            form.refuse(refusal, "words")
    return page("staff/told_message.html", form.status, form=form, person=person, once=message_id)


@bp.route("/people/<uuid:claimant_id>/call", methods=["GET", "POST"])
@guards.staff_only
def told_call(claimant_id: UUID) -> Any:
    """The person wants to be called later."""
    person = a_person(claimant_id)
    form = ToldCallForm()
    if form.submitted():
        try:
            with transaction():
                entry = post.ask_for_call(
                    person, when=When(form.when.data), reason_code=form.reason.data or "", by=by()
                )
            return done(entry, url_for("staff.person", claimant_id=person.id))
        except Refusal as refusal:
            form.refuse(refusal, "when")
    return page("staff/told_call.html", form.status, form=form, person=person, rules=post_rules)
