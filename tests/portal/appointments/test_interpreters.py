"""Whether an interpreter comes: asked at every booking and move, and said when none came."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import (
    actions,
    bookings,
    desk_actions,
    interpreter_actions,
    office_actions,
    queries,
    report_actions,
)
from portal.appointments.models import Appointment, How, InterpreterBy
from portal.appointments.rules import Booking
from portal.database import transaction
from portal.refusals import Refusal
from tests.people import (
    NOW,
    SOON,
    Browser,
    Desk,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    appointment,
    recorded,
    slot,
)
from tests.portal.appointments.interpreted import calls_instead, needed, visit

__all__ = ["needed"]

LATER = SOON + timedelta(days=7)
PARTNER = Actor(Kind.partner, None, Channel.file, Assurance.staff)


def now(app: Flask, row: Appointment) -> Appointment:
    with app.app_context():
        return again(row)


def state(app: Flask, row: Appointment) -> tuple[InterpreterBy, str, int]:
    found = now(app, row)
    return found.interpreter_by, found.interpreter, found.minutes


def waiting(app: Flask, people: People) -> int:
    with app.app_context():
        return queries.how_many_without_interpreter(people.office.id)


@pytest.mark.usefixtures("needed")
def test_the_desk_is_asked_and_the_time_is_doubled(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/book")
    desk.sees("They need an interpreter: Dari (Herat).", "A visit takes twice as long.")
    assert desk.value("minutes") == "20"
    desk.fill(day=["3", "3", "2027"], time="2:30pm", purpose="support").choose("In person")
    desk.press("Book and tell them", 422).sees("Say if an interpreter will come.")
    desk.choose("Not yet. Put it on the list of what waits.").press("Book and tell them")
    desk.press("See the appointment").sees("Needed, and not booked yet", "20")
    desk.open("/staff").sees("No interpreter booked yet: 1").press("Book an interpreter")
    assert desk.value("interpreter") == "Dari (Herat)"
    desk.choose("Yes, by telephone or video call").press("Save").press("See the appointment")
    desk.sees("Dari (Herat), by telephone or video call")
    assert waiting(app, people) == 0
    alex = (
        Browser(app)
        .sign_in(people.alex)
        .open("/appointments")
        .follow("Wednesday 3 March 2027, 2:30pm")
    )
    alex.sees("Booked, by telephone: Dari (Herat)")
    alex.open("/record").sees("Your Jobcentre booked an interpreter by telephone")


def test_nobody_is_asked_for_whoever_needs_none(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/book")
    desk.does_not_see("Is an interpreter booked for this time?")
    assert desk.value("minutes") == "10"


@pytest.mark.usefixtures("needed")
def test_the_rule_asks_staff_whatever_the_door(app: Flask, people: People) -> None:
    booking = Booking(SOON, How.in_person, "support")
    with app.app_context(), transaction(), pytest.raises(Refusal, match="interpreter"):
        office_actions.book(again(people.alex), booking, by=actor(people.coach))


@pytest.mark.usefixtures("needed")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({}, (InterpreterBy.not_yet, "", 20)),
        ({"minutes": "30"}, (InterpreterBy.not_yet, "", 30)),
        ({"minutes": "10"}, (InterpreterBy.not_yet, "", 10)),
        ({"interpreter": "Dari"}, (InterpreterBy.in_person, "Dari", 20)),
        ({"interpreter_by": "phone"}, (InterpreterBy.phone, "Dari (Herat)", 20)),
        ({"interpreter": "Dari", "interpreter_by": "not_yet"}, (InterpreterBy.not_yet, "", 20)),
    ],
)
def test_a_system_is_not_asked(
    app: Flask, people: People, said: dict[str, str], kept: tuple[object, ...]
) -> None:
    columns = {"starts_at": SOON.isoformat(), "how": "in_person", "purpose": "support"}
    with app.app_context(), transaction():
        booking = bookings.read_booking(columns | said)
        made = office_actions.book(again(people.alex), booking, by=PARTNER)
    assert state(app, made) == kept
    assert waiting(app, people) == (kept[0] is InterpreterBy.not_yet)


def test_a_word_that_is_no_answer_is_named(shared_app: Flask) -> None:
    columns = {"starts_at": SOON.isoformat(), "how": "in_person", "purpose": "support"}
    with shared_app.test_request_context(), pytest.raises(bookings.BadBooking) as bad:
        bookings.read_booking(columns | {"interpreter_by": "by owl"})
    assert bad.value.errors == {
        "interpreter_by": ["Write one of these, or nothing: not_yet, phone, in_person."]
    }


@pytest.mark.usefixtures("needed")
def test_whoever_was_booked_does_not_come_at_another_time(app: Flask, people: People) -> None:
    row = visit(app, people, InterpreterBy.in_person)
    assert state(app, row) == (InterpreterBy.in_person, "Dari (Herat)", 10)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/appointments/{row.id}/move")
    desk.fill(day=["17", "2", "2027"]).press("Move and tell them", 422)
    desk.sees("Say if an interpreter will come.")
    desk.choose("Yes, in the same room").press("Move and tell them")
    assert state(app, row)[:2] == (InterpreterBy.in_person, "Dari (Herat)")
    with app.app_context(), transaction():
        found = again(row)
        moved = bookings.booking_of(found)
        moved = Booking(**{**vars(moved), "starts_at": LATER + timedelta(days=1)})
        office_actions.describe_again(found, moved, by=PARTNER)
    assert state(app, row)[:2] == (InterpreterBy.not_yet, "")


@pytest.mark.usefixtures("needed")
def test_a_free_time_takes_the_next_one_along_and_asks_again(app: Flask, people: People) -> None:
    row = visit(app, people, InterpreterBy.phone)
    with app.app_context(), transaction():
        first = slot(people.office, LATER)
        second = slot(people.office, LATER + timedelta(minutes=10))
        third = slot(people.office, LATER + timedelta(minutes=20))
    with app.app_context(), transaction():
        actions.pick_time(again(row), again(first), by=actor(people.alex))
    assert state(app, row) == (InterpreterBy.not_yet, "", 20)
    assert waiting(app, people) == 1
    with app.app_context():
        assert [again(each).taken_by for each in (first, second, third)] == [row.id, row.id, None]
    with app.app_context(), transaction():
        actions.pick_time(again(row), again(third), by=actor(people.alex))
    assert state(app, row)[2] == 10, "no time follows that one"
    with app.app_context():
        assert [again(each).taken_by for each in (first, second)] == [None, None]


@pytest.mark.usefixtures("needed")
def test_a_phone_call_needs_no_interpreter_in_the_room(app: Flask, people: People) -> None:
    row = visit(app, people, InterpreterBy.in_person)
    calls_instead(app, people, row)
    assert state(app, row)[0] is InterpreterBy.not_yet


@pytest.mark.usefixtures("needed")
def test_nothing_is_booked_for_what_is_over(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    row = visit(app, people, InterpreterBy.not_yet)
    clock_stopped.at(SOON + timedelta(minutes=11))
    with app.app_context(), transaction(), pytest.raises(Refusal, match="started"):
        interpreter_actions.book_interpreter(
            again(row), InterpreterBy.phone, by=actor(people.coach)
        )
    assert waiting(app, people) == 0


@pytest.mark.usefixtures("needed")
def test_no_interpreter_came_on_the_web(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    row = visit(app, people, InterpreterBy.in_person)
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{row.id}")
    assert "No interpreter came" not in alex.buttons()
    with app.app_context(), transaction(), pytest.raises(Refusal, match="not-now"):
        report_actions.no_interpreter_came(again(row), by=actor(people.alex))
    clock_stopped.at(SOON + timedelta(minutes=15))
    with app.app_context(), transaction():
        desk_actions.record_outcome(again(row), happened=True, by=actor(people.coach))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{row.id}")
    alex.press("No interpreter came")
    assert alex.heading == "Recorded: no interpreter came"
    alex.sees("It was not your doing.", "Recorded on Wednesday 10 February 2027 at 10:45am.")
    receipt = alex.path
    alex.open(f"/appointments/{row.id}").does_not_see("No interpreter came")
    alex.post(f"/appointments/{row.id}/no-interpreter")
    assert alex.path == receipt, "twice is once"
    Phone(app, "+447700900101").reads("no interpreter came on", "Staff see this now.")
    desk = Desk(app).sign_in(people.coach).open("/staff").sees("Says that no interpreter came")
    desk.press("Open").sees("It was not their doing.").press("I have dealt with this")
    alex.open(f"/appointments/{row.id}").sees("Your Jobcentre has dealt with this.")
    clock_stopped.at(SOON + timedelta(days=7))
    with app.app_context(), transaction(), pytest.raises(Refusal, match="not-now"):
        report_actions.no_interpreter_came(again(row), by=actor(people.alex))


def test_it_can_be_taken_back_and_staff_can_write_it_down(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        row = appointment(again(people.alex), NOW + timedelta(minutes=5), interpreter="Dari")
    clock_stopped.later(minutes=10)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/appointments/{row.id}/told")
    desk.choose("No interpreter came").press("Record this for them")
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{row.id}")
    alex.sees("you said that no interpreter came.").press("Take this back")
    assert recorded(app, row, "appointments")[1:] == ["no_interpreter_came", "report_withdrawn"]
