"""Reading appointments. Claimants' reads start from the person: somebody else's is not found."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import selectinload

from portal import clock
from portal.account.models import Claimant
from portal.appointments.models import (
    Answer,
    Appointment,
    Ask,
    ContactAttempt,
    InterpreterBy,
    Report,
    ReportKind,
    Request,
    Status,
)
from portal.database import count, db

_with_requests = selectinload(Appointment.requests)


def appointment(claimant: Claimant, appointment_id: UUID) -> Appointment | None:
    """This person's appointment, or None: an unknown id and somebody else's look the same."""
    return db.session.scalar(
        sa.select(Appointment)
        .options(_with_requests)
        .where(Appointment.id == appointment_id, Appointment.claimant_id == claimant.id)
    )


def coming(claimant: Claimant) -> Sequence[Appointment]:
    """Appointments that have not started, soonest first; called-off ones among them."""
    return db.session.scalars(
        sa.select(Appointment)
        .options(_with_requests)
        .where(Appointment.claimant_id == claimant.id, Appointment.starts_at > clock.now())
        .order_by(Appointment.starts_at)
    ).all()


def past(claimant: Claimant, limit: int = 50) -> Sequence[Appointment]:
    """Appointments that have started, latest first."""
    return db.session.scalars(
        sa.select(Appointment)
        .options(_with_requests)
        .where(Appointment.claimant_id == claimant.id, Appointment.starts_at <= clock.now())
        .order_by(Appointment.starts_at.desc())
        .limit(limit)
    ).all()


def by_link(token: str) -> Appointment | None:
    """The appointment a short link opens, until it starts; None afterwards or if unknown."""
    return db.session.scalar(
        sa.select(Appointment)
        .options(_with_requests)
        .where(
            Appointment.link_hash == hash_of(token),
            Appointment.starts_at > clock.now(),
        )
    )


def hash_of(token: str) -> str:
    """What is kept of a link's token: enough to find it, not enough to make it."""
    return hashlib.sha256(token.upper().encode()).hexdigest()


def any_appointment(appointment_id: UUID) -> Appointment | None:
    """An appointment by its id alone. For staff, partners and the worker."""
    return db.session.scalar(
        sa.select(Appointment).options(_with_requests).where(Appointment.id == appointment_id)
    )


def from_source(source: str, external_reference: str) -> Appointment | None:
    """The appointment that another system knows by its own reference."""
    return db.session.scalar(
        sa.select(Appointment)
        .options(_with_requests)
        .where(
            Appointment.source == source,
            Appointment.external_reference == external_reference,
        )
    )


def appointment_of_office(appointment_id: UUID, office_id: UUID) -> Appointment | None:
    """An appointment of this office, for its staff. Another office's is not found."""
    return db.session.scalar(
        sa.select(Appointment)
        .options(_with_requests)
        .where(Appointment.id == appointment_id, Appointment.office_id == office_id)
    )


def appointments_of_office(ids: Collection[UUID], office_id: UUID) -> dict[UUID, Appointment]:
    """Those of these appointments that are with this office, by id."""
    found = db.session.scalars(
        sa.select(Appointment).where(Appointment.id.in_(ids), Appointment.office_id == office_id)
    )
    return {appointment.id: appointment for appointment in found}


def _not_answered(office_id: UUID) -> sa.Select[Appointment]:
    return sa.select(Appointment).where(
        Appointment.office_id == office_id,
        Appointment.status == Status.booked,
        Appointment.answer == Answer.none,
        Appointment.starts_at > clock.now(),
    )


def not_answered(office_id: UUID, limit: int | None = None, skip: int = 0) -> Sequence[Appointment]:
    """Coming appointments without an answer, longest waiting first. A reason to get in touch,
    never a failing of the person."""
    return db.session.scalars(
        _not_answered(office_id)
        .order_by(Appointment.notice_given_at, Appointment.id)
        .limit(limit)
        .offset(skip)
    ).all()


def _without_interpreter(office_id: UUID) -> sa.Select[Appointment]:
    return sa.select(Appointment).where(
        Appointment.office_id == office_id,
        Appointment.status == Status.booked,
        Appointment.starts_at > clock.now(),
        Appointment.interpreter_by == InterpreterBy.not_yet,
    )


def how_many_without_interpreter(office_id: UUID) -> int:
    return count(_without_interpreter(office_id))


def without_interpreter(
    office_id: UUID, limit: int | None = None, skip: int = 0
) -> Sequence[Appointment]:
    """Coming appointments for which an interpreter is still to be booked, soonest first."""
    ordered = _without_interpreter(office_id).order_by(Appointment.starts_at, Appointment.id)
    return db.session.scalars(ordered.limit(limit).offset(skip)).all()


