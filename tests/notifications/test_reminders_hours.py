"""The hours of reminders: the person's own, the clocks' change, bank holidays."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask

from notifications.policy import CALL, DAY_BEFORE, MORNING, OFFER_AGAIN, TWO_DAYS
from portal.account import actions as account
from portal.account import number_actions
from portal.database import transaction
from tests.notifications.reminding import accept, book, reminded, tasks, through
from tests.people import (
    People,
    StoppedClock,
    actor,
    again,
    appointment,
)


def test_reminders_keep_to_the_hours_and_to_the_persons_own(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    early = datetime(2027, 2, 10, 7, 15, tzinfo=UTC)
    visit = book(app, people, early)
    accept(app, people, visit)
    with app.app_context(), transaction():
        account.choose_quiet_times(
            again(people.alex), time(8, 0), time(12, 0), by=actor(people.alex)
        )
    through(app, clock_stopped, early, minutes=45)
    assert reminded(app) == [
        (TWO_DAYS, datetime(2027, 2, 8, 12, 30, tzinfo=UTC)),
        (DAY_BEFORE, datetime(2027, 2, 9, 12, 30, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("starts", "eight"),
    [
        # The clocks go forward on Sunday 28 March, and back on Sunday 31 October 2027.
        (datetime(2027, 3, 29, 8, 30, tzinfo=UTC), datetime(2027, 3, 29, 7, 0, tzinfo=UTC)),
        (datetime(2027, 11, 1, 9, 30, tzinfo=UTC), datetime(2027, 11, 1, 8, 0, tzinfo=UTC)),
    ],
)
def test_over_a_change_of_the_clocks_the_morning_begins_at_eight(
    app: Flask, people: People, clock_stopped: StoppedClock, starts: datetime, eight: datetime
) -> None:
    clock_stopped.at(starts - timedelta(days=6))
    with app.app_context(), transaction():
        # Half a year has passed since the number was given.
        number_actions.heard_from(again(people.alex))
    visit = book(app, people, starts)
    accept(app, people, visit)
    through(app, clock_stopped, starts, minutes=30)
    assert reminded(app)[-1] == (MORNING, eight)
    assert [kind for kind, _ in reminded(app)] == [TWO_DAYS, DAY_BEFORE, MORNING]


def test_on_bank_holidays_reminders_go_out_but_the_call_comes_before_them(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    tuesday = datetime(2027, 3, 30, 13, 0, tzinfo=UTC)  # Two in the afternoon, after Easter.
    clock_stopped.at(datetime(2027, 3, 22, 9, 0, tzinfo=UTC))
    visit = book(app, people, tuesday)
    accept(app, people, visit)
    with app.app_context(), transaction():
        appointment(again(people.stranger), tuesday)
    through(app, clock_stopped, datetime(2027, 3, 25, 12, 0, tzinfo=UTC))
    assert tasks(app) == [(CALL, datetime(2027, 3, 25, 9, 0, tzinfo=UTC))]
    through(app, clock_stopped, tuesday - timedelta(hours=5))
    easter_sunday, easter_monday = (tuesday - timedelta(days=days) for days in (2, 1))
    # The first two go out at one moment, to two people.
    assert sorted(reminded(app)) == sorted(
        [(TWO_DAYS, easter_sunday), (OFFER_AGAIN, easter_sunday), (DAY_BEFORE, easter_monday)]
    )
