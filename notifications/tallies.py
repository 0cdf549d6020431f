"""How often something happened, where nothing else of it may be kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from notifications.models import Tally
from portal import clock
from portal.database import db

CALLS_WITHHELD = "calls from withheld numbers"


def count(what: str) -> None:
    """Once more today, by the wall clock in the United Kingdom. In the caller's transaction."""
    insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    row = insert(Tally).values(day=clock.today(), what=what, times=1)
    row = row.on_conflict_do_update(index_elements=["day", "what"], set_={"times": Tally.times + 1})
    db.session.execute(row)


def in_last(days: int, what: str) -> int:
    """How often it happened in the last days, today included."""
    first = clock.today() - timedelta(days=days - 1)
    query = sa.select(sa.func.sum(Tally.times)).where(Tally.what == what, Tally.day >= first)
    return db.session.scalar(query) or 0
