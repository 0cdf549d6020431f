"""What requests keep only for a while. Apart from `actions`: time does this, nobody acts."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from portal.costs.models import CostRequest
from portal.database import db
from portal.record.retention import goes_with_a_record


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """Words, answers and amounts. That something was asked and answered, and when, stays."""
    db.session.execute(
        sa.update(CostRequest)
        .where(CostRequest.claimant_id == claimant_id)
        .values(
            item_words="",
            answers="",
            amount_pence=None,
            amount_typed="",
            needed_by=None,
            step="",
            appointment_id=None,
            why="",
            agreed_pence=None,
            pay_when="",
            keep="",
            first_why="",
        )
    )
