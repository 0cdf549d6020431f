"""Days of complaints: working days of the nation, months of the calendar (facts 5)."""

from __future__ import annotations

from datetime import date

import pytest

from portal.complaints import rules


@pytest.mark.parametrize(
    ("sent", "nation", "due"),
    [
        (date(2027, 2, 1), "england", date(2027, 2, 22)),
        # Good Friday is 26 March 2027, Easter Monday 29 March: Scotland works on the Monday.
        (date(2027, 3, 10), "england", date(2027, 4, 2)),
        (date(2027, 3, 10), "scotland", date(2027, 4, 1)),
        # Christmas Day 2027 is a Saturday, so Monday and Tuesday are holidays.
        (date(2027, 12, 10), "wales", date(2028, 1, 5)),
        # St Patrick's Day, in Northern Ireland alone.
        (date(2027, 3, 1), "northern_ireland", date(2027, 3, 23)),
        (date(2027, 3, 1), "england", date(2027, 3, 22)),
    ],
)
def test_fifteen_working_days(sent: date, nation: str, due: date) -> None:
    assert rules.reply_by(sent, nation) == due


@pytest.mark.parametrize(
    ("final", "until"),
    [
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 1, 31), date(2027, 7, 31)),
        (date(2027, 12, 1), date(2028, 6, 1)),
    ],
)
def test_six_months_for_the_examiner(final: date, until: date) -> None:
    assert rules.examiner_until(final) == until


def test_one_month_for_a_decision() -> None:
    assert rules.reconsider_until(date(2027, 1, 31)) == date(2027, 2, 28)
    assert rules.reconsider_until(date(2027, 2, 28)) == date(2027, 3, 28)


def test_thirty_days_for_our_own_use_of_data() -> None:
    assert rules.acknowledge_by(date(2027, 2, 1)) == date(2027, 3, 3)
