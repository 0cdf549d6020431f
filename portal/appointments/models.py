"""Appointments, what people ask about them, and the times an office has free."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Office, Staff
from portal.database import Base, Moment, new_id
from portal.typed.keeping import holds_words, parent


def _words(enum: type[StrEnum]) -> sa.Enum:
    return sa.Enum(
        enum, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e]
    )


class How(StrEnum):
    """How the two sides meet. Exactly one for each appointment (facts 10, scenario 2)."""

    in_person = "in_person"
    phone = "phone"
    video = "video"


class Status(StrEnum):
    """What the office's diary says. A person's answer never changes this by itself."""

    booked = "booked"
    called_off = "called_off"


class Answer(StrEnum):
    """The person's last clear answer."""

    none = "none"
    accepted = "accepted"
    asked_to_cancel = "asked_to_cancel"
    asked_for_phone_call = "asked_for_phone_call"
    asked_for_another_time = "asked_for_another_time"


class Ask(StrEnum):
    """What a person can ask of the office."""

    cancel = "cancel"
    phone_call = "phone_call"
    another_time = "another_time"


class Decision(StrEnum):
    """What became of a request."""

    agreed = "agreed"
    refused = "refused"
    withdrawn = "withdrawn"
    overtaken = "overtaken"


class InterpreterBy(StrEnum):
    """Whether an interpreter comes, and how, where the person needs one."""

    unsaid = ""
    """Nobody was asked: the person needs none, as far as the office knows."""
    not_yet = "not_yet"
    """One is needed, and none is booked."""
    phone = "phone"
    """By telephone or video call."""
    in_person = "in_person"


class Appointment(Base):
    """A set time to meet or talk. `version` grows with every change and every answer."""

    __tablename__ = "appointments_appointment"
    __table_args__ = (
        sa.UniqueConstraint("source", "external_reference"),
        sa.Index("ix_appointments_coming", "status", "starts_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    office_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_office.id"), index=True)
    coach_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    source: Mapped[str | None] = mapped_column(sa.String(64))
    """Which system booked it, when it was not booked at our desk."""
    external_reference: Mapped[str | None] = mapped_column(sa.String(100))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    minutes: Mapped[int] = mapped_column(default=10)
    how: Mapped[How] = mapped_column(_words(How))
    place: Mapped[str] = mapped_column(sa.Text, default="")
    """Address, or where the link for a video call comes from. Empty: the office's address."""
    caller_name: Mapped[str] = mapped_column(sa.String(200), default="")
    caller_number: Mapped[str] = mapped_column(sa.String(40), default="")
    purpose: Mapped[str] = mapped_column(sa.String(40))
    """A code of `rules.PURPOSES`, so that it can be said in every language."""
    purpose_note: Mapped[str] = mapped_column(sa.Text, default="")
    with_name: Mapped[str] = mapped_column(sa.String(200), default="")
    bring: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    bring_note: Mapped[str] = mapped_column(sa.Text, default="")
    interpreter: Mapped[str] = mapped_column(sa.String(100), default="")
    """The language of the booked interpreter; empty when none is booked."""
    interpreter_by: Mapped[InterpreterBy] = mapped_column(
        _words(InterpreterBy), default=InterpreterBy.unsaid
    )
    private_room: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Status] = mapped_column(_words(Status), default=Status.booked)
    answer: Mapped[Answer] = mapped_column(_words(Answer), default=Answer.none)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answer_receipt: Mapped[str | None] = mapped_column(sa.String(8))
    moved_from: Mapped[datetime | None] = mapped_column(Moment)
    notice_given_at: Mapped[datetime] = mapped_column(Moment)
    """When the office offered this time: at booking, or at the last move."""
    happened: Mapped[bool | None]
    link_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    office: Mapped[Office] = relationship(lazy="joined")
    coach: Mapped[Staff | None] = relationship(lazy="joined")
    requests: Mapped[list[Request]] = relationship(
        argument=lambda: Request, back_populates="appointment", order_by=lambda: Request.asked_at
    )

    @property
    def open_request(self) -> Request | None:
        """The request the office has not decided yet. There is at most one."""
        return next((r for r in self.requests if r.decision is None), None)

    @property
    def last_request(self) -> Request | None:
        return self.requests[-1] if self.requests else None


