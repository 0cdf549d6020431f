"""How many texts went out, how long they were, and what they cost about. Reading only.

Counts, never people: nothing here says to whom a text went or what it said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import current_app

from notifications import prices, queue, spend
from notifications.models import Notification, State
from notifications.prices import Price
from notifications.queue import Waiting
from portal import clock
from portal.database import db

DAYS = 30


@dataclass(frozen=True)
class Today:
    """How the texts of today are doing."""

    sent: int
    failed: int
    """Did not arrive, as far as we know now."""
    queue: Waiting


@dataclass(frozen=True)
class Sent:
    """Texts of one day, language, kind and provider that were handed over."""

    day: date
    language: str
    kind: str
    gateway: str
    texts: int
    parts: int
    price: Price | None

    @property
    def pence(self) -> Decimal | None:
        """None where nobody knows the price."""
        return self.price.pence * self.parts if self.price else None


@dataclass(frozen=True)
class Line:
    """One line of a table: what it is about, and its sums."""

    about: Any
    texts: int
    parts: int
    pence: Decimal
    unpriced: bool
    """Some of it has no price, so `pence` is too little."""
    estimated: bool
    """The price of some of it is an estimate."""


def today() -> Today:
    """How the texts of today are doing, by the wall clock in the United Kingdom."""
    return Today(*so_far_today(), queue.waiting())


def so_far_today() -> tuple[int, int]:
    """How many texts went since midnight, and how many did not arrive as far as we know now."""
    start = clock.start_of_day(clock.today())
    arrived_not = sa.and_(Notification.state == State.undelivered, Notification.settled_at >= start)
    count = sa.select(sa.func.count()).select_from(Notification)
    return (
        db.session.scalar(count.where(Notification.sent_at >= start)) or 0,
        db.session.scalar(count.where(arrived_not)) or 0,
    )


def sent(days: int = DAYS) -> list[Sent]:
    """What was handed over in the last days, today included, newest day first."""
    own = own_price()
    return [
        Sent(day, language, kind, gateway or "", texts, parts, _price(gateway, day, own))
        for day in (clock.today() - timedelta(days=back) for back in range(days))
        for language, kind, gateway, texts, parts in _of(day)
    ]


def own_price() -> Decimal | None:
    """What a setting says that a part costs, in pence."""
    found: Decimal | None = current_app.extensions["settings"].sms_pence_per_part
    return found


def _price(gateway: str | None, day: date, own: Decimal | None) -> Price | None:
    return prices.in_force(gateway or "", day, own)


def _of(day: date) -> Iterable[Any]:
    """The days of the wall clock are not the database's: each is asked for by its moments."""
    by = (Notification.language, Notification.kind, Notification.gateway)
    return db.session.execute(
        sa.select(*by, sa.func.count(), sa.func.coalesce(sa.func.sum(Notification.segments), 0))
        .where(
            Notification.sent_at >= clock.start_of_day(day),
            Notification.sent_at < clock.start_of_day(day + timedelta(days=1)),
        )
        .group_by(*by)
    ).all()


def lines(found: Iterable[Sent], about: Callable[[Sent], Any]) -> list[Line]:
    """The sums of what has the same `about`, in the order in which it first comes."""
    groups: dict[Any, list[Sent]] = {}
    for each in found:
        groups.setdefault(about(each), []).append(each)
    return [_line(key, rows) for key, rows in groups.items()]


def total(found: Iterable[Sent]) -> Line:
    """The sums of it all."""
    return _line(None, list(found))


def _line(about: Any, rows: list[Sent]) -> Line:
    return Line(
        about,
        sum(row.texts for row in rows),
        sum(row.parts for row in rows),
        sum((row.pence for row in rows if row.pence is not None), Decimal(0)),
        any(row.pence is None for row in rows),
        any(row.price is not None and row.price.estimate for row in rows),
    )


@dataclass(frozen=True)
class Limit:
    """The daily limit, and how far it is used."""

    level: spend.Level
    used: int
    parts: int
    """0: there is none."""

    @property
    def percent(self) -> int:
        return self.used * 100 // self.parts if self.parts else 0


def limit() -> Limit:
    """The daily limit as it stands now."""
    used, parts = spend.used_today(), spend.limit()
    return Limit(spend.level(used, parts), used, parts)
