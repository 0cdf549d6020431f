"""When reminders are due, row by row of section 10 of the design for texts. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from notifications import policy
from notifications.policy import (
    CALL,
    DAY_BEFORE,
    MORNING,
    OFFER_AGAIN,
    STILL_STANDS,
    TELL,
    TWO_DAYS,
    Meeting,
    Situation,
    due,
    task_due,
)
from portal import clock
from portal.account.models import Way

RULES = policy.policies()[-1]
START = datetime(2027, 2, 10, 10, 30, tzinfo=UTC)
"""A Wednesday."""


def meeting(**more: Any) -> Meeting:
    values: dict[str, Any] = {
        "id": uuid4(),
        "claimant_id": uuid4(),
        "starts_at": START,
        "situation": Situation.agreed,
        "nation": "england",
        "may_text": True,
        "way": Way.text,
    } | more
    values.setdefault("notice_given_at", values["starts_at"] - timedelta(days=9))
    values.setdefault("told_at", values["notice_given_at"])
    return Meeting(**values)


def at(before: float, **more: Any) -> str | None:
    """What is due so many hours before the start."""
    each = meeting(**more)
    return due(each, each.starts_at - timedelta(hours=before), RULES)


def wall(*figures: int) -> datetime:
    return clock.from_wall_clock(datetime(*figures))  # type: ignore[arg-type]  # noqa: DTZ001


def test_every_block_of_rules_says_its_source_and_when_it_was_checked() -> None:
    for each in policy.policies():
        assert each.source.strip()
        assert each.since <= each.checked
    assert policy.in_force(date(2027, 2, 1)) is RULES
    assert policy.in_force(date(2001, 1, 1)) is policy.policies()[0]


@pytest.mark.parametrize(
    ("before", "kind"),
    [(48.1, None), (48, TWO_DAYS), (24.1, TWO_DAYS), (24, DAY_BEFORE), (3.1, DAY_BEFORE)],
)
def test_accepted_is_reminded_two_days_and_one_day_before(before: float, kind: str) -> None:
    assert at(before) == kind


@pytest.mark.parametrize(("before", "kind"), [(48.1, None), (48, OFFER_AGAIN), (24.1, OFFER_AGAIN)])
def test_unanswered_is_offered_again_two_days_before(before: float, kind: str) -> None:
    assert at(before, situation=Situation.unanswered) == kind


def test_unanswered_gets_a_call_and_no_text_one_day_before() -> None:
    assert at(24, situation=Situation.unanswered) is None
    assert at(6, situation=Situation.unanswered) is None


def test_a_request_nobody_answered_is_told_to_stand_one_day_before() -> None:
    assert at(48, situation=Situation.asked) is None
    assert at(24, situation=Situation.asked) == STILL_STANDS
    assert at(2, situation=Situation.asked) == STILL_STANDS


@pytest.mark.parametrize(
    ("hour", "minute", "first", "last"),
    [
        (16, 0, (13, 0), (14, 59)),
        (11, 0, (8, 0), (9, 59)),
        (10, 30, (8, 0), (9, 29)),
        (9, 0, (8, 0), (8, 0)),
    ],
)
def test_the_morning_text_goes_three_hours_before_not_before_eight_nor_under_one_hour(
    hour: int, minute: int, first: tuple[int, int], last: tuple[int, int]
) -> None:
    each = meeting(starts_at=wall(2027, 2, 10, hour, minute))
    earliest = wall(2027, 2, 10, *first)
    assert due(each, earliest - timedelta(minutes=1), RULES) == DAY_BEFORE
    assert due(each, earliest, RULES) == MORNING
    assert due(each, wall(2027, 2, 10, *last), RULES) == MORNING
    too_late = each.starts_at - timedelta(minutes=57)
    assert due(each, too_late, RULES) is None


def test_no_morning_text_when_it_would_come_under_one_hour_before() -> None:
    each = meeting(starts_at=wall(2027, 2, 10, 8, 45))
    assert all(
        due(each, wall(2027, 2, 10, 7, 30) + timedelta(minutes=m), RULES) != MORNING
        for m in range(75)
    )


def test_the_morning_text_can_be_turned_off() -> None:
    assert at(2, morning_text=False) == DAY_BEFORE
    told = START - timedelta(hours=24)
    assert at(2, morning_text=False, told_at=told) == DAY_BEFORE  # its key was used then


@pytest.mark.parametrize(("before", "kind"), [(40, None), (36, TWO_DAYS), (25, TWO_DAYS)])
def test_nobody_is_reminded_within_twelve_hours_of_another_text(before: float, kind: str) -> None:
    assert at(before, told_at=START - timedelta(hours=48)) == kind


def test_a_rule_that_is_off_brings_no_text() -> None:
    off = {"on": False}
    rules = replace(
        RULES,
        two_days=RULES.two_days | off,
        day_before=RULES.day_before | off,
        morning=RULES.morning | off,
        call=RULES.call | off,
        tell=RULES.tell | off,
    )
    for hours in (48, 30, 24, 10, 2):
        for situation in Situation:
            for may_text in (True, False):
                each = meeting(situation=situation, may_text=may_text)
                now = START - timedelta(hours=hours)
                assert due(each, now, rules) is task_due(each, now, rules) is None


@pytest.mark.parametrize(
    ("starts", "nation", "called"),
    [
        # An ordinary Wednesday: the whole Tuesday is left.
        ((2027, 2, 10, 10, 30), "england", (2027, 2, 9, 9, 0)),
        ((2027, 2, 10, 16, 30), "england", (2027, 2, 9, 9, 0)),
        # Before nine, 24 hours before is sooner.
        ((2027, 2, 10, 8, 30), "england", (2027, 2, 9, 8, 30)),
        # A Monday: the Friday is left.
        ((2027, 2, 8, 10, 30), "england", (2027, 2, 5, 9, 0)),
        # After Easter: Good Friday and, but for Scotland, Easter Monday are no working days.
        ((2027, 3, 30, 10, 30), "england", (2027, 3, 25, 9, 0)),
        ((2027, 3, 30, 10, 30), "scotland", (2027, 3, 29, 9, 0)),
        # After Christmas 2027, which falls on a Saturday.
        ((2027, 12, 29, 10, 30), "england", (2027, 12, 24, 9, 0)),
        ((2027, 12, 29, 10, 30), "scotland", (2027, 12, 24, 9, 0)),
        # After New Year 2027: Scotland rests on Monday 4 January too.
        ((2027, 1, 5, 10, 30), "england", (2027, 1, 4, 9, 0)),
        ((2027, 1, 5, 10, 30), "scotland", (2026, 12, 31, 9, 0)),
        # Over the night on which the clocks go forward, and back.
        ((2027, 3, 29, 10, 30), "scotland", (2027, 3, 25, 9, 0)),
        ((2027, 11, 1, 10, 30), "england", (2027, 10, 29, 9, 0)),
    ],
)
def test_whoever_has_not_answered_is_called_with_one_full_working_day_left(
    starts: tuple[int, ...], nation: str, called: tuple[int, ...]
) -> None:
    each = meeting(starts_at=wall(*starts), nation=nation, situation=Situation.unanswered)
    first = wall(*called)
    assert task_due(each, first - timedelta(minutes=1), RULES) is None
    assert task_due(each, first, RULES) == CALL
    assert task_due(each, each.starts_at, RULES) is None


def test_nobody_is_called_within_four_hours_of_the_offer() -> None:
    offered = START - timedelta(hours=10)
    each = meeting(situation=Situation.unanswered, notice_given_at=offered)
    assert task_due(each, offered + timedelta(hours=3), RULES) is None
    assert task_due(each, offered + timedelta(hours=4), RULES) == CALL


@pytest.mark.parametrize("situation", [Situation.agreed, Situation.asked])
def test_whoever_answered_is_not_called(situation: Situation) -> None:
    assert task_due(meeting(situation=situation), START - timedelta(hours=1), RULES) is None


@pytest.mark.parametrize(
    ("way", "first"),
    [
        (Way.call, (2027, 2, 9, 9, 0)),
        (Way.text, (2027, 2, 9, 9, 0)),
        (Way.letter, (2027, 2, 5, 9, 0)),
    ],
)
def test_whoever_gets_no_texts_is_reminded_by_staff_and_a_letter_has_three_working_days(
    way: Way, first: tuple[int, ...]
) -> None:
    each = meeting(may_text=False, way=way)
    assert task_due(each, wall(*first) - timedelta(minutes=1), RULES) is None
    assert task_due(each, wall(*first), RULES) == TELL
    assert due(each, START - timedelta(hours=30), RULES) is None


def test_whoever_gets_no_texts_and_has_not_answered_is_called_anyway() -> None:
    each = meeting(may_text=False, way=Way.letter, situation=Situation.unanswered)
    assert task_due(each, START - timedelta(days=5), RULES) == TELL
    assert task_due(each, START - timedelta(hours=24), RULES) == CALL


def test_whoever_gets_no_texts_is_not_reminded_of_what_they_are_only_now_being_told() -> None:
    each = meeting(may_text=False, way=Way.letter, notice_given_at=START - timedelta(days=2))
    assert task_due(each, START - timedelta(days=1), RULES) is None


@pytest.mark.parametrize(
    "starts", [(2027, 3, 28, 10, 30), (2027, 3, 29, 9, 0), (2027, 10, 31, 10, 30), (2027, 11, 1, 9)]
)
def test_when_the_clocks_change_the_morning_text_keeps_to_the_wall_clock(
    starts: tuple[int, ...],
) -> None:
    each = meeting(starts_at=wall(*starts))
    eight = wall(*starts[:3], 8, 0)
    assert due(each, eight - timedelta(minutes=1), RULES) == DAY_BEFORE
    assert due(each, eight, RULES) == MORNING


def test_no_two_texts_are_ever_due_at_once() -> None:
    for minutes in range(0, 60 * 50, 7):
        each = meeting()
        found = [
            kind
            for kind, first, end in policy._windows(each, RULES)
            if first <= START - timedelta(minutes=minutes) < end
        ]
        assert len(found) <= 1, (minutes, found)
