"""A person asks to be called, and somebody calls."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.database import transaction
from portal.messages import actions, queries
from portal.messages.models import When
from portal.refusals import Refusal
from tests.people import (
    Browser,
    Desk,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    claimant,
    recorded,
)


def test_a_call_is_asked_for_and_made(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    alex = Browser(app).sign_in(people.alex).open("/messages").follow("Ask for a phone call")
    alex.sees("They call you on 07700 900101.")
    alex.choose("In the morning").choose("My plan").press("Ask for a call")
    assert alex.heading == "You asked for a phone call"
    alex.sees("They should call by Monday 1 February 2027, midday.", "Your receipt")
    Phone(app, "+447700900101").reads("You asked for a call: Mon 1 Feb, morning.", "Ref ")
    desk = Desk(app).sign_in(people.coach).open("/staff").sees("Waits for a call: 1")
    desk.press("Call").sees("07700 900101", "In the morning", "My plan").press("I reached them")
    assert desk.heading == "Your call is recorded"
    desk.open("/staff").sees("Waits for a call: 0")
    assert recorded(app, people.alex, "messages") == ["call_asked", "called"]
    alex.open("/record").sees("Your Jobcentre called you, as you had asked.")


def test_a_call_that_reaches_nobody_is_tried_twice(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        actions.ask_for_call(again(people.alex), by=actor(people.alex))
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Call")
    desk.press("I called and did not reach them")
    desk.again()
    assert recorded(app, people.alex, "messages") == ["call_asked", "called"]
    Phone(app, "+447700900101").reads("We will try once more.")
    desk.open("/staff").sees("Waits for a call: 1", "Called 1 time, not reached").press("Call")
    desk.press("I called and did not reach them")
    Phone(app, "+447700900101").reads("You can ask for another call at any time.")
    desk.open("/staff").sees("Waits for a call: 0")
    with app.app_context(), transaction():
        actions.ask_for_call(again(people.alex), by=actor(people.alex))


def test_a_call_that_is_late_is_our_doing(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        actions.ask_for_call(again(people.alex), by=actor(people.alex))
    clock_stopped.later(days=1)
    alex = Browser(app).sign_in(people.alex).open("/messages")
    alex.sees("Our call is late. That is our doing, not yours.")
    Desk(app).sign_in(people.coach).open("/staff").sees("Overdue")


def test_asking_again_changes_the_call_and_does_not_double_it(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        alex, by = again(people.alex), actor(people.alex, "text")
        first = actions.ask_for_call(alex, when=When.morning, by=by)
        assert actions.ask_for_call(alex, when=When.morning, by=by).receipt == first.receipt
        other = actions.ask_for_call(alex, when=When.afternoon, by=by)
        assert other.about == first.about
        call = queries.open_call(alex)
        assert call is not None
        assert (call.when, call.receipt) == (When.afternoon, other.receipt)


def test_a_call_can_be_taken_back(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/call-me")
    alex.choose("As soon as you can").press("Ask for a call").press("I no longer need a call")
    assert alex.heading == "You no longer wait for a call"
    receipt = alex.path
    assert alex.again().path == receipt
    Phone(app, "+447700900101").reads("You no longer wait for a call.")
    Desk(app).sign_in(people.coach).open("/staff").sees("Waits for a call: 0")
    assert recorded(app, people.alex, "messages") == ["call_asked", "call_withdrawn"]


def test_a_person_without_a_number_is_told_whom_to_call(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = claimant(again(people.office), "Ana Lima", None)
        with pytest.raises(Refusal, match="no-number"):
            actions.ask_for_call(person, by=actor(person))


def test_a_settled_call_cannot_be_settled_again(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        actions.ask_for_call(again(people.alex), by=actor(people.alex))
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Call")
    with app.app_context(), transaction():
        actions.withdraw_call(again(people.alex), by=actor(people.alex))
    desk.press("I reached them", 409).sees("This was settled a moment ago.")
    desk.press("Look again").sees("They no longer wait for a call.")


def test_staff_write_down_that_somebody_wants_a_call(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}")
    desk.press("They want a call").press("Record this for them", 422)
    desk.sees("Choose when we can call you.").choose("In the afternoon")
    desk.press("Record this for them").sees("This is recorded")
    Phone(app, "+447700900101").reads("You asked for a call: Mon 1 Feb, afternoon.")
    Browser(app).sign_in(people.alex).open("/record").sees(
        "Priya Shah at your Jobcentre wrote this down for you."
    )
