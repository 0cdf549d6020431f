"""Answers that come through several doors at the very same moment."""

from functools import partial
from typing import Any

from flask import Flask

from portal.appointments import actions, office_actions
from portal.appointments.models import Answer, Appointment, How
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal
from tests.crowd import together
from tests.people import actor, again, appointment
from tests.portal.appointments.conftest import LATER, Visit


def both_at_once(app: Flask, *acts: Any) -> list[str]:
    """Do these in threads at the same moment; the kind of entry, or the code of the refusal."""

    def run(act: Any) -> str:
        with app.app_context():
            try:
                with transaction():
                    return str(act().kind)
            except Refusal as refusal:
                return f"!{refusal.code}"

    return together(*(partial(run, act) for act in acts))


def test_a_time_that_several_take_at_once_goes_to_one(visit: Visit) -> None:
    people = (visit.people.alex, visit.people.stranger)
    with visit.app.app_context(), transaction():
        rows = [appointment(again(person)) for person in people for _ in range(2)]
    whose = [people[0]] * 2 + [people[1]] * 2

    def take(row: Appointment, person: Any) -> Any:
        return lambda: actions.pick_time(again(row), again(visit.free), by=actor(person))

    found = both_at_once(visit.app, *(take(*pair) for pair in zip(rows, whose, strict=True)))
    assert sorted(found) == ["!slot-gone"] * 3 + ["appointments.time_picked"]
    with visit.app.app_context():
        taken = again(visit.free).taken_by
        assert taken in [row.id for row in rows]
        assert [again(row).starts_at for row in rows].count(LATER) == 1
        assert [log.verify(person.id) for person in people] == [[], []]


def test_two_doors_at_once_one_wins_and_the_other_hears_of_it(visit: Visit) -> None:
    alex = visit.people.alex
    found = both_at_once(
        visit.app,
        lambda: actions.accept(again(visit.row), version=1, by=actor(alex)),
        lambda: actions.ask_to_cancel(again(visit.row), version=1, by=actor(alex, "link")),
        lambda: actions.ask_for_phone_call(again(visit.row), version=1, by=actor(alex, "text")),
    )
    assert sorted(kind.startswith("!answered") for kind in found) == [False, True, True]
    assert len(visit.kinds()) == 2
    with visit.app.app_context():
        assert log.verify(alex.id) == []


def test_the_same_answer_through_many_doors_is_one_entry(visit: Visit) -> None:
    alex = visit.people.alex

    def accept(door: str) -> Any:
        return lambda: actions.accept(again(visit.row), version=1, by=actor(alex, door))

    doors = ("web", "web", "link", "text")
    assert both_at_once(visit.app, *map(accept, doors)) == ["appointments.accepted"] * 4
    assert visit.kinds() == ["offered", "accepted"]


def test_an_answer_and_a_move_at_once_leave_no_answer_to_the_old_time(visit: Visit) -> None:
    coach = actor(visit.people.coach)

    def move() -> Any:
        row = again(visit.row)
        booking = office_actions.Booking(LATER, How.in_person, row.purpose)
        return office_actions.move(row, booking, by=coach)

    def accept() -> Any:
        return actions.accept(again(visit.row), version=1, by=actor(visit.people.alex))

    found = both_at_once(visit.app, move, accept)
    assert found[0] == "appointments.moved"
    assert found[1] in ("appointments.accepted", "!moved")
    now = visit.now()
    assert (now.starts_at, now.answer) == (LATER, Answer.none)
