"""What a commitment keeps only for a while. Apart from `actions`: time does this, nobody acts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.commitment import rules
from portal.commitment.models import FitAnswer, Known, Point, Request, Shown, Version
from portal.database import db
from portal.record.retention import RECORD_MONTHS, goes_with_a_record, months_before, runs_out


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """The words, the reasons, the hours and what staff noted. That there were versions and points,
    and when each was sent and accepted, stays."""
    mine = sa.select(Version.id).where(Version.claimant_id == claimant_id)
    db.session.execute(
        sa.update(Point)
        .where(Point.version_id.in_(mine))
        .values(words="", english="", why="", official="")
    )
    db.session.execute(
        sa.update(Version)
        .where(Version.claimant_id == claimant_id)
        .values(note="", full_hours=None, deductions=[], pauses=[])
    )
    db.session.execute(sa.update(Shown).where(Shown.claimant_id == claimant_id).values(words=""))
    db.session.execute(
        sa.update(Request)
        .where(Request.claimant_id == claimant_id)
        .values(reason="", words="", instead="", answer="")
    )
    db.session.execute(sa.delete(Known).where(Known.claimant_id == claimant_id))


@runs_out
def sweep(now: datetime) -> None:
    """Answers of quarters that are over for as long as we keep a record."""
    oldest = rules.quarter(clock.local(months_before(now, RECORD_MONTHS)).date())
    db.session.execute(sa.delete(FitAnswer).where(FitAnswer.quarter < oldest))
