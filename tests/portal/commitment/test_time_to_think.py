"""The last day to accept: seven calendar days for everybody, whatever clocks and holidays do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.commitment import actions, desk_actions, rules
from portal.commitment.models import State
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal
from tests.commitments import LOOK, draft, read_all, sent
from tests.people import Browser, People, StoppedClock, actor, again


@pytest.mark.parametrize(
    ("offered", "last"),
    [
        (datetime(2027, 2, 1, 9, tzinfo=UTC), date(2027, 2, 8)),
        # The clocks go forward on 28 March 2027, and back on 31 October.
        (datetime(2027, 3, 25, 23, 59, tzinfo=UTC), date(2027, 4, 1)),
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), date(2027, 4, 3)),
        (datetime(2027, 10, 28, 23, 30, tzinfo=UTC), date(2027, 11, 5)),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), date(2027, 11, 7)),
        # It was the first of July here already, whatever the time in UTC.
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), date(2027, 7, 8)),
    ],
)
def test_the_last_day_is_seven_days_of_the_wall_clock_away(offered: datetime, last: date) -> None:
    assert rules.last_day(offered) == last


@given(st.integers(0, 10 * 365 * 24 * 60))
def test_nobody_ever_gets_less_than_seven_whole_days(minutes: int) -> None:
    offered = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    over = clock.from_wall_clock(
        datetime.combine(rules.last_day(offered) + timedelta(days=1), datetime.min.time())
    )
    assert timedelta(days=7) <= over - offered + timedelta(hours=1)
    assert over - offered <= timedelta(days=8, hours=1)


def test_on_the_last_day_it_can_still_be_accepted_until_midnight(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(datetime(2027, 3, 22, 10, tzinfo=UTC))
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach, (LOOK,))
    # 29 March 2027 is Easter Monday, and the clocks went forward the day before.
    assert made.accept_by == date(2027, 3, 29)
    alex = Browser(app).sign_in(people.alex).open("/commitment")
    alex.sees(
        "Accept it by the end of Monday 29 March 2027.",
        "Your Jobcentre is closed on the last day.",
        "call by Thursday 25 March 2027",
    )
    clock_stopped.at(datetime(2027, 3, 29, 22, 59, tzinfo=UTC))
    alex = Browser(app).sign_in(people.alex).open("/commitment").does_not_see("The last day to")
    with app.app_context(), transaction():
        read_all(again(made), people.alex)
        entry = actions.accept(again(made), language="en", review="reviewed", by=actor(people.alex))
    with app.app_context():
        assert not log.event_of(again(entry)).late  # type: ignore[union-attr]


def test_after_the_last_day_it_is_said_and_can_still_be_done(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach, (LOOK,))
    clock_stopped.at(datetime(2027, 2, 9, 0, 1, tzinfo=UTC))
    alex = Browser(app).sign_in(people.alex)
    alex.sees("The last day to accept was Monday 8 February 2027.")
    alex.open("/commitment").sees("You can still accept. Call 0113 496 0100 today")
    alex.press("Read it point by point").press("Accept, or take time to think")
    assert "Take time" not in " ".join(alex.buttons())
    alex.press("Accept the commitment").sees("It came after the last day.")
    with app.app_context():
        assert again(made).state is State.accepted


def test_the_office_may_give_more_days_and_never_fewer(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        made, by = draft(people.alex, people.coach), actor(people.coach)
        with pytest.raises(Refusal, match="too-soon"):
            desk_actions.offer(
                made,
                revision=made.revision,
                accept_by=date(2027, 2, 7),
                staff=again(people.coach),
                by=by,
            )
        desk_actions.offer(
            made,
            revision=made.revision,
            accept_by=date(2027, 2, 12),
            staff=again(people.coach),
            by=by,
        )
        with pytest.raises(Refusal, match="too-soon"):
            desk_actions.give_more_time(made, date(2027, 2, 12), by=by)
        given_once = desk_actions.give_more_time(made, date(2027, 2, 19), by=by)
        assert desk_actions.give_more_time(made, date(2027, 2, 19), by=by) is given_once
        assert made.accept_by == date(2027, 2, 19)


def test_taking_time_twice_is_one_entry_with_one_receipt(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made, by = sent(people.alex, people.coach), actor(people.alex)
        first = actions.take_time(made, by=by)
        assert actions.take_time(made, by=by).receipt == first.receipt
