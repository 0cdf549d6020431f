"""The loop: every step gets its turn, whatever the others do, and it ends when it is told to."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta

import pytest
from flask import Flask, current_app

from notifications import beats, health, queue, worker
from notifications.health import NoWorker, QueueLate
from notifications.models import State
from portal import clock
from portal.database import db, transaction
from tests.notifications.sending import put
from tests.people import StoppedClock


def run_with(
    app: Flask, monkeypatch: pytest.MonkeyPatch, *steps: worker.Step, seconds: float = 60
) -> None:
    monkeypatch.setattr(worker, "steps", lambda: steps)
    stop = threading.Event()
    timer = threading.Timer(seconds, stop.set)
    timer.start()
    try:
        with app.app_context():
            worker.run(Until(stop))
    finally:
        timer.cancel()
    assert not stop.is_set(), "It went on too long."


class Until:
    """Stops when told, or when a step said so."""

    said = threading.Event()

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        Until.said.clear()

    def is_set(self) -> bool:
        return self.stop.is_set() or Until.said.is_set()

    def wait(self, timeout: float) -> bool:
        return self.stop.wait(min(timeout, 0.01))


def test_a_broken_step_does_not_stop_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    turns: list[str] = []

    def broken() -> bool:
        raise ValueError("+447700900101 wrote: I am ill")

    def good() -> bool:
        turns.append("good")
        if len(turns) == 3:
            Until.said.set()
        return False

    run_with(app, monkeypatch, ("broken", broken), ("good", good))
    assert len(turns) == 3
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    broken_lines = [line for line in lines if line.get("step") == "broken"]
    assert broken_lines[0]["error"] == "ValueError"
    assert "test_worker.py" in broken_lines[0]["at"]
    assert "7700900101" not in json.dumps(lines)


def test_each_step_has_an_app_context_of_its_own(app: Flask, monkeypatch: pytest.MonkeyPatch):
    sessions: list[int] = []
    kept = []

    def step() -> bool:
        kept.append(db.session)
        sessions.append(id(db.session))
        assert current_app.name == app.name
        if len(sessions) == 4:
            Until.said.set()
        return True

    run_with(app, monkeypatch, ("one", step), ("two", step))
    assert len(set(sessions)) == 4


def test_it_finishes_the_step_and_ends(app: Flask, monkeypatch: pytest.MonkeyPatch):
    finished: list[str] = []

    def slow() -> bool:
        Until.said.set()
        time.sleep(0.2)
        finished.append("slow")
        return True

    def next_step() -> bool:
        finished.append("next")
        return True

    run_with(app, monkeypatch, ("slow", slow), ("next", next_step))
    assert finished == ["slow"]


def test_once_works_until_nothing_is_left(app: Flask, monkeypatch: pytest.MonkeyPatch):
    left = {"a": 2, "b": 0}

    def a() -> bool:
        if not left["a"]:
            return False
        left["a"] -= 1
        left["b"] += 2
        return True

    def b() -> bool:
        if not left["b"]:
            return False
        left["b"] -= 1
        return True

    monkeypatch.setattr(worker, "steps", lambda: (("b", b), ("a", a)))
    with app.app_context():
        assert worker.once()
    assert left == {"a": 0, "b": 0}


def test_once_says_when_something_broke(app: Flask, monkeypatch: pytest.MonkeyPatch):
    def broken() -> bool:
        raise OSError

    monkeypatch.setattr(worker, "steps", lambda: (("broken", broken),))
    with app.app_context():
        assert not worker.once()


def test_a_sign_of_life(app: Flask, clock_stopped: StoppedClock):
    with app.app_context():
        with pytest.raises(NoWorker):
            health.worker()
        worker.beat()
        first = beats.last("worker")
        clock_stopped.later(seconds=5)
        worker.beat()
        assert beats.last("worker") == first
        assert health.worker() == {"seconds_ago": 5}
        clock_stopped.later(seconds=56)
        with pytest.raises(NoWorker):
            health.worker()
        worker.beat()
        assert beats.last("worker") == clock.now()


def test_how_long_texts_wait(app: Flask, clock_stopped: StoppedClock):
    with app.app_context():
        assert health.queue() == {"waiting": 0, "oldest_seconds": 0, "waiting_for_later": 0}
        put(not_before=clock.now() + timedelta(hours=1))
        assert health.queue() == {"waiting": 0, "oldest_seconds": 0, "waiting_for_later": 1}
        clock_stopped.later(minutes=70)
        assert health.queue() == {"waiting": 1, "oldest_seconds": 600, "waiting_for_later": 0}
        clock_stopped.later(minutes=6)
        with pytest.raises(QueueLate):
            health.queue()


def test_what_waits_behind_one_phone_that_cannot_be_reached_is_not_late(
    app: Flask, clock_stopped: StoppedClock
):
    with app.app_context():
        first = put()
        put()
        for _ in range(8):
            with transaction():
                taken = queue.claim(timedelta(minutes=2))
                assert taken is not None
                assert taken.id == first
                again = clock.now() + timedelta(minutes=30)
                queue.settle(first, queue.Outcome(State.queued, again_at=again))
            clock_stopped.later(minutes=29)
            assert health.queue() == {"waiting": 0, "oldest_seconds": 0, "waiting_for_later": 2}
            clock_stopped.later(minutes=2)
            assert health.queue() == {"waiting": 1, "oldest_seconds": 60, "waiting_for_later": 1}
        # A worker that was killed while it sent left this one, and nobody takes it up.
        with transaction():
            queue.claim(timedelta(minutes=2))
        clock_stopped.later(minutes=4)
        assert health.queue() == {"waiting": 1, "oldest_seconds": 120, "waiting_for_later": 1}
        clock_stopped.later(minutes=14)
        with pytest.raises(QueueLate):
            health.queue()


def test_readiness_tells_of_both(app: Flask, clock_stopped: StoppedClock):
    client = app.test_client()
    found = client.get("/health/ready")
    assert found.status_code == 503
    assert found.json is not None
    assert found.json["checks"]["worker"] == {"ok": False, "error": "NoWorker"}
    with app.app_context():
        worker.beat()
    found = client.get("/health/ready")
    assert found.status_code == 200, found.json
