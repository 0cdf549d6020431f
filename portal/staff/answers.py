"""What people asked, and the office's answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response

from portal.account import guards
from portal.appointments import office_actions, rules
from portal.appointments.models import Ask, Request
from portal.database import transaction
from portal.refusals import Refusal
from portal.staff.desk import a_request, bp, by, conflict, done
from portal.staff.forms import AgreeForm, AgreeToCallForm, RefuseForm
from portal.web.forms import Form
from portal.web.fragments import page, to

_CALLER = ("caller_name", "caller_number")


def _address(request: Request) -> str:
    return url_for("staff.request", request_id=request.id)


@bp.post("/requests/<uuid:request_id>/open")
@guards.staff_only
def open_request(request_id: UUID) -> Response:
    """Opening a request is seeing it, and the person can see that."""
    request = a_request(request_id)
    with transaction():
        office_actions.mark_seen(request, by=by())
    return to(_address(request))


def _form(request: Request) -> Form:
    if request.ask is not Ask.phone_call:
        return AgreeForm()
    member = guards.this_staff()
    return AgreeToCallForm(caller_name=member.name, caller_number=member.office.phone)


@bp.route("/requests/<uuid:request_id>", methods=["GET", "POST"])
@guards.staff_only
def request(request_id: UUID) -> Any:
    """What was asked, in the person's own words; agree to it, or go on to say no."""
    found = a_request(request_id)
    form = _form(found)
    if found.ask is not Ask.another_time and form.submitted():
        caller = {name: form[name].data for name in _CALLER if name in form}
        try:
            with transaction():
                entry = office_actions.agree(found, by=by(), **caller)
            return done(entry, _address(found))
        except Refusal as refusal:
            return conflict(refusal, _address(found))
    return page("staff/request.html", form.status, form=form, request_=found, rules=rules)


@bp.route("/requests/<uuid:request_id>/refuse", methods=["GET", "POST"])
@guards.staff_only
def refuse(request_id: UUID) -> Any:
    """Say no, and say why."""
    found = a_request(request_id)
    form = RefuseForm()
    if form.submitted():
        try:
            with transaction():
                entry = office_actions.refuse(found, why=form.why.data or "", by=by())
            return done(entry, _address(found))
        except Refusal as refusal:
            return conflict(refusal, _address(found))
    return page("staff/refuse.html", form.status, form=form, request_=found)