def _open_requests(office_id: UUID, ask: Ask) -> sa.Select[Request]:
    return (
        sa.select(Request)
        .join(Request.appointment)
        .where(Appointment.office_id == office_id, Request.ask == ask, Request.decision.is_(None))
    )


def open_requests(
    office_id: UUID, ask: Ask, limit: int | None = None, skip: int = 0
) -> Sequence[Request]:
    """What people asked and nobody has decided, longest waiting first."""
    return db.session.scalars(
        _open_requests(office_id, ask)
        .options(orm.contains_eager(Request.appointment))
        .order_by(Request.asked_at, Request.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_not_answered(office_id: UUID) -> int:
    return count(_not_answered(office_id))


def how_many_open_requests(office_id: UUID, ask: Ask) -> int:
    return count(_open_requests(office_id, ask))


def request(request_id: UUID, office_id: UUID) -> Request | None:
    """A request made to this office."""
    return db.session.scalar(
        sa.select(Request)
        .join(Request.appointment)
        .where(Request.id == request_id, Appointment.office_id == office_id)
    )


def contacts(appointment_ids: Collection[UUID]) -> dict[UUID, list[ContactAttempt]]:
    """How staff tried to reach people about these appointments, latest first."""
    found = db.session.scalars(
        sa.select(ContactAttempt)
        .where(ContactAttempt.appointment_id.in_(appointment_ids))
        .order_by(ContactAttempt.at.desc())
    )
    attempts: dict[UUID, list[ContactAttempt]] = {}
    for attempt in found:
        attempts.setdefault(attempt.appointment_id, []).append(attempt)
    return attempts


def of_claimant(claimant_id: UUID, office_id: UUID) -> Sequence[Appointment]:
    """All of one person's appointments with one office, latest first. For its staff."""
    return db.session.scalars(
        sa.select(Appointment)
        .options(_with_requests)
        .where(Appointment.claimant_id == claimant_id, Appointment.office_id == office_id)
        .order_by(Appointment.starts_at.desc())
    ).all()


def waiting_of(claimant_id: UUID) -> Sequence[Appointment]:
    """Coming, booked appointments of one person that wait for an answer, soonest first."""
    return db.session.scalars(
        sa.select(Appointment)
        .where(
            Appointment.claimant_id == claimant_id,
            Appointment.status == Status.booked,
            Appointment.answer == Answer.none,
            Appointment.starts_at > clock.now(),
        )
        .order_by(Appointment.starts_at)
    ).all()


def unsettled_report(appointment: Appointment, kind: ReportKind) -> Report | None:
    """The report of this kind that nobody has settled or taken back."""
    return db.session.scalar(
        sa.select(Report).where(
            Report.appointment_id == appointment.id,
            Report.kind == kind,
            Report.settled_at.is_(None),
            Report.withdrawn_at.is_(None),
        )
    )


def reports_about(appointment: Appointment) -> Sequence[Report]:
    """What the person told the office around an appointment, latest first."""
    return db.session.scalars(
        sa.select(Report)
        .where(Report.appointment_id == appointment.id)
        .order_by(Report.at.desc(), Report.id)
    ).all()


def report(report_id: UUID, office_id: UUID) -> Report | None:
    """A report to this office."""
    return db.session.scalar(
        sa.select(Report)
        .join(Report.appointment)
        .where(Report.id == report_id, Appointment.office_id == office_id)
    )


def _open_reports() -> sa.Select[Report]:
    """Reports nobody has answered: neither by themselves nor by deciding what they asked."""
    return (
        sa.select(Report)
        .join(Report.appointment)
        .outerjoin(Report.request)
        .where(
            Report.settled_at.is_(None),
            Report.withdrawn_at.is_(None),
            sa.or_(Report.request_id.is_(None), Request.decision.is_(None)),
            sa.or_(Report.kind != ReportKind.running_late, Appointment.happened.is_(None)),
        )
    )


def open_reports(office_id: UUID, limit: int | None = None, skip: int = 0) -> Sequence[Report]:
    """What people told an office and nobody has answered: what was asked again first, then
    longest waiting first."""
    return db.session.scalars(
        _open_reports()
        .where(Appointment.office_id == office_id)
        .order_by(Report.reminded.desc(), Report.at, Report.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_open_reports(office_id: UUID) -> int:
    return count(_open_reports().where(Appointment.office_id == office_id))


def reports_to_remind_of() -> Sequence[Report]:
    """Reports of every office that should have been answered by now."""
    return db.session.scalars(
        _open_reports()
        .where(Report.remind_at <= clock.now())
        .order_by(Report.remind_at)
        .with_for_update(skip_locked=True, of=Report)
    ).all()
