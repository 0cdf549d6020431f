"""Running late: when it can be said and taken back, and that the appointment still stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.appointments import desk_actions, report_actions
from portal.appointments.models import Appointment, Status
from portal.database import transaction
from portal.refusals import Refusal
from tests.people import Browser, Desk, People, Phone, StoppedClock, actor, again
from tests.portal.appointments.reporting import kinds, open_reports, visit

__all__ = ["visit"]


def test_running_late_reaches_the_desk_at_once(
    app: Flask, people: People, visit: Appointment
) -> None:
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.sees("Something in the way?").follow("I am running late")
    alex.press("Tell them", 422).sees("Choose about how late you will be.")
    alex.choose("20 minutes").press("Tell them")
    assert alex.heading == "They know that you are late. The appointment still stands"
    receipt = alex.path
    assert alex.again().path == receipt
    Phone(app, "+447700900101").reads("about 20 minutes late", "It still stands.", "Ref ")
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Needs you now: 1", "About 20 minutes late").press("Open")
    desk.sees("They are on their way.").fill(note="See you at 10:50.").press(
        "I have dealt with this"
    )
    assert desk.heading == "You have dealt with this"
    desk.open("/staff").sees("Needs you now: 0")
    # What staff write about it may name health or money: it stands in the record, and in no text.
    told = Phone(app, "+447700900101").received[-1]
    assert told.startswith("A person has looked at what you told us about ")
    assert "10:50." not in told
    alex.open(f"/appointments/{visit.id}").sees("They wrote: See you at 10:50.")
    assert kinds(app, visit) == ["running_late", "report_seen", "report_answered"]
    with app.app_context():
        assert again(visit).status is Status.booked


def test_being_late_can_be_corrected_and_taken_back(
    app: Flask, people: People, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        report_actions.running_late(again(visit), minutes=10, by=actor(people.alex))
        report_actions.running_late(again(visit), minutes=30, by=actor(people.alex, "text"))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.sees("you will be about 30 minutes late").press("Take this back")
    assert alex.heading == "You took it back"
    assert open_reports(app, people) == []
    assert kinds(app, visit) == ["running_late", "running_late", "report_withdrawn"]


@pytest.mark.parametrize(
    ("minutes", "possible"), [(-121, False), (-120, True), (0, True), (9, True), (10, False)]
)
def test_late_is_said_from_two_hours_before_until_the_end(
    app: Flask,
    people: People,
    visit: Appointment,
    clock_stopped: StoppedClock,
    minutes: int,
    possible: bool,
) -> None:
    clock_stopped.at(visit.starts_at + timedelta(minutes=minutes))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    assert ("I am running late" in alex.response.text) is possible
    with app.app_context(), transaction():
        if possible:
            report_actions.running_late(again(visit), minutes=5, by=actor(people.alex))
        else:
            with pytest.raises(Refusal, match="not-now"):
                report_actions.running_late(again(visit), minutes=5, by=actor(people.alex))


@pytest.mark.parametrize("minutes", [0, -5, 181, 100_000])
def test_a_delay_makes_sense(app: Flask, people: People, visit: Appointment, minutes: int) -> None:
    with app.app_context(), transaction(), pytest.raises(Refusal, match="minutes"):
        report_actions.running_late(again(visit), minutes=minutes, by=actor(people.alex))


def test_an_outcome_settles_that_somebody_was_late(
    app: Flask, people: People, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        report_actions.running_late(again(visit), minutes=20, by=actor(people.alex))
    clock_stopped.at(visit.starts_at + timedelta(minutes=30))
    assert open_reports(app, people) == ["running_late"]
    with app.app_context(), transaction():
        desk_actions.record_outcome(again(visit), happened=True, by=actor(people.coach))
    assert open_reports(app, people) == []
