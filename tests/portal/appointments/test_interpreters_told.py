"""What the office says about an interpreter is kept, and comes by text too: who has no internet
must not have to wonder whether somebody will be there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, interpreter_actions, office_actions
from portal.appointments.bookings import booking_of
from portal.appointments.models import Appointment, How, InterpreterBy
from portal.appointments.rules import Booking
from portal.database import transaction
from tests.people import SOON, People, Phone, actor, again, appointment, recorded, slot
from tests.portal.appointments.interpreted import calls_instead, needed, visit

__all__ = ["needed"]

LATER = SOON + timedelta(days=7)
PARTNER = Actor(Kind.partner, None, Channel.file, Assurance.staff)


@pytest.fixture
def phone(app: Flask, needed: None) -> Phone:
    """The phone of Alex."""
    return Phone(app, "+447700900101")


def moves(app: Flask, people: People, row: Appointment, by: InterpreterBy) -> None:
    with app.app_context(), transaction():
        found = again(row)
        told = vars(booking_of(found)) | {"starts_at": LATER, "interpreter_by": by}
        office_actions.move(found, Booking(**told), by=actor(people.coach))


def corrects(app: Flask, row: Appointment, **said: object) -> None:
    with app.app_context(), transaction():
        found = again(row)
        told = Booking(**(vars(booking_of(found)) | said))
        office_actions.describe_again(found, told, by=PARTNER)


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
    calls_instead(app, people, row)
    phone.reads("No interpreter is booked yet for")
    assert recorded(app, row, "appointments")[-2:] == ["agreed", "interpreter_booked"]


def test_a_correction_that_says_it_is_kept_and_told(
    app: Flask, people: People, phone: Phone
) -> None:
    """A system says more of a visit that stays where it is."""
    row = visit(app, people, InterpreterBy.not_yet)
    corrects(app, row, interpreter_by=InterpreterBy.phone)
    phone.reads("An interpreter is booked for Wed 10 Feb 10:30am. Ref ")
    corrects(app, row, bring_note="Your glasses")
    corrects(app, row, interpreter_by=InterpreterBy.unsaid, interpreter="")
    phone.reads("No interpreter is booked yet for Wed 10 Feb 10:30am. Ref ")
    with app.app_context():
        assert again(row).interpreter_by is InterpreterBy.not_yet, "it waits at the desk"
    assert recorded(app, row, "appointments") == ["offered", *["interpreter_booked"] * 3]


def test_one_that_nobody_had_asked_for_is_missed_too(app: Flask, people: People) -> None:
    """A system booked one for somebody of whom no need is known, and takes it back."""
    with app.app_context(), transaction():
        row = appointment(again(people.alex), interpreter_by=InterpreterBy.phone)
    phone = Phone(app, "+447700900101").reads("An interpreter is booked for")
    corrects(app, row, interpreter_by=InterpreterBy.unsaid)
    phone.reads("No interpreter is booked yet for")


def test_nothing_is_said_to_whoever_needs_none(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        row = appointment(again(people.alex), how=How.phone, caller_name="Priya")
    assert recorded(app, row, "appointments") == ["offered"]
