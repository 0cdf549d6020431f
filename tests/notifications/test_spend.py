"""The daily limit: reminders wait when it is reached, answers never do, somebody hears of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from notifications import policy, spend
from notifications.models import State
from notifications.policy import CALL, DAY_BEFORE, DIGEST, MORNING, OFFER_AGAIN, TWO_DAYS
from notifications.spend import Level
from notifications.texts import WORDINGS
from portal import clock
from portal.account import sign_in_actions
from portal.actors import Actor
from portal.appointments import actions
from portal.database import transaction
from tests.notifications.dialogues import Talk
from tests.notifications.sending import put, rows, using
from tests.people import SOON, People, StoppedClock, actor, again, appointment, work


@contextmanager
def limited(app: Flask, parts: int) -> Iterator[None]:
    with using(app, settings=replace(app.extensions["settings"], sms_parts_a_day=parts)):
        yield


def used(app: Flask, parts: int, at: datetime) -> None:
    """So many parts have gone out at that moment."""
    with app.app_context():
        found = put(kind="conversation.reply")
        with transaction():
            row = next(each for each in rows() if each.id == found)
            row.state, row.sent_at, row.settled_at = State.delivered, at, at
            row.segments, row.gateway = parts, "local"


def sent(app: Flask, *kinds: str) -> list[str]:
    with app.app_context():
        return [r.kind for r in rows() if r.kind in kinds and r.state is State.delivered]


def stopped(app: Flask) -> list[str]:
    with app.app_context():
        return [r.kind for r in rows() if r.error == spend.SPENT and r.state is State.dropped]


@pytest.mark.parametrize(
    ("parts", "limit", "level"),
    [
        (5, 0, Level.no_limit),
        (0, 10, Level.below),
        (7, 10, Level.below),
        (8, 10, Level.near),
        (9, 10, Level.near),
        (10, 10, Level.reached),
        (11, 10, Level.reached),
        (799, 1000, Level.below),
        (800, 1000, Level.near),
    ],
)
def test_how_far_the_days_parts_are_used(parts: int, limit: int, level: Level) -> None:
    assert spend.level(parts, limit) is level


def test_only_reminders_and_the_digest_ever_stop() -> None:
    assert policy.TEXTS | {DIGEST, policy.COMMITMENT} == spend.STOPS
    answers = {kind for kind in WORDINGS if kind not in spend.STOPS}
    assert {"account.code", "account.concern", "appointments.accepted", "appointments.offer"} <= (
        answers
    )


@pytest.mark.parametrize("kind", [TWO_DAYS, DAY_BEFORE, MORNING])
def test_a_reminder_is_not_sent_when_the_days_parts_are_used(
    app: Flask, people: People, clock_stopped: StoppedClock, kind: str
) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
        actions.accept(visit, by=actor(people.alex))
    work(app)
    clock_stopped.at(SOON - timedelta(hours={TWO_DAYS: 48, DAY_BEFORE: 24, MORNING: 2}[kind]))
    used(app, 50, clock.now() - timedelta(minutes=1))
    with limited(app, 50):
        work(app)
        assert sent(app, kind) == []
        assert stopped(app) == [kind]
    with limited(app, 51):
        clock_stopped.later(minutes=2)
        work(app)
        assert sent(app, kind) == [], "what was stopped is not sent later as if nothing had been"


def test_with_room_left_the_reminder_goes(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        actions.accept(appointment(again(people.alex)), by=actor(people.alex))
    work(app)
    clock_stopped.at(SOON - timedelta(hours=48))
    used(app, 49, clock.now() - timedelta(minutes=1))
    with limited(app, 50):
        work(app)
    assert sent(app, TWO_DAYS) == [TWO_DAYS]


def test_the_limit_counts_from_midnight_by_the_wall_clock(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(clock.from_wall_clock(datetime(2027, 6, 1, 12)))  # noqa: DTZ001
    used(app, 3, clock.from_wall_clock(datetime(2027, 6, 1, 0, 1)))  # noqa: DTZ001
    used(app, 5, clock.from_wall_clock(datetime(2027, 5, 31, 23, 59)))  # noqa: DTZ001
    with app.app_context():
        assert spend.used_today() == 3


def test_answers_receipts_offers_and_codes_never_stop(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    used(app, 100, clock.now())
    talk = Talk(app, clock_stopped, people.alex)
    with limited(app, 10):
        talk.offered()
        talk.hears("1 ")
        talk.says("1").hears_receipt_of("accepted")
        talk.says("HELP").says("i want to kill myself")
        with app.app_context(), transaction():
            sign_in_actions.ask_for_code(talk.number, by=Actor.system())
        talk.settles()
    assert stopped(app) == []
    assert {"appointments.offer", "appointments.accepted", "account.concern", "account.code"} <= (
        set(sent(app, *WORDINGS))
    )
    assert sent(app, "conversation.reply")


def test_who_has_not_answered_is_still_called_by_staff(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    talk = Talk(app, clock_stopped, people.alex)
    talk.offered()
    clock_stopped.at(SOON - timedelta(hours=48))
    used(app, 50, clock.now() - timedelta(minutes=1))
    with limited(app, 50):
        talk.settles()
        assert stopped(app) == [OFFER_AGAIN]
        clock_stopped.at(SOON - timedelta(hours=24))
        used(app, 50, clock.now() - timedelta(minutes=1))
        talk.settles()
    assert CALL in talk.tasks()


def test_what_was_stopped_is_told_in_the_digest_of_the_next_working_day(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        actions.accept(appointment(again(people.alex)), by=actor(people.alex))
    work(app)
    clock_stopped.at(SOON - timedelta(hours=44))
    used(app, 50, clock.now() - timedelta(minutes=1))
    with limited(app, 50):
        work(app)
        assert stopped(app) == [TWO_DAYS]
        clock_stopped.at(clock.from_wall_clock(datetime(2027, 2, 9, 10)))  # noqa: DTZ001
        used(app, 50, clock.now() - timedelta(minutes=1))
        work(app)
        assert sent(app, DIGEST) == [], "this day's parts are used as well"
        assert stopped(app) == [TWO_DAYS]
    clock_stopped.later(minutes=5)
    work(app)
    assert sent(app, DIGEST) == [DIGEST]


def test_a_reminder_that_waits_in_the_queue_stops_too(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    """The limit may be reached between queueing and sending: the last look counts."""
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
        actions.accept(visit, by=actor(people.alex))
    work(app)
    clock_stopped.later(minutes=1)
    with app.app_context():
        put(claimant_id=people.alex.id, kind=DAY_BEFORE, regarding=visit.id, body="x")
    used(app, 50, clock.now())
    with limited(app, 50):
        work(app)
    assert stopped(app) == [DAY_BEFORE]


def test_the_log_says_it_once_a_day_at_eighty_percent_and_at_the_limit(
    app: Flask,
    people: People,
    clock_stopped: StoppedClock,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def heard() -> list[str]:
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return [line["how_far"] for line in lines if line["event"] == "spend"]

    with limited(app, 100):
        used(app, 79, clock.now())
        work(app)
        assert heard() == []
        used(app, 1, clock.now())
        for minutes in (2, 4, 6):
            clock_stopped.later(minutes=minutes)
            work(app)
        assert heard() == ["near"]
        used(app, 20, clock.now())
        for minutes in (2, 4):
            clock_stopped.later(minutes=minutes)
            work(app)
        assert heard() == ["reached"]
        clock_stopped.later(days=1)
        used(app, 90, clock.now())
        work(app)
        assert heard() == ["near"]


def test_nothing_is_asked_of_the_database_where_there_is_no_limit(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spend, "used_today", lambda: 1 / 0)
    with app.app_context():
        assert spend.level_now() is Level.no_limit
        assert not spend.stops(DAY_BEFORE)
