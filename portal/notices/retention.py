"""The words of notices are kept with the record, as long as what they prove can be asked for."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from portal.database import db
from portal.notices.models import Notice
from portal.record.retention import goes_with_a_record


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """The words. That a notice was sent, when, and in which language, stays."""
    db.session.execute(sa.update(Notice).where(Notice.claimant_id == claimant_id).values(words=""))
