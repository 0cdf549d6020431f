"""Rate limits, kept in the database so that every process counts together.

Limits are tight for one number or account and generous for one address, because a whole
library or Jobcentre shares an address.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy.dialects import postgresql, sqlite

from portal import clock
from portal.account.models import Throttle
from portal.database import db

LIMITS = {
    "code for a number": parse("5 per 15 minutes"),
    "codes from an address": parse("120 per 15 minutes"),
    "card": parse("10 per 15 minutes"),
    "staff from an address": parse("10 per 15 minutes"),
    "staff": parse("200 per 15 minutes"),
    "link from an address": parse("300 per 15 minutes"),
    "helper from an address": parse("300 per 15 minutes"),
    "interpreter from an address": parse("120 per 15 minutes"),
    "translation reports from an address": parse("60 per hour"),
    "receipt from an address": parse("300 per 15 minutes"),
    "text from a number": parse("20 per hour"),
    "message of a person": parse("30 per day"),
    "costs of a person": parse("30 per day"),
    "complaints of a person": parse("30 per day"),
    "documents of a person": parse("20 per hour"),
    "wrong text pin": parse("6 per day"),
    "api": parse("1200 per minute"),
}


class SqlStorage(Storage):
    """A counter a row, raised by one upsert: exact under any number of processes."""

    STORAGE_SCHEME = ["portal-sql"]

    def __init__(self, *, within: bool = False) -> None:
        """`within`: count in the caller's transaction, which must commit."""
        super().__init__()
        self._within = within

    base_exceptions = sa.exc.SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = clock.now()
        insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
        over = Throttle.expires_at <= now
        ends = now + timedelta(seconds=expiry)
        upsert = (
            insert(Throttle)
            .values(key=key, count=amount, expires_at=ends)
            .on_conflict_do_update(
                index_elements=[Throttle.key],
                set_={
                    "count": sa.case((over, amount), else_=Throttle.count + amount),
                    "expires_at": sa.case((over, ends), else_=Throttle.expires_at),
                },
            )
            .returning(Throttle.count)
        )
        if self._within:
            return int(db.session.execute(upsert).scalar_one())
        with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
            return int(connection.execute(upsert).scalar_one())

    def _row(self, key: str) -> tuple[int, datetime]:
        found = sa.select(Throttle.count, Throttle.expires_at).where(
            Throttle.key == key, Throttle.expires_at > clock.now()
        )
        if self._within:
            row = db.session.execute(found).first()
        else:
            with db.engine.connect() as connection:
                row = connection.execute(found).first()
        return (row[0], row[1]) if row else (0, clock.now())

    def get(self, key: str) -> int:
        return self._row(key)[0]

    def get_expiry(self, key: str) -> float:
        return self._row(key)[1].timestamp()

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with db.engine.begin() as connection:
            connection.execute(sa.delete(Throttle))
        return None

    def clear(self, key: str) -> None:
        with db.engine.begin() as connection:
            connection.execute(sa.delete(Throttle).where(Throttle.key == key))


_limiter = FixedWindowRateLimiter(SqlStorage())
_limiter_within = FixedWindowRateLimiter(SqlStorage(within=True))


def allow(limit: str, who: str) -> bool:
    """Count one use; False when there were too many. `who` is kept only as a digest.

    Call it outside a transaction: a refused attempt counts too.
    """
    return bool(_limiter.hit(LIMITS[limit], limit, _digest(who)))


def allow_within(limit: str, who: str) -> bool:
    """The same within a transaction that commits whatever comes of it: a step of the worker,
    which could not wait for itself."""
    return bool(_limiter_within.hit(LIMITS[limit], limit, _digest(who)))


def allows_now(limit: str, who: str) -> bool:
    """Whether one more would be allowed, without counting it."""
    return bool(_limiter_within.test(LIMITS[limit], limit, _digest(who)))


def _digest(who: str) -> str:
    return hashlib.sha256(who.encode()).hexdigest()[:32]


def sweep() -> None:
    """Remove counters that have run out."""
    db.session.execute(sa.delete(Throttle).where(Throttle.expires_at <= clock.now()))
