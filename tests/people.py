"""The people of the tests' stories, and what they have to do with each other.

Alex acts. Her work coach and his colleague are at her office. The stranger is another claimant
of the same office, and must see nothing of hers; so must a coach of another office.

    with app.app_context(), transaction():
        visit = appointment(again(people.alex))

The builders take part in the caller's transaction, and go through the same actions as the
service. What they return can be read after the context is closed; `again` finds it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from time import sleep
from typing import Any, TypeVar

import pyotp
import pytest
from argon2 import PasswordHasher
from flask import Flask

from portal import clock
from portal.account import actions as account
from portal.account.models import Claimant, Office, Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import office_actions, slot_actions
from portal.appointments.models import Appointment, How, Slot
from portal.appointments.rules import Booking
from portal.costs.models import CostRequest
from portal.database import Base, db, new_id, transaction
from portal.record import log
from tests.browser import Browser
from tests.desk import PASSWORD, Desk
from tests.phone import Phone, work

__all__ = [
    "NOW",
    "PASSWORD",
    "Browser",
    "Desk",
    "People",
    "Phone",
    "StoppedClock",
    "actor",
    "again",
    "appointment",
    "claimant",
    "clock_stopped",
    "office",
    "overtaken",
    "people",
    "recorded",
    "slot",
    "staff",
    "work",
]

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
"""A Monday morning in winter: the wall clock shows the same."""
SOON = datetime(2027, 2, 10, 10, 30, tzinfo=UTC)
"""When appointments are unless a test says otherwise: nine days on, a Wednesday."""

Row = TypeVar("Row", bound=Base)
Result = TypeVar("Result")


@dataclass(frozen=True)
class People:
    """Everybody in a story. Read them freely; use `again` to act on them."""

    office: Office
    other_office: Office
    coach: Staff
    colleague: Staff
    other_coach: Staff
    alex: Claimant
    stranger: Claimant


class StoppedClock:
    """The clock stands still; the story says when time passes."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.at(NOW)

    def at(self, moment: datetime) -> None:
        """It is now `moment` (aware)."""
        self._stack.enter_context(clock.frozen(moment))

    def later(self, **delta: float) -> None:
        """So much later, like `later(minutes=11)`."""
        self.at(clock.now() + timedelta(**delta))

    def go_on(self) -> None:
        self._stack.close()


@pytest.fixture
def clock_stopped() -> Iterator[StoppedClock]:
    """The service's clock, standing at NOW until the test moves it."""
    stopped = StoppedClock()
    yield stopped
    stopped.go_on()


@pytest.fixture
def people(app: Flask, clock_stopped: StoppedClock) -> People:
    """Two offices, their staff, Alex and a stranger. Nothing has happened between them yet."""
    with app.app_context(), transaction():
        leeds, york = office(), office(code="YO1", name="York Jobcentre", short_name="York")
        coach = staff(leeds, "Priya Shah")
        return People(
            office=leeds,
            other_office=york,
            coach=coach,
            colleague=staff(leeds, "Tom Reid"),
            other_coach=staff(york, "Ines Costa"),
            alex=claimant(leeds, "Alex Morgan", "+447700900101", coach=coach),
            stranger=claimant(leeds, "Robin Vale", "+447700900102"),
        )


def overtaken(app: Flask, first: Callable[[], object], then: Callable[[], Result]) -> Result:
    """Do `first`, and `then` through another door before `first` is written down for good: it must
    wait, and then see what happened. Returns what `then` does; it opens its own context."""
    with ThreadPoolExecutor(1) as other:
        with app.app_context(), transaction():
            first()
            waiting = other.submit(then)
            sleep(0.3)
        return waiting.result(20)


def again(row: Row) -> Row:
    """The same row, in the session that is open now."""
    found = db.session.get(type(row), _identity(row), populate_existing=True)
    assert found is not None
    return found


def _identity(row: Base) -> Any:
    return row.id  # type: ignore[attr-defined]


def recorded(app: Flask, of: Claimant | Appointment | CostRequest, task: str = "") -> list[str]:
    """The kinds of what was recorded of a person, or about something of theirs, oldest first.

    With a task, like "plan", only what belongs to it, without its name."""
    with app.app_context():
        if isinstance(of, Claimant):
            found = log.entries(of.id, newest_first=False)
        else:
            found = log.entries_about(of.claimant_id, of.id)
    name = f"{task}." if task else ""
    return [entry.kind.removeprefix(name) for entry in found if entry.kind.startswith(name)]


def office(code: str = "LD1", **more: Any) -> Office:
    """A Jobcentre in England."""
    values = {
        "name": "Leeds Jobcentre",
        "short_name": "Leeds",
        "address": "12 Park Row, Leeds LS1 5HD",
        "phone": "0113 496 0100",
    }
    found = Office(id=new_id(), code=code, **(values | more))
    db.session.add(found)
    db.session.flush()
    return found


@cache
def _password_hash() -> str:
    # Once for the whole run: taking long is what this hash is for.
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


def staff(at: Office, name: str, **more: Any) -> Staff:
    """Somebody who may use the desk of an office; signs in with PASSWORD."""
    email = name.lower().replace(" ", ".") + "@office.example"
    values = {"role": "work coach", "totp_secret": pyotp.random_base32()} | more
    member = Staff(
        id=new_id(),
        email=email,
        name=name,
        password_hash=_password_hash(),
        office_id=at.id,
        **values,
    )
    db.session.add(member)
    db.session.flush()
    return member


def claimant(
    at: Office, name: str = "Sam Okoro", mobile: str | None = "+447700900109", **choices: Any
) -> Claimant:
    """A person on Universal Credit. `choices` are those of `register`, like language or way."""
    choices.setdefault("language", "en")
    choices.setdefault("reference", f"REF-{new_id().hex[:12]}")
    return account.register(full_name=name, office=at, mobile=mobile, by=Actor.system(), **choices)


def appointment(
    person: Claimant, starts_at: datetime = SOON, by: Staff | None = None, **booking: Any
) -> Appointment:
    """An appointment that the office booked and offered."""
    booking = {"how": How.in_person, "purpose": "work_search_review"} | booking
    if booking["how"] is How.phone:
        booking = {"caller_name": "Priya Shah", "caller_number": "0113 496 0111"} | booking
    desk = actor(by) if by else Actor.system()
    return office_actions.book(person, Booking(starts_at=starts_at, **booking), by=desk)


def slot(at: Office, starts_at: datetime, how: How = How.in_person, minutes: int = 10) -> Slot:
    """A free time that an office offers."""
    return slot_actions.offer_slot(at.id, starts_at, how, minutes, None)


_CLAIMANTS = {
    "web": (Channel.web, Assurance.signed_in),
    "link": (Channel.link, Assurance.saw_our_text),
    "echo": (Channel.sms, Assurance.saw_our_text),
    "text": (Channel.sms, Assurance.number),
    "nobody": (Channel.web, Assurance.none),
}


def actor(who: Claimant | Staff, door: str = "web") -> Actor:
    """Somebody acting. A claimant comes by `web`, `link`, `text`, `echo` (a text that repeats
    a code of ours), or as `nobody` in particular; staff are at the desk."""
    if isinstance(who, Staff):
        return Actor(Kind.staff, who.id, Channel.desk, Assurance.staff)
    channel, assurance = _CLAIMANTS[door]
    return Actor(Kind.claimant, who.id, channel, assurance)
