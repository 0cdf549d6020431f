"""What a support plan keeps only for a while. Apart from `actions`: time does this, nobody acts."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from portal.database import db
from portal.plan.models import Ask, Goal, Promise, Step
from portal.record.retention import goes_with_a_record


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """The words, and who was to do it. That things were promised and kept, and when, stays."""
    goals = sa.select(Goal.id).where(Goal.claimant_id == claimant_id)
    for table, mine, words in (
        (Step, Step.goal_id.in_(goals), {"missing": "", "what": "", "why": ""}),
        (Goal, Goal.claimant_id == claimant_id, {"words": ""}),
        (Ask, Ask.claimant_id == claimant_id, {"title": "", "note": "", "why": "", "needs": []}),
        (
            Promise,
            Promise.claimant_id == claimant_id,
            {"words": "", "why": "", "who_name": "", "who_role": ""},
        ),
    ):
        db.session.execute(sa.update(table).where(mine).values(words))
