"""Working days and working hours of an office: weekends and its nation's bank holidays are none.

Days are days of the wall clock in the United Kingdom. The bank holidays come from the package
`holidays`, which follows GOV.UK, one-off days among them; keep it up to date.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from portal import clock

OPENS, CLOSES = time(9, 0), time(17, 0)
"""Between these an office works, by the wall clock."""
_SUBDIVISIONS = {
    "england": "ENG",
    "wales": "WLS",
    "scotland": "SCT",
    "northern_ireland": "NIR",
}
_ONE_DAY = timedelta(days=1)


@cache
def _bank_holidays(year: int, nation: str) -> frozenset[date]:
    # An unknown nation has England's days: better than none, and than not telling anybody.
    subdivision = _SUBDIVISIONS.get(nation, "ENG")
    return frozenset(holidays.country_holidays("GB", subdiv=subdivision, years=year))


def is_bank_holiday(day: date, nation: str) -> bool:
    """True on a bank holiday of `england`, `wales`, `scotland` or `northern_ireland`."""
    return day in _bank_holidays(day.year, nation)


def is_working_day(day: date, nation: str) -> bool:
    """True from Monday to Friday, except on a bank holiday of that nation."""
    return day.weekday() < 5 and not is_bank_holiday(day, nation)


def add_working_days(day: date, days: int, nation: str) -> date:
    """The working day that many working days after `day`, or before it when negative.

    Zero gives `day` itself when it is a working day, else the next one.
    """
    step = -_ONE_DAY if days < 0 else _ONE_DAY
    if days == 0:
        while not is_working_day(day, nation):
            day += step
    for _ in range(abs(days)):
        day += step
        while not is_working_day(day, nation):
            day += step
    return day


def working_hours_between(start: datetime, end: datetime, nation: str) -> timedelta:
    """How much time of office hours lies between two moments (aware); none when `end` is first."""
    total = timedelta(0)
    day, last = clock.local(start).date(), clock.local(end).date()
    while day <= last:
        if is_working_day(day, nation):
            opens, closes = hours_of(day)
            total += max(timedelta(0), min(end, closes) - max(start, opens))
        day += _ONE_DAY
    return total


def hours_of(day: date) -> tuple[datetime, datetime]:
    """When an office opens and closes on a working day: aware moments, UTC."""
    return (
        clock.from_wall_clock(datetime.combine(day, OPENS)),
        clock.from_wall_clock(datetime.combine(day, CLOSES)),
    )
