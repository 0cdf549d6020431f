"""Reading what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from portal.database import db
from portal.notices.models import Notice


def about(regarding: UUID) -> Sequence[Notice]:
    """The notices about one appointment, or one version of a commitment, latest first."""
    return db.session.scalars(
        sa.select(Notice).where(Notice.regarding == regarding).order_by(Notice.at.desc(), Notice.id)
    ).all()
