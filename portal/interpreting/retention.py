"""What is kept of an interpreter's sessions only for a while. Apart from `actions`: time does this,
nobody acts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from portal.database import db
from portal.interpreting.models import Session
from portal.record.retention import DAY, goes_with_a_record, runs_out


@runs_out
def sweep(now: datetime) -> None:
    """The page goes once nobody may look at it any more, and all of it a day later. What was seen
    stays in the record."""
    db.session.execute(
        sa.update(Session)
        .where(Session.page != "", Session.ends_at <= now)
        .values(page="", title="")
    )
    db.session.execute(sa.delete(Session).where(Session.ends_at < now - DAY))


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    db.session.execute(sa.delete(Session).where(Session.claimant_id == claimant_id))
