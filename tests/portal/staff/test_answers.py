"""Asked, seen, then agreed or refused: the office's half of a request."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.appointments import actions, office_actions
from portal.appointments.models import Appointment, Decision, How, Status
from portal.database import transaction
from tests.people import Browser, Desk, People, StoppedClock, actor, again, recorded
from tests.portal.staff.conftest import Ask


def kinds(app: Flask, visit: Appointment) -> list[str]:
    """What has happened to an appointment, without the first offer."""
    return recorded(app, visit, "appointments")[1:]


def test_opening_is_seeing_and_the_person_sees_that(
    app: Flask, people: People, desk: Desk, asks: Ask, visit: Appointment
) -> None:
    request = asks("cancel")
    desk.open(f"/staff/requests/{request.id}")
    desk.sees("The appointment stands until you agree.").does_not_see("They can see")
    assert kinds(app, visit) == ["asked_to_cancel"]
    desk.open("/staff").press("Open").sees("They can see that you opened this.")
    desk.again()
    assert kinds(app, visit) == ["asked_to_cancel", "seen"]
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    steps = [e.text for e in alex.page.all("strong") if e.get("aria-current") == "step"]
    assert steps == ["Seen"]


def test_what_was_asked_is_shown_as_it_was_typed(
    app: Flask, desk: Desk, visit: Appointment, people: People
) -> None:
    note = "لا أستطيع الحضور\n<script>alert(1)</script> 😀 & so"
    with app.app_context(), transaction():
        actions.ask_to_cancel(again(visit), reason="fare", note=note, by=actor(people.alex))
    desk.open("/staff").press("Open")
    desk.sees("I cannot pay the fare", "In their own words", *note.split("\n"))
    written = [p for p in desk.page.all("p") if p.get("dir") == "auto"]
    assert [p.text for p in written] == note.split("\n")


def test_a_reason_is_never_missed(desk: Desk, asks: Ask) -> None:
    asks("cancel")
    desk.open("/staff").press("Open").sees("They did not say, and need not")


def test_agreeing_to_cancel_calls_the_appointment_off(
    app: Flask, people: People, desk: Desk, asks: Ask, visit: Appointment
) -> None:
    asks("cancel")
    desk.open("/staff").press("Open").press("Agree to cancel")
    assert desk.heading == "You agreed"
    desk.sees("Your receipt", "They are now told in the way they chose.")
    with app.app_context():
        assert again(visit).status is Status.called_off
    Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}").sees(
        "You do not need to come."
    )


def test_agreeing_twice_says_kindly_that_it_was_settled(
    app: Flask, desk: Desk, asks: Ask, visit: Appointment
) -> None:
    request = asks("cancel")
    desk.open("/staff").press("Open").press("Agree to cancel")
    desk.again(409).sees("Nothing new was recorded", "This request was settled a moment ago.")
    desk.press("Look again").sees("Agreed", "Decided on Monday 1 February 2027, 9:00am.")
    assert desk.path == f"/staff/requests/{request.id}"
    assert kinds(app, visit).count("agreed") == 1


def test_agreeing_to_a_call_says_who_calls_and_from_where(
    app: Flask, desk: Desk, asks: Ask, visit: Appointment
) -> None:
    asks("phone")
    desk.open("/staff").press("Open")
    assert desk.value("caller_name") == "Priya Shah"
    assert desk.value("caller_number") == "0113 496 0100"
    desk.fill(caller_name="", caller_number=" ").press("Agree to a phone call", 422)
    desk.sees("Say who will call.", "Say which number the call will come from.")
    desk.fill(caller_name="Tom Reid", caller_number="0113 496 0111").press("Agree to a phone call")
    with app.app_context():
        found = again(visit)
        assert (found.how, found.caller_name) == (How.phone, "Tom Reid")
    desk.press("See the appointment").sees("By phone: Tom Reid calls from 0113 496 0111")


def test_another_time_is_agreed_by_moving(
    app: Flask, desk: Desk, asks: Ask, visit: Appointment
) -> None:
    request = asks("time", note="Fridays after three")
    desk.open("/staff").press("Open").sees("Fridays after three")
    assert "Agree" not in " ".join(desk.buttons())
    desk.press("Move the appointment").sees("Fridays after three")
    desk.fill(day=["12", "2", "2027"], time="3:15pm").press("Move and tell them")
    assert desk.heading == "The appointment is moved"
    with app.app_context():
        assert again(request).decision is Decision.overtaken


def test_a_refusal_needs_a_reason(app: Flask, desk: Desk, asks: Ask, visit: Appointment) -> None:
    asks("cancel")
    desk.open("/staff").press("Open").press("Say no")
    desk.press("Say no", 422).sees("Say why, in plain words. The person will see it.")
    desk.fill(why=" \u202e\x00 ").press("Say no", 422)
    assert kinds(app, visit) == ["asked_to_cancel", "seen"]


def test_the_person_reads_why(
    app: Flask, people: People, desk: Desk, asks: Ask, visit: Appointment
) -> None:
    asks("cancel")
    desk.open("/staff").press("Open").press("Say no")
    desk.fill(why="We must meet before\u202e your payment.").press("Say no")
    desk.sees("You said no, and why", "The appointment stands.")
    desk.again(409).sees("This request was settled a moment ago.")
    alex = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    alex.sees("We must meet before your payment.", "The appointment still stands.")
    assert "\u202e" not in alex.response.text
    assert kinds(app, visit) == ["asked_to_cancel", "seen", "refused"]


@pytest.mark.parametrize("length", [2001, 10_000])
def test_a_reason_that_is_too_long_is_kept_and_measured(
    app: Flask, desk: Desk, asks: Ask, visit: Appointment, length: int
) -> None:
    asks("cancel")
    desk.open("/staff").press("Open").press("Say no")
    desk.fill(why="a" * length).press("Say no", 422)
    desk.sees(f"Use at most 2000 letters. You wrote {length}. Your words are still here.")
    assert desk.value("why") == "a" * length
    assert kinds(app, visit) == ["asked_to_cancel", "seen"]


def test_what_the_person_took_back_can_no_longer_be_agreed(
    app: Flask, people: People, desk: Desk, asks: Ask, visit: Appointment
) -> None:
    asks("cancel")
    desk.open("/staff").press("Open")
    with app.app_context(), transaction():
        actions.withdraw(again(visit), by=actor(people.alex))
    desk.press("Agree to cancel", 409).sees("This request was settled a moment ago.")
    desk.press("Look again")
    assert desk.heading.startswith("They took it back")
    assert desk.buttons() == []
    with app.app_context():
        assert again(visit).status is Status.booked


def test_two_members_of_staff_decide_once(
    app: Flask, people: People, desk: Desk, asks: Ask, visit: Appointment
) -> None:
    request = asks("phone")
    desk.open("/staff").press("Open")
    with app.app_context(), transaction():
        office_actions.refuse(again(request), why="Come in, please.", by=actor(people.colleague))
    desk.press("Agree to a phone call", 409)
    assert kinds(app, visit) == ["asked_for_phone_call", "seen", "refused"]


def test_a_request_can_still_be_answered_after_the_start(
    app: Flask, people: People, asks: Ask, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    asks("cancel")
    clock_stopped.at(visit.starts_at)
    clock_stopped.later(hours=1)
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Open").press("Agree to cancel")
    assert desk.heading == "You agreed"


def test_a_request_of_another_time_cannot_be_agreed_by_hand(desk: Desk, asks: Ask) -> None:
    request = asks("time")
    desk.open(f"/staff/requests/{request.id}").post(f"/staff/requests/{request.id}")
    desk.sees("Asked for another time", "Your answer")


def test_choosing_a_language_keeps_what_was_typed(desk: Desk, asks: Ask) -> None:
    request = asks("cancel")
    desk.open(f"/staff/requests/{request.id}/refuse").fill(why="Because")
    desk.post(desk.path, _language="en", why="Because")
    assert desk.value("why") == "Because"
    desk.sees("Say no, and say why")
