"""No fare, no call, in hospital: to the office at once, with a receipt, and never a
cancellation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.account import codes
from portal.appointments import desk_actions, office_actions, queries, report_actions
from portal.appointments.models import Answer, Appointment, Ask, Decision, How, Report
from portal.database import transaction
from portal.refusals import Refusal
from tests.people import (
    NOW,
    Browser,
    Desk,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    appointment,
    work,
)
from tests.portal.appointments.reporting import kinds, open_reports, visit

__all__ = ["visit"]


@pytest.fixture
def call(app: Flask, people: People) -> Appointment:
    """A phone call today at 10:30."""
    with app.app_context(), transaction():
        return appointment(again(people.alex), NOW + timedelta(minutes=90), how=How.phone)


def test_no_fare_asks_for_a_call_at_the_same_time(
    app: Flask, people: People, visit: Appointment
) -> None:
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.follow("I cannot pay the fare").press("Ask for a phone call")
    assert alex.heading == "You asked for a phone call. The appointment still stands"
    text = Phone(app, "+447700900101").last
    assert text.startswith("Asked for a phone call.")
    assert "fare" not in text
    with app.app_context():
        request = again(visit).open_request
        assert request is not None
        assert (request.ask, request.reason) == (Ask.phone_call, "fare")
        assert again(visit).answer is Answer.asked_for_phone_call
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Needs you now: 1", "Cannot pay the fare", "Asked for a phone call: 1")
    desk.press("Open").sees("The Flexible Support Fund can pay for travel")
    desk.press("Open what they asked").press("Agree to a phone call")
    desk.open("/staff").sees("Needs you now: 0", "Asked for a phone call: 0")
    assert kinds(app, visit) == ["cannot_pay_fare", "report_seen", "seen", "agreed"]


def test_no_fare_is_taken_back_with_the_answer(
    app: Flask, people: People, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        report_actions.cannot_pay_fare(again(visit), by=actor(people.alex))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.press("Take my answer back")
    assert open_reports(app, people) == []
    with app.app_context(), transaction():
        report_actions.cannot_pay_fare(again(visit), by=actor(people.alex))
    assert open_reports(app, people) == ["cannot_pay_fare"]


def test_a_call_that_does_not_come_is_recorded_with_its_time(
    app: Flask, people: People, call: Appointment, clock_stopped: StoppedClock
) -> None:
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{call.id}")
    assert "They did not call me" not in alex.buttons()
    with app.app_context(), transaction(), pytest.raises(Refusal, match="not-now"):
        report_actions.they_did_not_call(again(call), by=actor(people.alex))
    clock_stopped.at(call.starts_at + timedelta(minutes=15))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{call.id}")
    alex.press("They did not call me")
    assert alex.heading == "Recorded: nobody called you"
    alex.sees("Recorded on Monday 1 February 2027 at 10:45am.")
    Phone(app, "+447700900101").reads("no call came for", "Staff see this now.")
    desk = Desk(app).sign_in(people.coach).open("/staff").sees("Says that nobody called")
    desk.press("Open").sees("Call them now.")
    alex.open(f"/appointments/{call.id}").press("Take this back")
    desk.press("I have dealt with this", 409).sees("This was settled a moment ago.")
    clock_stopped.at(call.starts_at + timedelta(hours=24))
    with app.app_context(), transaction(), pytest.raises(Refusal, match="not-now"):
        report_actions.they_did_not_call(again(call), by=actor(people.alex))


def test_nobody_is_called_for_a_visit(
    app: Flask, people: People, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(visit.starts_at)
    with app.app_context(), transaction(), pytest.raises(Refusal, match="not-now"):
        report_actions.they_did_not_call(again(visit), by=actor(people.alex))


def test_hospital_is_asked_again_each_working_day_until_somebody_answers(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex), NOW + timedelta(days=9))
    clock_stopped.at(NOW + timedelta(days=3))  # a Thursday
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.follow("I am in hospital").press("Tell them I am in hospital")
    assert alex.heading == "They know that you are in hospital"
    text = Phone(app, "+447700900101").last
    assert "need a new time" in text
    assert "It stands until they agree." in text
    assert "hospital" not in text
    for days, reminded in ((3.9, 0), (4.1, 1), (5, 1), (6, 1), (7.1, 2)):
        clock_stopped.at(NOW + timedelta(days=days))
        work(app)
        assert kinds(app, visit).count("report_unanswered") == reminded, days
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("In hospital", "Nobody has answered: asked 2 times again")
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.sees("Nobody has answered yet. We asked again, and keep asking.")
    with app.app_context(), transaction():
        request = again(visit).open_request
        assert request is not None
        assert (request.ask, request.reason) == (Ask.another_time, "ill")
        office_actions.call_off(again(visit), by=actor(people.coach))
    clock_stopped.at(NOW + timedelta(days=8.2))
    work(app)
    assert kinds(app, visit).count("report_unanswered") == 2
    assert open_reports(app, people) == []


def test_hospital_after_the_start_is_still_heard(
    app: Flask, people: People, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(NOW + timedelta(days=3))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.follow("I am in hospital").press("Tell them I am in hospital")
    with app.app_context():
        assert again(visit).open_request is None
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Open")
    desk.fill(note="We book a new time when you are well.").press("I have dealt with this")
    Phone(app, "+447700900101").reads("A person has looked at what you told us about")


def test_the_link_of_a_text_opens_these_too_and_shows_no_illness(
    app: Flask, people: People, visit: Appointment
) -> None:
    with app.app_context():
        token = codes.link_token(visit.id)
    guest = Browser(app).open(f"/a/{token}").follow("I am running late").choose("5 minutes")
    guest.press("Tell them").follow("Back to the appointment").sees("about 5 minutes late")
    guest.follow("I am in hospital").press("Tell them I am in hospital")
    guest.follow("Back to the appointment").does_not_see("you said that you are in hospital")


def test_a_called_off_appointment_takes_no_reports(
    app: Flask, people: People, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        office_actions.call_off(again(visit), by=actor(people.coach))
        with pytest.raises(Refusal, match="called-off"):
            report_actions.in_hospital(again(visit), by=actor(people.alex))
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.does_not_see("Something in the way?")
    alex.open(f"/appointments/{visit.id}/hospital")
    assert alex.path == f"/appointments/{visit.id}"


def test_seeing_twice_is_recorded_once(app: Flask, people: People, visit: Appointment) -> None:
    with app.app_context(), transaction():
        report_actions.in_hospital(again(visit), by=actor(people.alex))
        report: Report = queries.reports_about(again(visit))[0]
        assert desk_actions.see_report(report, by=actor(people.coach)) is not None
        assert desk_actions.see_report(report, by=actor(people.coach)) is None
        request = again(visit).open_request
        assert request is not None
        office_actions.refuse(request, why="We need to talk first.", by=actor(people.coach))
        assert request.decision is Decision.refused
    assert open_reports(app, people) == []


def test_nobody_reports_for_somebody_else(app: Flask, people: People, visit: Appointment) -> None:
    with app.app_context(), transaction(), pytest.raises(Refusal, match="not-sure-enough"):
        report_actions.in_hospital(again(visit), by=actor(people.alex, "nobody"))
    Browser(app).sign_in(people.stranger).open(f"/appointments/{visit.id}/hospital", 404)
