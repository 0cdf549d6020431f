"""When each thing was last done by whatever worker did it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from notifications.models import Heartbeat
from portal import clock
from portal.database import db


def last(name: str) -> datetime | None:
    """When this was last done; None when never."""
    row: Heartbeat | None = db.session.get(Heartbeat, name)
    return row.at if row else None


def is_older(name: str, than: timedelta) -> bool:
    """True when this was not done for so long. A clock that was set back counts too."""
    at = last(name)
    return at is None or abs(clock.now() - at) >= than


def was_today(name: str) -> bool:
    """True when this was done today by the wall clock in the United Kingdom."""
    at = last(name)
    return at is not None and clock.local(at).date() == clock.today()


def mark(name: str) -> None:
    """Note in the caller's transaction that this is done now."""
    insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    row = insert(Heartbeat).values(name=name, at=clock.now())
    row = row.on_conflict_do_update(index_elements=["name"], set_={"at": row.excluded.at})
    db.session.execute(row)
