"""One change at a time for each person, whatever the door."""

from __future__ import annotations

import sqlalchemy as sa

from portal.account.models import Claimant
from portal.database import db


def lock(claimant: Claimant) -> None:
    """Wait until nobody else changes anything of this person, and keep them waiting until the
    transaction ends. Rows that only point to the person, like a visit, need not wait for it.

    What was read before may be old by now: read again what decides."""
    db.session.execute(
        sa.select(Claimant.id).where(Claimant.id == claimant.id).with_for_update(key_share=True)
    )
