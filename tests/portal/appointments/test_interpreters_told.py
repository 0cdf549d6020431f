"""What the office says about an interpreter is kept, and comes by text too: who has no internet
must not have to wonder whether somebody will be there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.account.interpreter_actions import Need, say_need
from portal.account.interpreter_models import Help
from portal.appointments import actions, interpreter_actions, office_actions
from portal.appointments.bookings import booking_of
from portal.appointments.models import Appointment, How, InterpreterBy
from portal.appointments.rules import Booking
from portal.database import transaction
from tests.people import SOON, People, Phone, actor, again, appointment, recorded, slot

LATER = SOON + timedelta(days=7)


@pytest.fixture
def phone(app: Flask, people: People) -> Phone:
    """The phone of Alex, who speaks Dari."""
    with app.app_context(), transaction():
        say_need(again(people.alex), Need(Help.spoken, "Dari"), by=actor(people.alex))
    return Phone(app, "+447700900101")


def visit(app: Flask, people: People, by: InterpreterBy) -> Appointment:
    with app.app_context(), transaction():
        return appointment(
            again(people.alex), by=people.coach, interpreter_by=by, minutes_said=True
        )


def moves(app: Flask, people: People, row: Appointment, by: InterpreterBy) -> None:
    with app.app_context(), transaction():
        found = again(row)
        told = vars(booking_of(found)) | {"starts_at": LATER, "interpreter_by": by}
        office_actions.move(found, Booking(**told), by=actor(people.coach))


def test_it_is_told_along_with_the_booking(app: Flask, people: People, phone: Phone) -> None:
    row = visit(app, people, InterpreterBy.phone)
    offer, told = phone.received
    assert "Reply 1 accept" in offer
    assert told.startswith("An interpreter is booked for Wed 10 Feb 10:30am. Ref ")
    assert recorded(app, row, "appointments") == ["offered", "interpreter_booked"]
    phone.texts("1").reads("Accepted:")


def test_it_is_told_when_it_is_settled_later(app: Flask, people: People, phone: Phone) -> None:
    row = visit(app, people, InterpreterBy.not_yet)
    assert len(phone.received) == 1, "that none is booked yet is on the page"
    assert recorded(app, row, "appointments") == ["offered", "interpreter_booked"]
    with app.app_context(), transaction():
        office = actor(people.coach)
        interpreter_actions.book_interpreter(again(row), InterpreterBy.in_person, by=office)
    phone.reads("An interpreter is booked for")


def test_whoever_had_one_hears_that_nobody_is_booked(
    app: Flask, people: People, phone: Phone
) -> None:
    row = visit(app, people, InterpreterBy.in_person)
    with app.app_context(), transaction():
        office = actor(people.coach)
        interpreter_actions.book_interpreter(again(row), InterpreterBy.not_yet, by=office)
    phone.reads("No interpreter is booked yet for Wed 10 Feb 10:30am. Ref ")


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (InterpreterBy.phone, "An interpreter is booked for Wed 17 Feb"),
        (InterpreterBy.not_yet, "No interpreter is booked yet for Wed 17 Feb"),
    ],
)
def test_a_move_says_it_again(
    app: Flask, people: People, phone: Phone, by: InterpreterBy, said: str
) -> None:
    row = visit(app, people, InterpreterBy.phone)
    moves(app, people, row, by)
    phone.reads(said)
    assert recorded(app, row, "appointments")[2:] == ["moved", "interpreter_booked"]


def test_a_time_that_was_picked_has_nobody_yet(app: Flask, people: People, phone: Phone) -> None:
    row = visit(app, people, InterpreterBy.phone)
    with app.app_context(), transaction():
        free = slot(people.office, LATER)
        actions.pick_time(again(row), free, by=actor(people.alex))
    phone.reads("No interpreter is booked yet for Wed 17 Feb")


def test_a_call_has_nobody_in_the_room(app: Flask, people: People, phone: Phone) -> None:
    row = visit(app, people, InterpreterBy.in_person)
    with app.app_context(), transaction():
        actions.ask_for_phone_call(again(row), by=actor(people.alex))
        request = again(row).open_request
        assert request is not None
        office_actions.agree(
            request, caller_name="Priya", caller_number="0113 496 0111", by=actor(people.coach)
        )
    phone.reads("No interpreter is booked yet for")
    assert recorded(app, row, "appointments")[-2:] == ["agreed", "interpreter_booked"]


def test_nothing_is_said_to_whoever_needs_none(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        row = appointment(again(people.alex), how=How.phone, caller_name="Priya")
    assert recorded(app, row, "appointments") == ["offered"]
