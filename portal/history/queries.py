"""Reading one person's record, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from portal.account.models import Claimant
from portal.database import db
from portal.record.models import Chain, Entry


def entries_before(claimant: Claimant, number: int | None, limit: int) -> Sequence[Entry]:
    """Entries with a smaller number than this one, newest first; the newest without a number."""
    query = sa.select(Entry).where(Entry.claimant_id == claimant.id)
    if number is not None:
        query = query.where(Entry.number < number)
    return db.session.scalars(query.order_by(Entry.number.desc()).limit(limit)).all()


def chain(claimant_id: UUID) -> Chain | None:
    """The head of a person's chain: how many entries there are, and the hash of the last."""
    return db.session.get(Chain, claimant_id)
