"""What is kept of other systems only for a while. Apart from `actions`: time does this, nobody
acts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from portal.api.models import GivenAnswer, Said
from portal.appointments.models import Appointment
from portal.database import db
from portal.record.retention import ANSWERS_TO_PROGRAMS, goes_with_a_record, runs_out


@runs_out
def sweep(now: datetime) -> None:
    """Answers that nobody will ask for again."""
    db.session.execute(
        sa.delete(GivenAnswer).where(GivenAnswer.given_at < now - ANSWERS_TO_PROGRAMS)
    )


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """What sources said about a person's appointments, in their words."""
    theirs = sa.select(Appointment.id).where(Appointment.claimant_id == claimant_id)
    db.session.execute(sa.delete(Said).where(Said.appointment_id.in_(theirs)))
