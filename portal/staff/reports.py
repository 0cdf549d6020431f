"""What people told the office around the time of an appointment, and its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.account import guards
from portal.appointments import desk_actions, rules
from portal.appointments import queries as diary
from portal.appointments.models import Report
from portal.database import transaction
from portal.refusals import Refusal
from portal.staff.desk import bp, by, conflict, done, office_id
from portal.staff.told_forms import AnswerReportForm
from portal.web.fragments import page, to


def _report(report_id: UUID) -> Report:
    """A report to this office; any other is 404."""
    return diary.report(report_id, office_id()) or abort(404)


def _address(report: Report) -> str:
    return url_for("staff.report", report_id=report.id)


@bp.post("/reports/<uuid:report_id>/open")
@guards.staff_only
def open_report(report_id: UUID) -> Response:
    """Opening a report is seeing it, and the person can see that."""
    found = _report(report_id)
    with transaction():
        desk_actions.see_report(found, by=by())
    return to(_address(found))


@bp.route("/reports/<uuid:report_id>", methods=["GET", "POST"])
@guards.staff_only
def report(report_id: UUID) -> Any:
    """What a person told us, and saying that somebody has dealt with it."""
    found = _report(report_id)
    form = AnswerReportForm()
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.answer_report(found, note=form.note.data or "", by=by())
            return done(entry, _address(found))
        except Refusal as refusal:
            return conflict(refusal, _address(found))
    return page(
        "staff/report.html", form.status, form=form, report=found, rules=rules, now=clock.now()
    )
