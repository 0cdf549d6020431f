"""What changed since a reminder was due or queued: it is not sent, or not again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from notifications import reminders
from notifications.models import State
from notifications.policy import CALL, DAY_BEFORE, MORNING, TWO_DAYS
from portal.appointments import actions, desk_actions, office_actions
from portal.appointments.bookings import booking_of
from portal.database import transaction
from tests.notifications.reminding import ALEX, accept, book, reminded, tasks, through
from tests.notifications.sending import rows
from tests.people import (
    SOON,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    work,
)


def test_a_call_is_no_longer_asked_for_once_the_person_answered(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    clock_stopped.at(SOON - timedelta(hours=20))
    work(app)
    assert [what for what, _ in tasks(app)] == [CALL]
    accept(app, people, visit)
    clock_stopped.later(minutes=2)
    work(app)
    assert tasks(app) == []
    # Taken back: somebody has to call after all.
    with app.app_context(), transaction():
        actions.withdraw(again(visit), by=actor(people.alex, "text"))
    clock_stopped.later(minutes=2)
    work(app)
    assert [what for what, _ in tasks(app)] == [CALL]


def test_a_call_that_was_made_is_not_asked_for_again(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    clock_stopped.at(SOON - timedelta(hours=20))
    work(app)
    with app.app_context(), transaction():
        desk_actions.record_contact(
            again(visit), staff=people.coach, way="call", reached=True, by=actor(people.coach)
        )
    clock_stopped.later(minutes=30)
    work(app)
    assert tasks(app) == []


@pytest.mark.parametrize(
    ("back", "kinds"),
    [(50, [TWO_DAYS, DAY_BEFORE, MORNING]), (26, [TWO_DAYS]), (20, [DAY_BEFORE]), (2, [MORNING])],
)
def test_after_a_standstill_only_what_still_makes_sense_goes_out(
    app: Flask, people: People, clock_stopped: StoppedClock, back: int, kinds: list[str]
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    work(app)
    clock_stopped.at(SOON - timedelta(hours=back))
    if back == 50:
        through(app, clock_stopped, SOON)
    else:
        work(app)
    assert [kind for kind, _ in reminded(app)] == kinds


def test_a_worker_that_was_down_until_half_an_hour_before_says_nothing(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    clock_stopped.at(SOON - timedelta(minutes=30))
    work(app)
    assert reminded(app) == []


@pytest.mark.parametrize("what", ["moved", "called off", "asked to cancel", "taken back"])
def test_what_changed_since_it_was_queued_is_not_sent(
    app: Flask, people: People, clock_stopped: StoppedClock, what: str
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    work(app)
    clock_stopped.at(SOON - timedelta(hours=24))
    with app.app_context():
        assert reminders.step()
        clock_stopped.later(seconds=30)
        with transaction():
            person, desk = actor(people.alex), actor(people.coach)
            match what:
                case "moved":
                    moved = booking_of(again(visit))
                    later = type(moved)(**{**vars(moved), "starts_at": SOON + timedelta(days=7)})
                    office_actions.move(again(visit), later, by=desk)
                case "called off":
                    office_actions.call_off(again(visit), why="", by=desk)
                case "asked to cancel":
                    actions.ask_to_cancel(again(visit), by=person)
                case "taken back":
                    actions.withdraw(again(visit), by=person)
    work(app)
    assert reminded(app) == []
    with app.app_context():
        dropped = [row for row in rows() if row.kind == DAY_BEFORE]
        assert [(row.state, row.error) for row in dropped] == [(State.dropped, "no-longer-true")]


def test_an_offer_answered_on_the_web_is_not_made_again(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    work(app)
    clock_stopped.at(SOON - timedelta(hours=48))
    with app.app_context():
        assert reminders.step()
    accept(app, people, visit)
    work(app)
    assert reminded(app) == []


def test_a_moved_appointment_is_reminded_of_at_its_new_time(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    clock_stopped.at(SOON - timedelta(hours=48))
    work(app)
    new = SOON + timedelta(days=5)
    with app.app_context(), transaction():
        moved = booking_of(again(visit))
        later = type(moved)(**{**vars(moved), "starts_at": new})
        office_actions.move(again(visit), later, by=actor(people.coach))
    accept(app, people, visit)
    work(app)
    clock_stopped.at(new - timedelta(hours=48))
    work(app)
    assert [at for kind, at in reminded(app) if kind == TWO_DAYS] == [
        SOON - timedelta(hours=48),
        new - timedelta(hours=48),
    ]


def test_nobody_is_reminded_in_the_middle_of_a_question(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    work(app)
    clock_stopped.at(SOON - timedelta(hours=24, minutes=5))
    phone = Phone(app, ALEX).texts("2")
    echo = phone.received[-1]
    clock_stopped.later(minutes=10)
    assert phone.received[-1] == echo
    clock_stopped.later(minutes=30)
    work(app)
    assert [kind for kind, _ in reminded(app)] == [DAY_BEFORE]
