"""What this page keeps only for a while. Apart from `actions`: time does this, nobody acts."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from portal.about.models import AboutMe, Reading
from portal.database import db
from portal.record.retention import goes_with_a_record


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """All of it, and who read it."""
    mine = sa.select(AboutMe.id).where(AboutMe.claimant_id == claimant_id)
    db.session.execute(sa.delete(Reading).where(Reading.about_id.in_(mine)))
    db.session.execute(sa.delete(AboutMe).where(AboutMe.claimant_id == claimant_id))
