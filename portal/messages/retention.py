"""What messages keep only for a while. Apart from `actions`: time does this, nobody acts."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from portal.database import db
from portal.messages.models import CallBack, Message
from portal.record.retention import goes_with_a_record


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """The words. That messages were written, read and answered, and when, stays."""
    db.session.execute(
        sa.update(Message).where(Message.claimant_id == claimant_id).values(words="")
    )
    db.session.execute(
        sa.update(CallBack).where(CallBack.claimant_id == claimant_id).values(reason="")
    )
