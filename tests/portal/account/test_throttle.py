"""Counters that every process shares, and that count exactly."""

import pytest
import sqlalchemy as sa
from flask import Flask
from limits import parse

from portal.account import throttle
from portal.account.models import Throttle
from portal.database import db, transaction
from tests.crowd import together
from tests.people import StoppedClock

pytestmark = pytest.mark.usefixtures("clock_stopped")


def allowed(app: Flask, times: int, who: str = "+447700900101") -> list[bool]:
    with app.app_context():
        return [throttle.allow("code for a number", who) for _ in range(times)]


def test_a_limit_lets_so_many_through_and_no_more(app: Flask) -> None:
    assert allowed(app, 7) == [True] * 5 + [False] * 2


def test_each_has_a_limit_of_their_own(app: Flask) -> None:
    allowed(app, 6)
    assert allowed(app, 1, "+447700900102") == [True]
    with app.app_context():
        assert throttle.allow("card", "+447700900101")


def test_a_window_ends(app: Flask, clock_stopped: StoppedClock) -> None:
    allowed(app, 6)
    clock_stopped.later(minutes=14, seconds=59)
    assert allowed(app, 1) == [False]
    clock_stopped.later(seconds=1)
    assert allowed(app, 6) == [True] * 5 + [False]


def test_counting_is_exact_when_many_come_at_once(app: Flask) -> None:
    """Ten doors, fifty tries, five let in. A counter in each process would let in fifty."""
    results = [allow for each in together(*[lambda: allowed(app, 5)] * 10) for allow in each]
    assert (len(results), sum(results)) == (50, 5)


def test_a_try_counts_even_when_what_it_was_for_is_undone(app: Flask) -> None:
    def attempt() -> None:
        assert throttle.allow("code for a number", "x")
        with transaction():
            raise ZeroDivisionError

    for _ in range(5):
        with app.app_context(), pytest.raises(ZeroDivisionError):
            attempt()
    assert allowed(app, 1, "x") == [False]


def test_whose_counter_it_is_cannot_be_read_from_it(app: Flask) -> None:
    allowed(app, 1)
    with app.app_context():
        (key,) = db.session.scalars(sa.select(Throttle.key))
    assert "7700900101" not in key


def test_counters_that_ran_out_are_swept_away(app: Flask, clock_stopped: StoppedClock) -> None:
    allowed(app, 1)
    clock_stopped.later(minutes=10)
    allowed(app, 1, "somebody else")
    clock_stopped.later(minutes=5, seconds=1)
    with app.app_context(), transaction():
        throttle.sweep()
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Throttle)) == 1


def test_the_storage_can_be_asked_and_emptied(app: Flask) -> None:
    storage, item = throttle.SqlStorage(), parse("5 per minute")
    with app.app_context():
        key = item.key_for("x")
        assert (storage.incr(key, 60), storage.incr(key, 60, 3), storage.get(key)) == (1, 4, 4)
        assert storage.check()
        storage.clear(key)
        assert storage.get(key) == 0
        storage.incr(key, 60)
        storage.reset()
        assert storage.get(key) == 0
