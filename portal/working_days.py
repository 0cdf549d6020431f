"""Days on which offices are open, by the nation an office is in. Pure.

Saturdays, Sundays and the bank holidays of the nation are not working days. The dates come
from the `holidays` package, which follows what GOV.UK publishes.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from portal import clock

_SUBDIVISION = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}
OPENS, CLOSES = time(9, 0), time(17, 0)
"""Working hours, by the wall clock in the United Kingdom."""
_ONE_DAY = timedelta(days=1)


@cache
def _bank_holidays(nation: str) -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv=_SUBDIVISION.get(nation, "ENG"))


def is_working_day(day: date, nation: str) -> bool:
    """True from Monday to Friday, except on a bank holiday of the nation."""
    return day.weekday() < 5 and day not in _bank_holidays(nation)


def first_from(day: date, nation: str) -> date:
    """This day if it is a working day, or else the next one that is."""
    while not is_working_day(day, nation):
        day += _ONE_DAY
    return day


def after(day: date, count: int, nation: str) -> date:
    """The working day that comes `count` working days after a day, which itself counts as
    none: one working day after a Friday or a Saturday is the Monday."""
    for _ in range(count):
        day = first_from(day + _ONE_DAY, nation)
    return day


def before(day: date, count: int, nation: str) -> date:
    """The working day that comes `count` working days before a day, which itself counts as none."""
    for _ in range(count):
        day -= _ONE_DAY
        while not is_working_day(day, nation):
            day -= _ONE_DAY
    return day


def hours_of(day: date) -> tuple[datetime, datetime]:
    """When an office opens and closes on a working day: aware moments, UTC."""
    return (
        clock.from_wall_clock(datetime.combine(day, OPENS)),
        clock.from_wall_clock(datetime.combine(day, CLOSES)),
    )


def is_open(moment: datetime, nation: str) -> bool:
    """True within working hours on a working day."""
    local = clock.local(moment)
    return is_working_day(local.date(), nation) and OPENS <= local.time() < CLOSES


def one_day_later(moment: datetime, nation: str) -> datetime:
    """The same time by the wall clock on the next working day, as a UTC moment."""
    local = clock.local(moment)
    day = after(local.date(), 1, nation)
    return clock.from_wall_clock(datetime.combine(day, local.time().replace(fold=0)))


def open_time(since: datetime, until: datetime, nation: str) -> timedelta:
    """How much of the time between two moments lies within working hours."""
    first, last = clock.local(since).date(), clock.local(until).date()
    found, day = timedelta(), first
    while day <= last:
        if is_working_day(day, nation):
            opens, closes = hours_of(day)
            found += max(timedelta(), min(until, closes) - max(since, opens))
        day += _ONE_DAY
    return found
