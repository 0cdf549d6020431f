"""Working days are those of the office's own nation."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.working_days import after, before, first_from, is_working_day, open_time


@pytest.mark.parametrize(
    ("day", "nation", "works"),
    [
        (date(2027, 3, 26), "england", False),  # Good Friday
        (date(2027, 3, 29), "england", False),  # Easter Monday
        (date(2027, 3, 29), "scotland", True),
        (date(2027, 3, 29), "northern_ireland", False),
        (date(2027, 3, 17), "northern_ireland", False),  # Saint Patrick's Day
        (date(2027, 1, 4), "scotland", False),  # instead of Saturday 2 January
        (date(2027, 1, 4), "england", True),
        (date(2027, 11, 30), "scotland", False),  # Saint Andrew's Day
        (date(2027, 12, 27), "wales", False),
        (date(2027, 12, 28), "wales", False),
        (date(2027, 12, 29), "wales", True),
        (date(2027, 3, 27), "scotland", False),  # a Saturday
        (date(2027, 3, 29), "nowhere", False),
    ],
)
def test_bank_holidays_are_those_of_the_nation(day: date, nation: str, works: bool) -> None:
    assert is_working_day(day, nation) is works


@pytest.mark.parametrize(
    ("day", "days", "nation", "result"),
    [
        (date(2027, 3, 25), 1, "england", date(2027, 3, 30)),
        (date(2027, 3, 25), 1, "scotland", date(2027, 3, 29)),
        (date(2027, 3, 30), -1, "england", date(2027, 3, 25)),
        (date(2027, 3, 27), -1, "england", date(2027, 3, 25)),
        (date(2027, 3, 25), 0, "england", date(2027, 3, 25)),
        (date(2027, 3, 24), 15, "england", date(2027, 4, 16)),
    ],
)
def test_working_days_are_counted_over_weekends_and_bank_holidays(
    day: date, days: int, nation: str, result: date
) -> None:
    count = after if days > 0 else before
    assert count(day, abs(days), nation) == result


def test_a_day_on_which_nobody_works_gives_way_to_the_next_one() -> None:
    assert first_from(date(2027, 3, 27), "england") == date(2027, 3, 30)
    assert first_from(date(2027, 3, 25), "england") == date(2027, 3, 25)


def test_working_hours_stop_overnight_and_over_easter() -> None:
    thursday = datetime(2027, 3, 25, 16, 0, tzinfo=UTC)
    # The clocks go forward on Easter Sunday: nine on Tuesday is eight in UTC.
    tuesday = datetime(2027, 3, 30, 8, 30, tzinfo=UTC)
    assert open_time(thursday, tuesday, "england") == timedelta(hours=1, minutes=30)
    assert open_time(thursday, tuesday, "scotland") == timedelta(hours=9, minutes=30)
    assert open_time(tuesday, thursday, "england") == timedelta(0)
