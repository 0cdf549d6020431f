"""The only clock. Everything that needs the time asks here, so that a demo or a test can set it.

Moments are aware and in UTC. Days are the days of the wall clock in the United Kingdom,
because a person, an office and a deadline live by that clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")

_ahead = timedelta(0)
_frozen: datetime | None = None


def now() -> datetime:
    """This moment, aware, UTC."""
    return _frozen if _frozen is not None else datetime.now(UTC) + _ahead


def today() -> date:
    """Today's date on the wall clock in the United Kingdom."""
    return now().astimezone(UK).date()


def local(moment: datetime) -> datetime:
    """The same moment as the wall clock in the United Kingdom shows it."""
    return moment.astimezone(UK)


def set_to(moment: datetime) -> None:
    """Let the clock run on from `moment` (aware). For demo and test mode only."""
    global _ahead
    _ahead = moment.astimezone(UTC) - datetime.now(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock still at `moment` (aware) inside the block."""
    global _frozen
    before, _frozen = _frozen, moment.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before


def start_of_day(day: date) -> datetime:
    """The UTC moment at which a day begins in the United Kingdom."""
    return from_wall_clock(datetime.combine(day, datetime.min.time()))


def from_wall_clock(naive: datetime) -> datetime:
    """The UTC moment of a time read off the wall clock in the United Kingdom.

    A time that the spring change skips is read as the hour after; a time that the autumn
    change repeats is read as its first passing. Both are what a person with a watch means.
    """
    return naive.replace(tzinfo=UK, fold=0).astimezone(UTC)
