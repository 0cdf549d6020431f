"""One appointment of Alex, brought into any state there is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.actors import Actor
from portal.appointments import actions, office_actions
from portal.appointments.models import Appointment, Request
from portal.appointments.rules import Booking
from portal.database import transaction
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal
from tests.people import SOON, People, StoppedClock, actor, again, appointment, slot

LATER = SOON + timedelta(days=2)


@dataclass
class Visit:
    """An appointment, and what can be done with it. Time passes with everything that is done."""

    app: Flask
    people: People
    clock: StoppedClock
    row: Appointment = field(init=False)

    def __post_init__(self) -> None:
        with self.app.app_context(), transaction():
            self.row = appointment(again(self.people.alex))
            self.free = slot(self.people.office, LATER)

    def does(self, what: str, door: str = "web", **choices: Any) -> Entry:
        """Alex does something; returns the entry, or raises the refusal."""
        self.clock.later(minutes=1)
        action = ACTIONS[what]
        with self.app.app_context(), transaction():
            return action(self, again(self.row), actor(self.people.alex, door), choices)

    def refuses(self, what: str, door: str = "web", **choices: Any) -> Refusal:
        with pytest.raises(Refusal) as refused:
            self.does(what, door, **choices)
        return refused.value

    def office(self, act: Callable[..., Any], **choices: Any) -> Any:
        """The office does something with the appointment."""
        self.clock.later(minutes=1)
        with self.app.app_context(), transaction():
            return act(again(self.row), by=actor(self.people.coach), **choices)

    def decides(self, act: Callable[..., Any], **choices: Any) -> Any:
        """The office decides the request that is open."""

        def decide(row: Appointment, *, by: Actor) -> Any:
            assert row.open_request is not None
            return act(row.open_request, by=by, **choices)

        return self.office(decide)

    def moves(self, to: datetime = LATER) -> Entry:
        def move(row: Appointment, *, by: Actor) -> Entry:
            return office_actions.move(row, Booking(to, row.how, row.purpose), by=by)

        return self.office(move)  # type: ignore[no-any-return]

    def now(self) -> Appointment:
        """The appointment as it is, with its requests."""
        with self.app.app_context():
            row = again(self.row)
            assert row.requests is not None
            assert row.office
            return row

    def requests(self) -> list[Request]:
        return list(self.now().requests)

    def kinds(self) -> list[str]:
        """What was recorded about it, oldest first."""
        with self.app.app_context():
            found = log.entries_about(self.people.alex.id, self.row.id)
            return [entry.kind.removeprefix("appointments.") for entry in found]


def code_of(visit: Visit, act: Any, **choices: Any) -> str:
    """The code of the office's refusal."""
    with pytest.raises(Refusal) as refused:
        visit.office(act, **choices)
    return f"!{refused.value.code}"


def _simple(act: Callable[..., Entry]) -> Callable[..., Entry]:
    def do(_visit: Visit, row: Appointment, by: Actor, choices: dict[str, Any]) -> Entry:
        return act(row, by=by, **choices)

    return do


def _time(_visit: Visit, row: Appointment, by: Actor, choices: dict[str, Any]) -> Entry:
    return actions.ask_for_another_time(row, by=by, **({"note": "Fridays"} | choices))


def _pick(visit: Visit, row: Appointment, by: Actor, choices: dict[str, Any]) -> Entry:
    return actions.pick_time(row, again(visit.free), by=by, **choices)


ACTIONS: dict[str, Callable[..., Entry]] = {
    "accept": _simple(actions.accept),
    "cancel": _simple(actions.ask_to_cancel),
    "phone": _simple(actions.ask_for_phone_call),
    "time": _time,
    "pick": _pick,
    "undo": _simple(actions.withdraw),
}


def _agree_call(visit: Visit) -> None:
    visit.does("phone")
    visit.decides(office_actions.agree, caller_name="Priya Shah", caller_number="0113 496 0111")


def _agree_cancel(visit: Visit) -> None:
    visit.does("cancel")
    visit.decides(office_actions.agree)


def _refused(visit: Visit) -> None:
    visit.does("cancel")
    visit.decides(office_actions.refuse, why="We must meet this week.")


def _accepted_and_started(visit: Visit) -> None:
    visit.does("accept")
    visit.clock.at(SOON)


STATES: dict[str, Callable[[Visit], Any]] = {
    "waiting": lambda visit: None,
    "accepted": lambda visit: visit.does("accept"),
    "cancel asked": lambda visit: visit.does("cancel"),
    "phone asked": lambda visit: visit.does("phone"),
    "time asked": lambda visit: visit.does("time"),
    "time picked": lambda visit: visit.does("pick"),
    "taken back": lambda visit: (visit.does("accept"), visit.does("undo")),
    "cancel refused": _refused,
    "phone agreed": _agree_call,
    "moved": lambda visit: (visit.does("accept"), visit.moves()),
    "cancel agreed": _agree_cancel,
    "called off": lambda visit: visit.office(office_actions.call_off),
    "started": lambda visit: visit.clock.at(SOON),
    "started, accepted": _accepted_and_started,
}


@pytest.fixture
def visit(app: Flask, people: People, clock_stopped: StoppedClock) -> Visit:
    """An appointment that waits for its first answer."""
    assert clock.now() < SOON
    return Visit(app, people, clock_stopped)
