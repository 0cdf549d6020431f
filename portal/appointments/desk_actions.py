"""What only the desk does: reaching people, and saying whether a meeting took place. Apart from
`office_actions`, which other systems use too."""

from __future__ import annotations

from uuid import UUID

from portal import clock
from portal.account import actions as account
from portal.account.models import Staff
from portal.actors import Actor
from portal.appointments import events
from portal.appointments.actions import lock
from portal.appointments.models import Appointment, ContactAttempt, Report, Status
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def record_contact(
    appointment: Appointment,
    *,
    staff: Staff,
    way: str,
    reached: bool,
    note: str = "",
    attempt_id: UUID | None = None,
    by: Actor,
) -> Entry | None:
    """Staff tried to reach the person; when they did, texts that did not arrive are settled.

    With an id that the page made, a second press of the button records nothing more.
    """
    now = clock.now()
    lock(appointment)
    if attempt_id is not None and db.session.get(ContactAttempt, attempt_id) is not None:
        return None
    db.session.add(
        ContactAttempt(
            id=attempt_id or new_id(),
            appointment_id=appointment.id,
            at=now,
            by_staff_id=staff.id,
            way=way,
            reached=reached,
            note=note,
        )
    )
    if reached:
        account.settle_undelivered_texts(appointment.claimant_id)
    event = events.ContactAttempted(appointment.id, appointment.starts_at, way, reached, note)
    return log.append(appointment.claimant_id, event, by=by)


def record_outcome(appointment: Appointment, *, happened: bool, by: Actor) -> Entry | None:
    """Staff say whether the two sides met, once it has started. It can be corrected; saying the
    same again records nothing."""
    lock(appointment)
    if appointment.status is Status.called_off:
        raise Refusal("called-off", sentence("This appointment was called off."))
    if appointment.happened is happened:
        return None
    if appointment.starts_at > clock.now():
        raise Refusal("not-yet", sentence("This appointment has not started yet."))
    appointment.happened = happened
    event = (events.Attended if happened else events.Missed)(appointment.id, appointment.starts_at)
    return log.append(appointment.claimant_id, event, by=by)


def see_report(report: Report, *, by: Actor) -> Entry | None:
    """Staff opened what a person told them. Recorded once; the person sees it."""
    appointment = report.appointment
    lock(appointment)
    db.session.refresh(report)
    if report.seen_at is not None or report.settled_at is not None or report.withdrawn_at:
        return None
    report.seen_at = clock.now()
    event = events.ReportSeen(appointment.id, appointment.starts_at, report.id, report.kind)
    return log.append(appointment.claimant_id, event, by=by)


def answer_report(report: Report, *, note: str = "", by: Actor) -> Entry:
    """Staff answered what a person told them, perhaps with words that the person sees.

    What the report asked of the office is decided by itself, not here.
    """
    appointment = report.appointment
    lock(appointment)
    db.session.refresh(report)
    if report.settled_at is not None or report.withdrawn_at is not None:
        raise Refusal("settled", sentence("This was settled a moment ago."))
    report.settled_at = clock.now()
    report.seen_at = report.seen_at or report.settled_at
    report.note = note
    event = events.ReportAnswered(
        appointment.id, appointment.starts_at, report.id, report.kind, note
    )
    return log.append(appointment.claimant_id, event, by=by)
