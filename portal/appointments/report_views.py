"""The claimant's pages for what gets in the way: late, no fare, no call, no interpreter, in
hospital. Apart from `views`, which answer what the office asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms.fields import SelectChoice

from portal import clock
from portal.appointments import queries, report_actions, rules
from portal.appointments.door import Door, both, record
from portal.appointments.forms import AnswerForm
from portal.appointments.models import ReportKind
from portal.refusals import sentence
from portal.web.forms import Need, Radios
from portal.web.fragments import page, to

DELAYS = (5, 10, 15, 20, 30, 45, 60, 90)
"""Minutes to choose from."""


class LateForm(AnswerForm):
    """About how late somebody will be."""

    minutes = Radios(
        _l("About how late will you be?"),
        [Need(sentence("Choose about how late you will be."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minutes.choices = [
            SelectChoice(str(n), ngettext("%(num)s minute", "%(num)s minutes", n)) for n in DELAYS
        ]


def _page(door: Door, kind: ReportKind, form: AnswerForm, **values: Any) -> Any:
    """The page to say it on; the appointment's own page when it cannot be said now."""
    known = queries.unsettled_report(door.appointment, kind)
    if known is None and not rules.may_report(kind, door.appointment, clock.now()):
        return to(door.url("appointment"))
    name = _PAGES[kind]
    return page(f"appointments/{name}.html", form.status, form=form, door=door, **values)


_PAGES = {
    ReportKind.running_late: "late",
    ReportKind.cannot_pay_fare: "fare",
    ReportKind.in_hospital: "hospital",
}


@both("/late", "late", ("GET", "POST"))
def late(door: Door) -> Any:
    """On the way, and late. Nothing is cancelled by this."""
    form = LateForm()
    if form.submitted():
        return record(door, report_actions.running_late, minutes=int(form.minutes.data))
    return _page(door, ReportKind.running_late, form)


@both("/fare", "fare", ("GET", "POST"))
def fare(door: Door) -> Any:
    """No money for the journey: ask for a phone call at the same time."""
    form = AnswerForm()
    if form.submitted():
        return record(door, report_actions.cannot_pay_fare)
    return _page(door, ReportKind.cannot_pay_fare, form)


@both("/hospital", "hospital", ("GET", "POST"))
def hospital(door: Door) -> Any:
    """In hospital: ask for another time, and keep asking."""
    form = AnswerForm()
    if form.submitted():
        return record(door, report_actions.in_hospital)
    coming = door.appointment.starts_at > clock.now()
    return _page(door, ReportKind.in_hospital, form, coming=coming)


@both("/no-call", "no_call", ("GET", "POST"))
def no_call(door: Door) -> Any:
    """The call did not come. One press is enough."""
    if AnswerForm().submitted():
        return record(door, report_actions.they_did_not_call)
    return to(door.url("appointment"))


@both("/no-interpreter", "no_interpreter", ("GET", "POST"))
def no_interpreter(door: Door) -> Any:
    """No interpreter came. One press is enough."""
    if AnswerForm().submitted():
        return record(door, report_actions.no_interpreter_came)
    return to(door.url("appointment"))


@both("/reports/<uuid:report_id>/undo", "report_undo", ("GET", "POST"))
def report_undo(door: Door, report_id: UUID) -> Any:
    """On time after all, or the call came after all."""
    found = [r for r in queries.reports_about(door.appointment) if r.id == report_id]
    if not found:
        abort(404)
    if AnswerForm().submitted():
        return record(door, _take_back(found[0].id))
    return to(door.url("appointment"))


def _take_back(report_id: UUID) -> Any:
    def act(appointment: Any, *, by: Any) -> Any:
        report = next(r for r in queries.reports_about(appointment) if r.id == report_id)
        return report_actions.withdraw_report(report, by=by)

    return act
