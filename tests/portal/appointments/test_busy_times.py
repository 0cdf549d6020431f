"""Times at which a person can never come: said once, checked before one is offered (facts 10,
scenario 6)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask

from portal.appointments import slot_queries
from portal.appointments.busy_actions import Busy, busy_times, clashes, say_busy_times
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal
from tests.people import NOW, Browser, Desk, People, actor, again, appointment, slot

SCHOOL = Busy(2, time(14, 45), time(15, 45))
"""Wednesdays."""


@pytest.mark.parametrize(
    ("at", "minutes", "clash"),
    [
        ("2027-02-10T14:30", 15, False),
        ("2027-02-10T14:30", 16, True),
        ("2027-02-10T15:00", 10, True),
        ("2027-02-10T15:45", 10, False),
        ("2027-02-11T15:00", 10, False),
        ("2027-07-07T14:00", 10, True),
        ("2027-07-07T15:00", 10, False),
    ],
)
def test_times_are_those_of_the_wall_clock(at: str, minutes: int, clash: bool) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert clashes([SCHOOL], moment, minutes) is clash


def test_it_is_said_once_and_checked_before_a_time_is_offered(app: Flask, people: People) -> None:
    wednesday = NOW.replace(hour=15) + timedelta(days=2)
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
        slot(people.office, wednesday)
        slot(people.office, wednesday + timedelta(days=1))
    alex = Browser(app).sign_in(people.alex).open("/appointments").follow("When I can never come")
    alex.fill(start_2="2:45pm", end_2="15:45").press("Save").sees("Your receipt", "each week: 1.")
    alex.follow("Back to when I can never come").press("Save")
    with app.app_context():
        found = slot_queries.free(again(visit), 6)
        assert [each.starts_at.day for each in found] == [4]
    with app.app_context():
        kinds = [e.kind for e in log.entries(people.alex.id)]
        assert kinds.count("appointments.busy_times_said") == 1


def test_staff_cannot_book_there_without_asking(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        say_busy_times(again(people.alex), [SCHOOL], by=actor(people.alex))
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/book")
    desk.sees("They can never come at these times:", "Wednesday, from 2:45pm to 3:45pm")
    desk.fill(day=["10", "2", "2027"], time="15:00", purpose="work_search_review")
    desk.choose("In person").press("Book and tell them", 422)
    desk.sees("They said that they cannot come at this time. Choose another one.")
    desk.choose("They agreed to this time all the same").press("Book and tell them")
    assert desk.heading == "The appointment is booked"


@pytest.mark.parametrize("typed", [{"start_0": "15:00"}, {"start_0": "16:00", "end_0": "15:00"}])
def test_half_a_time_and_a_time_backwards_are_put_right(
    app: Flask, people: People, typed: dict[str, str | list[str]]
) -> None:
    alex = Browser(app).sign_in(people.alex).open("/appointments/cannot-come").fill(**typed)
    alex.press("Save", 422)
    with app.app_context():
        assert busy_times(people.alex.id) == []


def test_a_number_alone_is_not_sure_enough(app: Flask, people: People) -> None:
    with app.app_context(), transaction(), pytest.raises(Refusal):
        say_busy_times(again(people.alex), [SCHOOL], by=actor(people.alex, "text"))
