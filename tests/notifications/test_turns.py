"""Whose turn it is: each thing is done once in its time, by one of any number of workers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import beats, worker
from notifications.models import Tally
from notifications.tallies import count
from portal.database import db
from tests.people import StoppedClock

EVERY = timedelta(minutes=5)


def test_a_turn_is_taken_once_in_its_time(app: Flask, clock_stopped: StoppedClock) -> None:
    with app.app_context():
        assert [beats.take("this", EVERY) for _ in range(3)] == [True, False, False]
        assert beats.take("that", EVERY)
        clock_stopped.later(minutes=4, seconds=59)
        assert not beats.take("this", EVERY)
        clock_stopped.later(seconds=1)
        assert [beats.take("this", EVERY) for _ in range(2)] == [True, False]
        # A clock that was set back must not stop it for the time it was ahead.
        clock_stopped.later(days=-1)
        assert [beats.take("this", EVERY) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("before", [False, True])
def test_of_workers_who_ask_at_the_same_moment_one_gets_it(
    app: Flask, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    with app.app_context():
        if before:
            beats.take("this", EVERY)
    clock_stopped.later(hours=1)
    together, look = Barrier(4, timeout=20), beats.last

    def looked(name: str) -> object:
        # All of them have seen that it is time before any of them takes it.
        seen = look(name)
        db.session.rollback()
        together.wait()
        return seen

    monkeypatch.setattr(beats, "last", looked)

    def ask(_: int) -> bool:
        with app.app_context():
            return beats.take("this", EVERY)

    with ThreadPoolExecutor(4) as workers:
        assert sorted(workers.map(ask, range(4))) == [False, False, False, True]


def _swept(app: Flask) -> dict[str, int]:
    with app.app_context():
        assert worker.beat() is False
        for name, step in worker.steps():
            if name.startswith("sweep"):
                worker._take(app, name, step)
        return {row.what: row.times for row in db.session.scalars(sa.select(Tally))}


def test_a_sweep_that_breaks_keeps_no_other_back_and_waits_for_its_time(
    app: Flask, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def counted(name: str) -> Callable[[], None]:
        return lambda: count(name)

    def broken() -> None:
        count("broken")
        tries.append("once more")
        raise ValueError

    names = list(worker._SWEEPS)
    assert len(names) == 6
    jobs = {name: counted(name) for name in names} | {names[1]: broken}
    monkeypatch.setattr(worker, "_SWEEPS", jobs)
    good = {name for name in names if name != names[1]}
    assert _swept(app) == dict.fromkeys(good, 1)
    assert _swept(app) == dict.fromkeys(good, 1)
    assert len(tries) == 1
    clock_stopped.later(minutes=5)
    assert _swept(app) == dict.fromkeys(good, 2)
    assert len(tries) == 2
