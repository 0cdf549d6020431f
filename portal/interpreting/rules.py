"""Who may let an interpreter follow a page, and for how long. Pure; times are aware UTC."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.actors import Actor, Assurance, Kind
from portal.appointments.models import Appointment, Status
from portal.interpreting.models import Session
from portal.refusals import Refusal, sentence

LONGEST = timedelta(hours=2)
BEFORE = timedelta(minutes=30)
"""So long before an appointment somebody may let the interpreter in for it."""
TOO_LITTLE = timedelta(minutes=5)
"""With less of an appointment left, it no longer says when the link ends."""
LONGEST_VISIT = timedelta(hours=8)
"""The longest that can be booked."""
LONGEST_TITLE = 200


def require(by: Actor) -> None:
    """Refuse whoever is neither signed in nor at the desk."""
    if by.kind not in (Kind.claimant, Kind.staff) or by.assurance < Assurance.signed_in:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def end_of(appointment: Appointment) -> datetime:
    return appointment.starts_at + timedelta(minutes=appointment.minutes)


def is_going_on(appointment: Appointment, now: datetime) -> bool:
    """True for one that has begun or begins soon, and is not over yet."""
    return (
        appointment.status is Status.booked
        and appointment.happened is None
        and appointment.starts_at - BEFORE <= now <= end_of(appointment) - TOO_LITTLE
    )


def ends_at(now: datetime, appointment: Appointment | None) -> datetime:
    """With the appointment; without one, or with a long one, after two hours."""
    latest = now + LONGEST
    return latest if appointment is None else min(latest, end_of(appointment))


def is_live(session: Session, now: datetime) -> bool:
    """True until somebody ends it, its time is over, or the office says that the two sides met."""
    found = session.appointment
    over = found is not None and (found.happened is not None or found.status is not Status.booked)
    return session.ended_at is None and now < session.ends_at and not over
