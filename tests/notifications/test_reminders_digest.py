"""What was held back is told together, on the next working day, if it still holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest
from flask import Flask

from notifications import caps, reminders
from notifications.policy import DIGEST, TWO_DAYS
from portal import clock
from portal.account import actions as account
from portal.appointments import office_actions
from portal.database import transaction
from tests.notifications.capped import ALEX, THREE, accepted, at, held, sent
from tests.people import (
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    work,
)


def test_what_is_held_back_is_told_in_one_text_at_ten_on_the_next_working_day(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    accepted(app, people, *THREE)
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    clock_stopped.at(at(2027, 2, 9, 9, 59))
    work(app)
    assert sent(app, DIGEST) == []
    clock_stopped.at(at(2027, 2, 9, 10, 0))
    work(app)
    assert sent(app, DIGEST) == [(DIGEST, at(2027, 2, 9, 10, 0))]
    text = Phone(app, ALEX).received[-1]
    assert text == "Your next appointments. Text NEXT for more.\nWed 10 Feb 2:30pm"
    # Once, and it asks nothing.
    clock_stopped.later(hours=1)
    work(app)
    assert len(sent(app, DIGEST)) == 1
    assert "Reply" not in text


def test_a_discreet_digest_does_not_say_where_it_comes_from(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    accepted(app, people, *THREE)
    with app.app_context(), transaction():
        account.choose_discreet(again(people.alex), True, by=actor(people.alex))
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    clock_stopped.at(at(2027, 2, 9, 10, 0))
    assert Phone(app, ALEX).received[-1] == "Reminder:\nWed 10 Feb 2:30pm"


@pytest.mark.parametrize(
    ("nation", "told"),
    [("england", at(2027, 3, 30, 10, 0)), ("scotland", at(2027, 3, 29, 10, 0))],
)
def test_no_digest_on_a_bank_holiday_of_the_offices_nation(
    app: Flask, people: People, clock_stopped: StoppedClock, nation: str, told: datetime
) -> None:
    with app.app_context(), transaction():
        again(people.office).nation = nation
    clock_stopped.at(at(2027, 3, 22, 9, 0))
    tuesday = at(2027, 3, 30, 13, 0)
    accepted(app, people, *(tuesday + timedelta(hours=n) for n in range(3)))
    clock_stopped.at(at(2027, 3, 28, 16, 0))  # Easter Sunday.
    work(app)
    assert len(sent(app, TWO_DAYS)) == 2
    for day in (29, 30):
        clock_stopped.at(at(2027, 3, day, 10, 0))
        work(app)
    assert sent(app, DIGEST) == [(DIGEST, told)]


@pytest.mark.parametrize("what", ["called off", "stopped", "started"])
def test_a_digest_tells_only_what_still_holds(
    app: Flask, people: People, clock_stopped: StoppedClock, what: str
) -> None:
    found = accepted(app, people, *THREE)
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    assert held(app) == [caps.HELD]
    with app.app_context(), transaction():
        if what == "called off":
            office_actions.call_off(again(found[2]), why="", by=actor(people.coach))
        elif what == "stopped":
            account.stop_texts(again(people.alex), by=actor(people.alex))
    day = 11 if what == "started" else 9
    clock_stopped.at(at(2027, 2, day, 10, 0))
    work(app)
    assert sent(app, DIGEST) == []
    assert caps.OVERTAKEN in held(app)


def test_a_digest_that_is_no_longer_true_is_not_sent(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    found = accepted(app, people, *THREE)
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    clock_stopped.at(at(2027, 2, 9, 10, 0))
    with app.app_context():
        assert reminders.step()
        clock_stopped.later(seconds=20)
        with transaction():
            office_actions.call_off(again(found[2]), why="", by=actor(people.coach))
    work(app)
    assert sent(app, DIGEST) == []


def test_a_digest_is_found_untrue_while_the_clock_runs_on(
    app: Flask, people: People, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = accepted(app, people, *THREE)
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    clock_stopped.at(at(2027, 2, 9, 10, 0))
    stood, looks = clock.now(), count()
    monkeypatch.setattr(clock, "now", lambda: stood + timedelta(milliseconds=next(looks)))
    with app.app_context():
        assert reminders.step()
        with transaction():
            office_actions.call_off(again(found[2]), why="", by=actor(people.coach))
    work(app)
    assert sent(app, DIGEST) == []