class Request(Base):
    """What a person asked about an appointment: asked, seen, then agreed or refused."""

    __tablename__ = "appointments_request"
    __table_args__ = (
        sa.Index(
            "uq_appointments_request_open",
            "appointment_id",
            unique=True,
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    appointment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("appointments_appointment.id"), index=True
    )
    ask: Mapped[Ask] = mapped_column(_words(Ask))
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
    """A code of `rules.REASONS`, or empty: nobody has to give one."""
    note: Mapped[str] = mapped_column(sa.Text, default="")
    asked_at: Mapped[datetime] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(sa.String(8))
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    decision: Mapped[Decision | None] = mapped_column(_words(Decision))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")

    appointment: Mapped[Appointment] = relationship(back_populates="requests")


class ReportKind(StrEnum):
    """What can be in the way, around the time of an appointment."""

    running_late = "running_late"
    cannot_pay_fare = "cannot_pay_fare"
    they_did_not_call = "they_did_not_call"
    in_hospital = "in_hospital"
    no_interpreter = "no_interpreter"


_OPEN_REPORT = sa.text("settled_at IS NULL AND withdrawn_at IS NULL")


class Report(Base):
    """Something the person told the office that a member of staff must look at now."""

    __tablename__ = "appointments_report"
    __table_args__ = (
        sa.Index(
            "uq_appointments_report_open",
            "appointment_id",
            "kind",
            unique=True,
            sqlite_where=_OPEN_REPORT,
            postgresql_where=_OPEN_REPORT,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    appointment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("appointments_appointment.id"), index=True
    )
    kind: Mapped[ReportKind] = mapped_column(_words(ReportKind))
    minutes: Mapped[int] = mapped_column(default=0)
    """How late, about; 0 for other kinds."""
    request_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("appointments_request.id"))
    """What was asked of the office along with it; its decision answers the report too."""
    at: Mapped[datetime] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(sa.String(8))
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded: Mapped[int] = mapped_column(default=0)
    """How often the office was reminded that nobody has answered."""
    remind_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    """When the office is reminded next; None for what needs no reminding."""
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    """What staff answered."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    appointment: Mapped[Appointment] = relationship(lazy="joined")
    request: Mapped[Request | None] = relationship(argument=lambda: Request, lazy="joined")


class Slot(Base):
    """A free time an office offers to whoever needs another one. Offered means agreed."""

    __tablename__ = "appointments_slot"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    office_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_office.id"), index=True)
    coach_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment, index=True)
    minutes: Mapped[int] = mapped_column(default=10)
    how: Mapped[How] = mapped_column(_words(How))
    taken_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("appointments_appointment.id"))


class BusyTime(Base):
    """A time of each week at which a person cannot come, like when school ends. Said once."""

    __tablename__ = "appointments_busy_time"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    weekday: Mapped[int]
    """0 is Monday."""
    starts: Mapped[time]
    ends: Mapped[time]
    """By the wall clock in the United Kingdom."""


class ContactAttempt(Base):
    """Staff tried to reach a person about an appointment."""

    __tablename__ = "appointments_contact_attempt"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    appointment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("appointments_appointment.id"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    by_staff_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_staff.id"))
    way: Mapped[str] = mapped_column(sa.String(16))
    reached: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.Text, default="")


def _whose(row: Request | Report) -> UUID:
    return parent(row, Appointment, row.appointment_id, row.appointment).claimant_id


holds_words(Request, person=("note",), staff=("decision_note",), whose=_whose)
holds_words(Report, staff=("note",), whose=_whose)
