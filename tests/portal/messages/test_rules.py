"""By when the office replies and calls: working days, bank holidays, clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from portal import clock, working_days
from portal.messages import rules
from portal.messages.models import When


def uk(text: str) -> datetime:
    return clock.from_wall_clock(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("written", "nation", "due"),
    [
        ("2027-02-01T09:00", "england", date(2027, 2, 8)),
        ("2027-02-05T23:59", "england", date(2027, 2, 12)),
        ("2027-02-06T12:00", "england", date(2027, 2, 12)),
        ("2027-03-25T12:00", "england", date(2027, 4, 5)),  # Good Friday and Easter Monday
        ("2027-03-25T12:00", "scotland", date(2027, 4, 2)),  # no Easter Monday there
        ("2027-07-30T12:00", "england", date(2027, 8, 6)),
        ("2027-07-30T12:00", "scotland", date(2027, 8, 9)),  # their summer bank holiday
        ("2027-12-24T12:00", "wales", date(2028, 1, 5)),
    ],
)
def test_a_reply_is_due_after_five_working_days_of_the_nation(
    written: str, nation: str, due: date
) -> None:
    assert rules.reply_by(uk(written), nation) == due


def test_a_message_just_after_midnight_in_summer_belongs_to_the_new_day() -> None:
    assert rules.reply_by(datetime(2027, 7, 5, 23, 30, tzinfo=UTC), "england") == date(2027, 7, 13)


@pytest.mark.parametrize(
    ("when", "asked", "by"),
    [
        (When.now, "2027-02-01T09:00", "2027-02-01T17:00"),
        (When.now, "2027-02-01T16:30", "2027-02-02T17:00"),
        (When.now, "2027-02-05T20:00", "2027-02-08T17:00"),
        (When.morning, "2027-02-01T08:00", "2027-02-01T12:00"),
        (When.morning, "2027-02-01T11:00", "2027-02-02T12:00"),
        (When.afternoon, "2027-02-01T15:59", "2027-02-01T17:00"),
        (When.afternoon, "2027-02-06T10:00", "2027-02-08T17:00"),
        (When.morning, "2027-03-27T18:00", "2027-03-30T12:00"),  # clocks change, Easter Monday
    ],
)
def test_a_call_is_due_in_the_time_that_was_asked_for(when: When, asked: str, by: str) -> None:
    assert rules.call_by(when, uk(asked), "england") == uk(by)


def test_an_unknown_nation_has_the_holidays_of_england() -> None:
    assert not working_days.is_working_day(date(2027, 3, 29), "atlantis")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2027-02-01T09:00", True),
        ("2027-02-01T16:59", True),
        ("2027-02-01T17:00", False),
        ("2027-02-06T12:00", False),
        ("2027-05-03T12:00", False),
    ],
)
def test_offices_are_open_in_working_hours(moment: str, is_open: bool) -> None:
    assert working_days.is_open(uk(moment), "england") is is_open


def test_one_working_day_later_keeps_the_wall_clock() -> None:
    friday = uk("2027-03-26T15:00")  # Good Friday, before the clocks change
    assert working_days.one_day_later(friday, "england") == uk("2027-03-30T15:00")
    assert working_days.one_day_later(friday, "scotland") == uk("2027-03-29T15:00")
