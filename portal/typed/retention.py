"""What goes with a record: what translators made of a person's words."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from portal.database import db
from portal.record.retention import goes_with_a_record
from portal.typed.models import Typed

_NOTHING = {"english": "", "translator": "", "named": "", "waits": False}


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """The translations. In which language something was typed, and when, stays."""
    db.session.execute(sa.update(Typed).where(Typed.claimant_id == claimant_id).values(**_NOTHING))


def forget(ids: Sequence[UUID]) -> None:
    """The translations of things whose words are erased now."""
    db.session.execute(sa.update(Typed).where(Typed.about.in_(ids)).values(**_NOTHING))
