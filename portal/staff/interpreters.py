"""Interpreters at the desk: which one a person needs, and whether one is booked for a visit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from portal.account import guards
from portal.account.interpreter_actions import need_of
from portal.account.interpreter_views import InterpreterForm
from portal.appointments import interpreter_actions
from portal.appointments.interpreter_forms import InterpreterByForm
from portal.database import transaction
from portal.interpreting import actions as following
from portal.interpreting import queries as followed
from portal.interpreting.views import OpenForm, shown
from portal.refusals import Refusal
from portal.staff.desk import a_person, an_appointment, bp, by, conflict, done
from portal.web.forms import once
from portal.web.fragments import page, to


@bp.route("/people/<uuid:claimant_id>/interpreter", methods=["GET", "POST"])
@guards.staff_only
def interpreter(claimant_id: UUID) -> Any:
    """Which interpreter the person needs, as they told somebody here."""
    person = a_person(claimant_id)
    form = InterpreterForm(need_of(person))
    if form.submitted():
        try:
            return done(form.save(person, by()), url_for("staff.person", claimant_id=person.id))
        except Refusal as refusal:
            form.refuse(refusal, "language")
    return page("staff/interpreter.html", form.status, form=form, person=person)


@bp.route("/appointments/<uuid:appointment_id>/interpreter", methods=["GET", "POST"])
@guards.staff_only
def book_interpreter(appointment_id: UUID) -> Any:
    """Whether an interpreter is booked for this visit, and how they are there."""
    found = an_appointment(appointment_id)
    need = need_of(found.claimant)
    form = InterpreterByForm.of(found, need)
    back = url_for("staff.appointment", appointment_id=found.id)
    if form.submitted():
        try:
            with transaction():
                entry = interpreter_actions.book_interpreter(
                    found, form.chosen, language=form.interpreter.data or "", by=by()
                )
            return done(entry, back)
        except Refusal as refusal:
            return conflict(refusal, back)
    return page("staff/book_interpreter.html", form.status, form=form, appointment=found, need=need)


@bp.route("/people/<uuid:claimant_id>/interpreter-page", methods=["GET", "POST"])
@guards.staff_only
def interpreter_session(claimant_id: UUID) -> Any:
    """A code with which an interpreter sees the page of a person who is here, and signed in."""
    person, session_id = a_person(claimant_id), once()
    if OpenForm().submitted():
        with transaction():
            following.open_session(person, session_id=session_id, by=by())
        return to(url_for("staff.interpreter_session", claimant_id=person.id))
    found = shown(followed.open_session(person))
    return page("staff/interpreter_page.html", person=person, once=session_id, **found)


@bp.post("/people/<uuid:claimant_id>/interpreter-page/end")
@guards.staff_only
def end_interpreter_session(claimant_id: UUID) -> Response:
    """The interpreter sees nothing any more."""
    person = a_person(claimant_id)
    with transaction():
        found = followed.unended(person)
        if found is not None:
            following.end(found, by=by())
    return to(url_for("staff.interpreter_session", claimant_id=person.id))
