"""Counting working days and working hours of an office, forwards and back.

Days are days of the wall clock in the United Kingdom; which of them are working days, and when
an office is open, is said in `working_days`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from portal import clock
from portal.working_days import CLOSES, OPENS, is_working_day

__all__ = ["add_working_days", "hours_of", "is_working_day", "working_hours_between"]

_ONE_DAY = timedelta(days=1)


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
