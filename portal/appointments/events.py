"""What can happen to an appointment. Channel and time belong to the entry, not to the event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.appointments.models import Ask, How, InterpreterBy, ReportKind
from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutAppointment(Event):
    """Every event here names its appointment and the time that was meant."""

    appointment_id: UUID
    starts_at: datetime

    @property
    def about(self) -> UUID:
        return self.appointment_id


@recorded("appointments.offered")
@dataclass(frozen=True)
class Offered(AboutAppointment):
    """The office booked an appointment and asks whether it suits."""

    how: How
    minutes: int
    purpose: str
    short_notice: bool
    notice_hours: int
    """The notice rule in force when this was recorded (facts 2.2: a setting, not law)."""


@recorded("appointments.accepted")
@dataclass(frozen=True)
class Accepted(AboutAppointment):
    """The person said that the appointment suits them."""


@recorded("appointments.asked_to_cancel")
@dataclass(frozen=True)
class AskedToCancel(AboutAppointment):
    """The person gave notice that they cannot come. The appointment stands until agreed."""

    request_id: UUID
    reason: str
    note: str


@recorded("appointments.asked_for_phone_call")
@dataclass(frozen=True)
class AskedForPhoneCall(AboutAppointment):
    """The person asked to talk by telephone instead. The appointment stands until agreed."""

    request_id: UUID
    reason: str
    note: str


@recorded("appointments.asked_for_another_time")
@dataclass(frozen=True)
class AskedForAnotherTime(AboutAppointment):
    """The person said which times are possible. The appointment stands until agreed."""

    request_id: UUID
    reason: str
    note: str


@recorded("appointments.reason_given")
@dataclass(frozen=True)
class ReasonGiven(AboutAppointment):
    """The person added why they asked. Nobody has to."""

    request_id: UUID
    reason: str
    note: str


@recorded("appointments.time_picked")
@dataclass(frozen=True)
class TimePicked(AboutAppointment):
    """The person took one of the free times the office had offered. It counts as accepted."""

    was: datetime
    slot_id: UUID


@recorded("appointments.withdrawn")
@dataclass(frozen=True)
class Withdrawn(AboutAppointment):
    """The person took their last answer back. The appointment waits for an answer again."""

    answer: str


@recorded("appointments.seen")
@dataclass(frozen=True)
class Seen(AboutAppointment):
    """A member of staff opened what the person had asked."""

    request_id: UUID
    ask: Ask


@recorded("appointments.agreed")
@dataclass(frozen=True)
class Agreed(AboutAppointment):
    """The office agreed to what the person had asked."""

    request_id: UUID
    ask: Ask
    note: str


@recorded("appointments.refused")
@dataclass(frozen=True)
class Refused(AboutAppointment):
    """The office said no, with its reason. The appointment stands."""

    request_id: UUID
    ask: Ask
    why: str


@recorded("appointments.moved")
@dataclass(frozen=True)
class Moved(AboutAppointment):
    """The office moved the appointment. Every earlier answer is void and it asks again."""

    was: datetime
    how: How
    short_notice: bool
    notice_hours: int
    why: str


@recorded("appointments.called_off")
@dataclass(frozen=True)
class CalledOff(AboutAppointment):
    """The office called the appointment off. Nobody has to come."""

    why: str


@recorded("appointments.contact_attempted")
@dataclass(frozen=True)
class ContactAttempted(AboutAppointment):
    """Staff tried to reach the person."""

    way: str
    reached: bool
    note: str


@recorded("appointments.attended")
@dataclass(frozen=True)
class Attended(AboutAppointment):
    """The two sides met or talked."""


@recorded("appointments.missed")
@dataclass(frozen=True)
class Missed(AboutAppointment):
    """The appointment did not happen. Says nothing about whose doing that was."""


@recorded("appointments.running_late")
@dataclass(frozen=True)
class RunningLate(AboutAppointment):
    """The person is on the way and will be late. Never a cancellation (facts 10, scenario 14)."""

    report_id: UUID
    minutes: int


@recorded("appointments.cannot_pay_fare")
@dataclass(frozen=True)
class CannotPayFare(AboutAppointment):
    """The person cannot pay for the journey, and asks for a phone call at the same time
    (facts 10, scenario 9). The appointment stands until agreed."""

    report_id: UUID
    request_id: UUID


@recorded("appointments.they_did_not_call")
@dataclass(frozen=True)
class TheyDidNotCall(AboutAppointment):
    """The call of the appointment did not come to the person (facts 10, scenario 2)."""

    report_id: UUID


@recorded("appointments.in_hospital")
@dataclass(frozen=True)
class InHospital(AboutAppointment):
    """The person is in hospital and needs another time (facts 10, scenario 10)."""

    report_id: UUID
    request_id: UUID | None
    """Nothing can be asked any more once the appointment has started."""


@recorded("appointments.no_interpreter_came")
@dataclass(frozen=True)
class NoInterpreterCame(AboutAppointment):
    """The person needed an interpreter, and none was there."""

    report_id: UUID


@recorded("appointments.interpreter_booked")
@dataclass(frozen=True)
class InterpreterBooked(AboutAppointment):
    """The office said whether an interpreter comes: not yet, or how."""

    how: InterpreterBy
    language: str
    lost: bool = False
    """True where one was booked, and is not any more."""


@recorded("appointments.report_withdrawn")
@dataclass(frozen=True)
class ReportWithdrawn(AboutAppointment):
    """The person took a report back."""

    report_id: UUID
    report: ReportKind


@recorded("appointments.report_seen")
@dataclass(frozen=True)
class ReportSeen(AboutAppointment):
    """A member of staff opened a report."""

    report_id: UUID
    report: ReportKind


@recorded("appointments.report_unanswered")
@dataclass(frozen=True)
class ReportUnanswered(AboutAppointment):
    """Nobody had answered a report for a working day, and the office was reminded."""

    report_id: UUID
    report: ReportKind
    times: int


@recorded("appointments.report_answered")
@dataclass(frozen=True)
class ReportAnswered(AboutAppointment):
    """A member of staff answered a report."""

    report_id: UUID
    report: ReportKind
    note: str


@recorded("appointments.busy_times_said")
@dataclass(frozen=True)
class BusyTimesSaid(Event):
    """The person said at which times of each week they cannot come; how many there are now."""

    times: int
