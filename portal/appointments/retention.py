"""What appointments keep only for a while. Apart from `actions`: time does this, nobody acts."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from portal.appointments.models import Appointment, BusyTime, ContactAttempt, Report, Request
from portal.database import db
from portal.record.retention import goes_with_a_record


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """What was written about a person's appointments. That they were, and when, stays."""
    db.session.execute(sa.delete(BusyTime).where(BusyTime.claimant_id == claimant_id))
    theirs = sa.select(Appointment.id).where(Appointment.claimant_id == claimant_id)
    db.session.execute(
        sa.update(Request)
        .where(Request.appointment_id.in_(theirs))
        .values(reason="", note="", decision_note="")
    )
    db.session.execute(
        sa.update(Report).where(Report.appointment_id.in_(theirs)).values(minutes=0, note="")
    )
    db.session.execute(
        sa.update(ContactAttempt).where(ContactAttempt.appointment_id.in_(theirs)).values(note="")
    )
    db.session.execute(
        sa.update(Appointment)
        .where(Appointment.claimant_id == claimant_id)
        .values(
            place="",
            caller_name="",
            caller_number="",
            purpose_note="",
            with_name="",
            bring=[],
            bring_note="",
            interpreter="",
            external_reference=None,
            link_hash=None,
        )
    )
