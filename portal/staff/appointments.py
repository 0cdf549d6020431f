"""The office's side of an appointment: book, move, call off, get in touch, say what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, url_for
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.account import guards
from portal.account.interpreter_actions import need_of
from portal.appointments import bookings, busy_actions, desk_actions, office_actions, rules
from portal.appointments import queries as diary
from portal.appointments.forms import BookingForm
from portal.appointments.models import Appointment
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal
from portal.staff.desk import a_person, an_appointment, bp, by, conflict, done, office_id
from portal.staff.forms import (
    MOVED,
    CallOffForm,
    ContactForm,
    MoveForm,
    OutcomeForm,
)
from portal.typed import queries as typed
from portal.web.forms import once
from portal.web.fragments import page

_FIELD_OF = {
    "busy": "time",
    "past": "day",
    "purpose": "purpose",
    "caller": "caller_name",
    "video": "place",
    "interpreter": "interpreter_by",
}


def _address(appointment: Appointment) -> str:
    return url_for("staff.appointment", appointment_id=appointment.id)


@bp.get("/appointments/<uuid:appointment_id>")
@guards.staff_only
def appointment(appointment_id: UUID) -> Any:
    """One appointment: what was said on both sides, and what can be done."""
    found = an_appointment(appointment_id)
    return page(
        "staff/appointment.html",
        appointment=found,
        contacts=diary.contacts([found.id]).get(found.id, []),
        reports=diary.reports_about(found),
        rules=rules,
        now=clock.now(),
    )


@bp.get("/done/<receipt>", endpoint="done")
@guards.staff_only
def recorded(receipt: str) -> Any:
    """What was recorded, with its receipt."""
    entry = log.by_receipt(receipt) or abort(404)
    words = typed.typed(entry.about) if entry.about else None
    if entry.kind.startswith("complaints.") or (words is not None and words.apart):
        abort(404)  # That there is a complaint is for those who deal with it.
    person = a_person(entry.claimant_id)
    found = diary.appointment_of_office(entry.about, office_id()) if entry.about else None
    return page("staff/done.html", entry=entry, person=person, appointment=found)


@bp.route("/people/<uuid:claimant_id>/book", methods=["GET", "POST"])
@guards.staff_only
def book(claimant_id: UUID) -> Any:
    """Book an appointment for a person, and offer it to them."""
    person = a_person(claimant_id)
    member, new_id, need = guards.this_staff(), once(), need_of(person)
    form = BookingForm(
        with_name=person.coach.name if person.coach else "",
        caller_name=member.name,
        caller_number=member.office.phone,
        need=need,
    )
    if form.submitted():
        made = diary.appointment(person, new_id)
        if made is None:
            try:
                with transaction():
                    _require_free(person.id, form)
                    made = office_actions.book(
                        person, form.to_booking(), appointment_id=new_id, by=by()
                    )
            except IntegrityError:
                made = diary.appointment(person, new_id) or abort(409)
            except Refusal as refusal:
                form.refuse(refusal, _FIELD_OF.get(refusal.code))
        if made is not None:
            return done(log.entries_about(person.id, made.id)[0], _address(made))
    busy = busy_actions.busy_times(person.id)
    return page(
        "staff/book.html", form.status, form=form, person=person, need=need, once=new_id, busy=busy
    )


def _require_free(claimant_id: UUID, form: BookingForm) -> None:
    """Not at a time at which the person can never come, unless they agreed to it."""
    booking = form.to_booking()
    if not form.anyway.data:
        busy_actions.require_free(claimant_id, booking.starts_at, booking.minutes)


@bp.route("/appointments/<uuid:appointment_id>/move", methods=["GET", "POST"])
@guards.staff_only
def move(appointment_id: UUID) -> Any:
    """A new time or a new way to meet. The earlier answer is void and the person is asked again."""
    found = an_appointment(appointment_id)
    need = need_of(found.claimant)
    form = MoveForm(
        known=bookings.booking_of(found), only=MOVED, need=need, version=str(found.version)
    )
    if form.submitted():
        try:
            with transaction():
                _require_free(found.claimant_id, form)
                entry = office_actions.move(
                    found,
                    form.to_booking(),
                    why=form.why.data or "",
                    version=form.seen_version,
                    by=by(),
                )
            return done(entry, _address(found))
        except Refusal as refusal:
            if refusal.code not in ("past", "same", "busy"):
                return conflict(refusal, _address(found))
            form.refuse(refusal, _FIELD_OF.get(refusal.code, "day"))
    busy = busy_actions.busy_times(found.claimant_id)
    return page(
        "staff/move.html",
        form.status,
        form=form,
        appointment=found,
        need=need,
        rules=rules,
        busy=busy,
    )


@bp.route("/appointments/<uuid:appointment_id>/call-off", methods=["GET", "POST"])
@guards.staff_only
def call_off(appointment_id: UUID) -> Any:
    """The office calls an appointment off: nobody has to come."""
    found = an_appointment(appointment_id)
    form = CallOffForm(version=str(found.version))
    if form.submitted():
        try:
            with transaction():
                entry = office_actions.call_off(
                    found, why=form.why.data or "", version=form.seen_version, by=by()
                )
            return done(entry, _address(found))
        except Refusal as refusal:
            return conflict(refusal, _address(found))
    return page("staff/call_off.html", form.status, form=form, appointment=found)


@bp.route("/appointments/<uuid:appointment_id>/contact", methods=["GET", "POST"])
@guards.staff_only
def contact(appointment_id: UUID) -> Any:
    """How to reach the person, and what came of it."""
    found, attempt_id = an_appointment(appointment_id), once()
    form = ContactForm()
    if form.submitted():
        with transaction():
            entry = desk_actions.record_contact(
                found,
                staff=guards.this_staff(),
                way=form.way.data,
                reached=form.reached.data == "yes",
                note=form.note.data or "",
                attempt_id=attempt_id,
                by=by(),
            )
        return done(entry, _address(found))
    return page(
        "staff/contact.html",
        form.status,
        form=form,
        appointment=found,
        contacts=diary.contacts([found.id]).get(found.id, []),
        once=attempt_id,
    )


@bp.route("/appointments/<uuid:appointment_id>/outcome", methods=["GET", "POST"])
@guards.staff_only
def outcome(appointment_id: UUID) -> Any:
    """Whether the two sides met. It says nothing about whose doing it was."""
    found = an_appointment(appointment_id)
    known = {True: "yes", False: "no", None: ""}[found.happened]
    form = OutcomeForm(happened=known)
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.record_outcome(
                    found, happened=form.happened.data == "yes", by=by()
                )
            return done(entry, _address(found))
        except Refusal as refusal:
            return conflict(refusal, _address(found))
    return page("staff/outcome.html", form.status, form=form, appointment=found)
