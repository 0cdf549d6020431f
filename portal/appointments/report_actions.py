"""What a person can tell the office around the time of an appointment: late, no fare, no call,
no interpreter, in hospital. Apart from `actions`, which answers what the office asked.

None of these cancels anything. Each goes to the office at once, gives a receipt, and waits at
the top of the desk until a person has answered. Saying the same twice records it once.
"""

from __future__ import annotations

from portal import clock, working_days
from portal.actors import Actor
from portal.appointments import actions, events, queries, rules
from portal.appointments.models import Appointment, Ask, Report, ReportKind, Request
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def running_late(appointment: Appointment, *, minutes: int, by: Actor) -> Entry:
    """The person will be about so many minutes late. The appointment stands."""
    rules.require("running_late", by)
    if not 1 <= minutes <= rules.LONGEST_DELAY:
        raise Refusal("minutes", sentence("Say about how many minutes late you will be."))
    report, known = _report(appointment, ReportKind.running_late)
    if known is not None and report.minutes == minutes:
        return known
    report.minutes, report.seen_at = minutes, None
    event = events.RunningLate(appointment.id, appointment.starts_at, report.id, minutes)
    return _recorded(report, event, by)


def cannot_pay_fare(appointment: Appointment, *, by: Actor) -> Entry:
    """The person cannot pay for the journey: this asks for a phone call at the same time, and
    the office sees that money for travel is needed. The appointment stands until agreed."""
    rules.require("cannot_pay_fare", by)
    report, known = _report(appointment, ReportKind.cannot_pay_fare)
    if known is not None:
        return known
    request = actions.open_request(appointment, Ask.phone_call, "fare")
    report.request_id = request.id
    event = events.CannotPayFare(appointment.id, appointment.starts_at, report.id, request.id)
    return _asked(report, request, event, by)


def they_did_not_call(appointment: Appointment, *, by: Actor) -> Entry:
    """The call of this appointment did not come. Kept with its time."""
    rules.require("they_did_not_call", by)
    report, known = _report(appointment, ReportKind.they_did_not_call)
    if known is not None:
        return known
    event = events.TheyDidNotCall(appointment.id, appointment.starts_at, report.id)
    return _recorded(report, event, by)


def no_interpreter_came(appointment: Appointment, *, by: Actor) -> Entry:
    """The person needed an interpreter, and none was there. Kept with its time. It is not the
    person's doing, whatever came of the appointment."""
    rules.require("no_interpreter_came", by)
    report, known = _report(appointment, ReportKind.no_interpreter)
    if known is not None:
        return known
    event = events.NoInterpreterCame(appointment.id, appointment.starts_at, report.id)
    return _recorded(report, event, by)


def in_hospital(appointment: Appointment, *, by: Actor) -> Entry:
    """The person is in hospital. Before the start this asks for another time; at any time it
    waits until somebody answers, and the office is reminded each working day."""
    rules.require("in_hospital", by)
    report, known = _report(appointment, ReportKind.in_hospital)
    if known is not None:
        return known
    now = clock.now()
    report.remind_at = working_days.one_day_later(now, appointment.office.nation)
    if appointment.starts_at <= now:
        event = events.InHospital(appointment.id, appointment.starts_at, report.id, None)
        return _recorded(report, event, by)
    request = actions.open_request(appointment, Ask.another_time, "ill")
    report.request_id = request.id
    event = events.InHospital(appointment.id, appointment.starts_at, report.id, request.id)
    return _asked(report, request, event, by)


def withdraw_report(report: Report, *, by: Actor) -> Entry:
    """The person takes back that they are late, or that no call came. What asked something of
    the office is taken back with the answer itself (`actions.withdraw`)."""
    rules.require("withdraw_report", by)
    appointment = report.appointment
    actions.lock(appointment)
    db.session.refresh(report)
    if report.withdrawn_at is not None:
        entry = log.by_receipt(report.receipt)
        assert entry is not None
        return entry
    if report.settled_at is not None or report.request_id is not None:
        raise Refusal("settled", sentence("Your Jobcentre has answered this already."))
    report.withdrawn_at = clock.now()
    event = events.ReportWithdrawn(appointment.id, appointment.starts_at, report.id, report.kind)
    return _recorded(report, event, by)


def remind_of_unanswered() -> int:
    """Time passed and nobody answered: record that, and put it before the office again. Returns
    how many. The person sees in their record that we asked again."""
    due = queries.reports_to_remind_of()
    for report in due:
        appointment = report.appointment
        report.reminded += 1
        report.remind_at = working_days.one_day_later(clock.now(), appointment.office.nation)
        event = events.ReportUnanswered(
            appointment.id, appointment.starts_at, report.id, report.kind, report.reminded
        )
        log.append(appointment.claimant_id, event, by=Actor.system())
    return len(due)


def _report(appointment: Appointment, kind: ReportKind) -> tuple[Report, Entry | None]:
    """The open report of this kind with its entry, or a new one."""
    actions.lock(appointment)
    now = clock.now()
    report = queries.unsettled_report(appointment, kind)
    if report is not None and report.request and report.request.decision:
        report.settled_at = report.request.decided_at
        db.session.flush()
        report = None
    if report is not None:
        return report, log.by_receipt(report.receipt)
    rules.require_report(kind, appointment, now)
    report = Report(id=new_id(), appointment=appointment, kind=kind, at=now, receipt="")
    return report, None


def _asked(report: Report, request: Request, event: events.AboutAppointment, by: Actor) -> Entry:
    """Record it as the person's answer too: it asked something of the office."""
    appointment = report.appointment
    entry = actions.answered(appointment, rules.ANSWER_OF[request.ask], event, by)
    request.receipt = entry.receipt
    return _keep(report, entry)


def _recorded(report: Report, event: events.AboutAppointment, by: Actor) -> Entry:
    return _keep(report, log.append(report.appointment.claimant_id, event, by=by))


def _keep(report: Report, entry: Entry) -> Entry:
    report.receipt = entry.receipt
    db.session.add(report)
    db.session.flush()
    return entry
