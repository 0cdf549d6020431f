"""When each thing was last done by whatever worker did it, and whose turn it is now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from notifications.models import Heartbeat
from portal import clock
from portal.database import db, transaction


def last(name: str) -> datetime | None:
    """When this was last done; None when never."""
    return db.session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == name))


def take(name: str, every: timedelta) -> bool:
    """True for the one worker whose turn it is to do this now: it was not done for so long, or
    the clock was set back. Noted at once, in a transaction of its own."""
    at, now = last(name), clock.now()
    # A plain look first: writers wait for each other, and most looks find that it is not time.
    if at is not None and abs(now - at) < every:
        return False
    row = _now(name)
    mine = row.on_conflict_do_update(
        index_elements=["name"],
        set_={"at": row.excluded.at},
        where=sa.or_(Heartbeat.at <= now - every, Heartbeat.at >= now + every),
    ).returning(Heartbeat.name)
    with transaction() as session:
        return session.scalar(mine) is not None


def forget(*names: str) -> None:
    """Let it be taken again at once. In the caller's transaction."""
    db.session.execute(sa.delete(Heartbeat).where(Heartbeat.name.in_(names)))


def was_today(name: str) -> bool:
    """True when this was done today by the wall clock in the United Kingdom."""
    at = last(name)
    return at is not None and clock.local(at).date() == clock.today()


def mark(name: str) -> None:
    """Note in the caller's transaction that this is done now."""
    row = _now(name)
    row = row.on_conflict_do_update(index_elements=["name"], set_={"at": row.excluded.at})
    db.session.execute(row)


def _now(name: str) -> Any:
    insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    return insert(Heartbeat).values(name=name, at=clock.now())
