"""How long words about wrong translations are kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.database import db
from portal.record.retention import RECORD_MONTHS, months_before, runs_out
from portal.translating.models import TranslationReport


@runs_out
def sweep(now: datetime) -> None:
    """They go after 24 months, settled or not: somebody may have written about themselves."""
    too_old = TranslationReport.at < months_before(now, RECORD_MONTHS)
    db.session.execute(sa.delete(TranslationReport).where(too_old))
