"""The office's side of an appointment: book, move, call off, get in touch, say what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.appointments import actions
from portal.appointments.models import Answer, Appointment, ContactAttempt, How, Status
from portal.database import db, transaction
from portal.record import log
from tests.people import (
    SOON,
    Browser,
    Desk,
    People,
    StoppedClock,
    actor,
    again,
    appointment,
    claimant,
)

WHEN = {"day": ["3", "3", "2027"], "time": "2:30pm"}


def book(desk: Desk, people: People, status: int = 200, **more: Any) -> Desk:
    desk.open(f"/staff/people/{people.alex.id}/book").fill(**(WHEN | {"minutes": "20"} | more))
    return desk.choose("In person").fill(purpose="support").press("Book and tell them", status)


def booked(app: Flask) -> list[Appointment]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Appointment).order_by(Appointment.starts_at)))


def last_kind(app: Flask, people: People) -> str:
    with app.app_context():
        return log.entries(people.alex.id)[0].kind


def test_booking_offers_the_appointment_to_the_person(
    app: Flask, people: People, desk: Desk
) -> None:
    book(desk, people, bring_note="Any letter you\u202e worry about", interpreter="Arabic")
    assert desk.heading == "The appointment is booked"
    desk.press("See the appointment").sees(
        "Not answered yet Wednesday 3 March 2027, 2:30pm",
        "In person: 12 Park Row, Leeds LS1 5HD",
        "Any letter you worry about",
        "To talk about the help you can get.",
    )
    (made,) = booked(app)
    assert (made.minutes, made.how, made.coach_id) == (20, How.in_person, people.coach.id)
    alex = Browser(app).sign_in(people.alex)
    alex.open(f"/appointments/{made.id}").sees("Booked: Arabic", "Accept")


def test_booking_twice_by_accident_books_once(app: Flask, people: People, desk: Desk) -> None:
    receipt = book(desk, people).path
    assert desk.again().path == receipt
    assert len(booked(app)) == 1
    book(desk, people)
    assert len(booked(app)) == 2


def test_a_bad_booking_says_what_to_put_right_and_keeps_the_rest(
    app: Flask, people: People, desk: Desk
) -> None:
    desk.open(f"/staff/people/{people.alex.id}/book")
    desk.fill(day=["30", "2", "2027"], time="half two", minutes="many", purpose="other")
    desk.fill(place="Room 4", with_name="Tom Reid").choose("Your CV, if you have one")
    desk.press("Book and tell them", 422).sees(
        "Write the day as three numbers, like 3 2 2027.",
        "Write a time like 10:30 or 2:30pm.",
        "Write how many minutes it takes, from 1 to 480.",
        "Choose how you meet.",
        "Say in plain words what the appointment is for.",
    )
    assert desk.value("day") == ["30", "2", "2027"]
    assert desk.value("time") == "half two"
    assert desk.value("place") == "Room 4"
    assert desk.value("bring") == "cv"
    assert booked(app) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"day": ["31", "1", "2027"]}, "Choose a time that has not passed yet."),
        ({"time": "2:30"}, "Write am or pm too, like 2:30pm, or use the 24-hour clock."),
        ({"place": "x" * 10_000}, "Use at most 500 characters here. There are 10000."),
        ({"how": "by pigeon"}, "Choose one of the answers."),
        ({"purpose": "gossip"}, "Choose one of the answers."),
        ({"bring": "a_cake"}, "We do not know a_cake."),
        ({"how": "phone", "caller_name": ""}, "Say who will call."),
        ({"how": "video"}, "Say how the person gets the link for the video call."),
    ],
)
def test_nothing_is_booked_that_could_not_be_kept(
    app: Flask, people: People, desk: Desk, values: dict[str, Any], said: str
) -> None:
    fine = WHEN | {"minutes": "10", "how": "in_person", "purpose": "support"}
    path = f"/staff/people/{people.alex.id}/book"
    desk.open(path).post(path, 422, **(fine | values)).sees(said)
    assert booked(app) == []


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        (["28", "3", "2027"], "1:30am", "2027-03-28T01:30"),
        (["31", "10", "2027"], "1:30am", "2027-10-31T00:30"),
        (["29", "2", "2028"], "10:30", "2028-02-29T10:30"),
        (["٣", "٣", "٢٠٢٧"], "14.30", "2027-03-03T14:30"),
    ],
)
def test_odd_days_and_nights(
    app: Flask, people: People, desk: Desk, day: list[str], time: str, utc: str
) -> None:
    book(desk, people, day=day, time=time)
    assert booked(app)[0].starts_at.isoformat().startswith(utc)


def move(desk: Desk, visit: Appointment, status: int = 200, **more: Any) -> Desk:
    desk.open(f"/staff/appointments/{visit.id}/move").fill(**(WHEN | more))
    return desk.press("Move and tell them", status)


def test_moving_voids_the_answer_and_asks_again(
    app: Flask, people: People, desk: Desk, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        actions.accept(again(visit), by=actor(people.alex))
    move(desk, visit, why="Priya is away.")
    assert desk.heading == "The appointment is moved"
    with app.app_context():
        found = again(visit)
        assert (found.answer, found.moved_from) == (Answer.none, SOON)
        assert (found.with_name, found.purpose) == ("Priya Shah", "work_search_review")
    desk.press("See the appointment").sees("Not answered yet", "Time before")
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.sees("Your appointment has a new time", "Accept")


def test_moving_twice_by_accident_moves_once(app: Flask, desk: Desk, visit: Appointment) -> None:
    move(desk, visit).again(409)
    desk.sees("Nothing new was recorded", "This appointment changed a moment ago.")
    desk.press("Look again").sees("Wednesday 3 March 2027, 2:30pm")


def test_an_answer_that_came_meanwhile_is_not_overruled_unseen(
    app: Flask, people: People, desk: Desk, visit: Appointment
) -> None:
    for action, button in (("move", "Move and tell them"), ("call-off", "Call off and tell them")):
        desk.open(f"/staff/appointments/{visit.id}/{action}")
        if action == "move":
            desk.fill(**WHEN)
        with app.app_context(), transaction():
            actions.ask_for_phone_call(again(visit), by=actor(people.alex))
            actions.withdraw(again(visit), by=actor(people.alex))
        desk.press(button, 409).sees("This appointment changed a moment ago.")
    with app.app_context():
        assert (again(visit).starts_at, again(visit).status) == (SOON, Status.booked)


def test_the_same_time_is_no_move(desk: Desk, visit: Appointment) -> None:
    move(desk, visit, 422, day=["10", "2", "2027"], time="10:30").sees(
        "The new time is the same as the old one."
    )


def test_a_move_to_a_phone_call_needs_a_caller(app: Flask, desk: Desk, visit: Appointment) -> None:
    desk.open(f"/staff/appointments/{visit.id}/move").choose("By phone")
    desk.press("Move and tell them", 422).sees("Say who will call.")
    desk.fill(caller_name="Tom", caller_number="0113 496 0111").press("Move and tell them")
    with app.app_context():
        assert again(visit).how is How.phone


def test_calling_off(app: Flask, people: People, desk: Desk, visit: Appointment) -> None:
    desk.open(f"/staff/appointments/{visit.id}").press("Call it off")
    desk.fill(why="The office is closed.").press("Call off and tell them")
    assert desk.heading == "The appointment is called off"
    desk.again()
    assert desk.heading.startswith("Called off")
    assert "Move the appointment" not in desk.buttons()
    with app.app_context():
        kinds = [entry.kind for entry in log.entries_about(people.alex.id, visit.id)]
    assert kinds.count("appointments.called_off") == 1
    move(desk, visit, 409).sees("This appointment was called off.")


def test_nothing_is_moved_once_it_has_started(
    app: Flask, people: People, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(SOON)
    desk = Desk(app).sign_in(people.coach)
    move(desk, visit, 409).sees("This appointment has started already.")


def test_getting_in_touch_is_recorded_once(
    app: Flask, people: People, desk: Desk, visit: Appointment
) -> None:
    desk.open(f"/staff/appointments/{visit.id}/contact").sees("07700 900101", "By text")
    desk.press("Record this", 422).sees("Choose how you tried.", "Choose yes or no.")
    desk.choose("Phone call").choose("Yes").fill(note="She comes. \x07").press("Record this")
    assert desk.heading == "Your contact is recorded"
    desk.again().sees("Phone call, Monday 1 February 2027, 9:00am: reached.", "She comes.")
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(ContactAttempt.id))) == 1


@pytest.mark.parametrize(
    ("label", "state", "kind"),
    [
        ("Yes, we met or talked", "It took place", "appointments.attended"),
        ("No, it did not happen", "It did not happen", "appointments.missed"),
    ],
)
def test_what_came_of_it_is_said_without_blame(
    app: Flask,
    people: People,
    visit: Appointment,
    clock_stopped: StoppedClock,
    label: str,
    state: str,
    kind: str,
) -> None:
    clock_stopped.at(SOON + timedelta(hours=1))
    desk = Desk(app).sign_in(people.coach).open(f"/staff/appointments/{visit.id}")
    desk.press("Say what came of it").sees("It does not say whose doing it was.")
    desk.choose(label).press("Record this")
    assert last_kind(app, people) == kind
    desk.again()
    assert desk.heading.startswith(state)
    with app.app_context():
        assert len(log.entries_about(people.alex.id, visit.id)) == 2


def test_an_outcome_can_be_put_right(
    app: Flask, people: People, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(SOON + timedelta(hours=1))
    desk = Desk(app).sign_in(people.coach)
    for label in ("No, it did not happen", "Yes, we met or talked"):
        desk.open(f"/staff/appointments/{visit.id}/outcome").choose(label).press("Record this")
    assert last_kind(app, people) == "appointments.attended"


def test_no_outcome_before_the_start_or_of_what_was_called_off(
    desk: Desk, visit: Appointment
) -> None:
    path = f"/staff/appointments/{visit.id}"
    desk.open(path).does_not_see("Say what came of it")
    desk.open(f"{path}/outcome").choose("Yes, we met or talked").press("Record this", 409)
    desk.sees("This appointment has not started yet.")
    desk.open(f"{path}/call-off").press("Call off and tell them")
    desk.open(f"{path}/outcome").choose("Yes, we met or talked").press("Record this", 409)
    desk.sees("This appointment was called off.")


def test_one_persons_booking_does_not_become_anothers(
    app: Flask, people: People, desk: Desk, visit: Appointment
) -> None:
    """The id that a page makes is not trusted to be free."""
    path = f"/staff/people/{people.stranger.id}/book"
    fine = WHEN | {"minutes": "10", "how": "in_person", "purpose": "support"}
    desk.open(path).post(path, 409, _once=str(visit.id), **fine)
    assert len(booked(app)) == 1
    with app.app_context(), transaction():
        elsewhere = appointment(claimant(again(people.other_office)))
    desk.open(path).post(path, 409, _once=str(elsewhere.id), **fine)
    desk.open(path).post(path, _once="not an id", **fine)
    assert desk.heading == "The appointment is booked"
