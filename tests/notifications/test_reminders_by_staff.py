"""Whom staff call or remind, where a text does not do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from notifications.policy import CALL, TELL
from portal import clock
from portal.account import actions as account
from portal.account.models import Way
from portal.appointments import actions
from portal.database import transaction
from tests.notifications.reminding import ALEX, book, reminded, tasks, through
from tests.people import (
    SOON,
    Desk,
    People,
    StoppedClock,
    actor,
    again,
    appointment,
    work,
)


@pytest.mark.parametrize(
    ("way", "number", "first"),
    [
        (Way.letter, ALEX, datetime(2027, 2, 5, 9, 0, tzinfo=UTC)),
        (Way.call, ALEX, datetime(2027, 2, 9, 9, 0, tzinfo=UTC)),
        (Way.letter, None, datetime(2027, 2, 5, 9, 0, tzinfo=UTC)),
    ],
)
def test_whoever_wants_no_texts_or_has_no_number_is_reminded_by_staff(
    app: Flask,
    people: People,
    clock_stopped: StoppedClock,
    way: Way,
    number: str | None,
    first: datetime,
) -> None:
    visit = book(app, people)
    with app.app_context(), transaction():
        alex = again(people.alex)
        account.set_number(alex, number, by=actor(people.coach))
        alex.way = way
        actions.accept(again(visit), by=actor(alex))
    through(app, clock_stopped, first - timedelta(minutes=30))
    with app.app_context(), transaction():
        account.settle_undelivered_texts(people.alex.id)
    clock_stopped.at(first)
    work(app)
    assert tasks(app) == [(TELL, first)]
    through(app, clock_stopped, SOON - timedelta(hours=1))
    assert tasks(app) == [(TELL, first)]
    assert reminded(app) == []


@pytest.mark.parametrize("what", ["stopped", "suspended"])
def test_whoever_cannot_be_texted_and_has_not_answered_is_called(
    app: Flask, people: People, clock_stopped: StoppedClock, what: str
) -> None:
    book(app, people)
    work(app)
    with app.app_context(), transaction():
        alex = again(people.alex)
        if what == "stopped":
            account.stop_texts(alex, by=actor(alex, "text"))
        else:
            alex.number_suspended_at = clock.now()
    through(app, clock_stopped, SOON - timedelta(hours=22), minutes=30)
    assert tasks(app) == [(CALL, datetime(2027, 2, 9, 9, 0, tzinfo=UTC))]
    assert reminded(app) == []


def test_staff_see_whom_to_call_and_whom_to_remind(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    book(app, people)
    with app.app_context(), transaction():
        robin = again(people.stranger)
        robin.way = Way.call
        actions.accept(appointment(robin), by=actor(robin))
    work(app)
    with app.app_context(), transaction():
        account.settle_undelivered_texts(people.stranger.id)
    clock_stopped.at(SOON - timedelta(hours=24))
    work(app)
    desk = Desk(app).sign_in(people.coach)
    desk.open("/staff").sees(
        "Please call: no answer yet about Wednesday 10 February 2027, 10:30am",
        "Please remind them of Wednesday 10 February 2027, 10:30am: they get no texts",
    )
    desk.follow("Alex Morgan").sees("Please talk to them about a coming appointment.")
