"""What to do next: on the page, and right after signing in."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from portal.account import delivery_actions
from portal.actors import Actor
from portal.appointments import actions, desk_actions, office_actions
from portal.appointments.models import How
from portal.appointments.rules import Booking
from portal.database import transaction
from tests.pages import words
from tests.people import NOW, Browser, People, StoppedClock, actor, again, appointment


def steps(browser: Browser) -> list[str]:
    """What the first page lists, in its order."""
    browser.open("/")
    return [words(item) for item in browser.page.one("main").iter("li")]


def test_a_visitor_learns_what_this_is_and_how_to_come_in(app: Flask, people: People) -> None:
    visitor = Browser(app).open("/")
    assert visitor.heading == "Answer your Jobcentre appointments"
    assert visitor.buttons() == ["Sign in"]
    visitor.follow("Sign in with a card").open("/").follow("How texts work").sees("STOP", "START")
    visitor.open("/").press("Sign in").sees("What is your mobile number?")


def test_nothing_to_do_is_said(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex)
    assert steps(browser) == []
    browser.sees("What to do next", "There is nothing you need to do now.")


def test_what_waits_for_an_answer_comes_first(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        alex, by = again(people.alex), actor(people.alex)
        desk = actor(people.coach)
        accepted = appointment(alex, NOW + timedelta(days=3), how=How.phone)
        actions.accept(accepted, by=by)
        waits = appointment(alex, NOW + timedelta(days=9))
        asked = appointment(alex, NOW + timedelta(days=5))
        actions.ask_for_phone_call(asked, by=by)
        office_actions.call_off(appointment(alex, NOW + timedelta(days=4)), by=desk)
        refused = appointment(alex, NOW + timedelta(days=6))
        actions.ask_to_cancel(refused, by=by)
        assert refused.open_request is not None
        office_actions.refuse(refused.open_request, why="We need to meet.", by=desk)
    browser = Browser(app).sign_in(people.alex)
    assert steps(browser) == [
        "Say if you can come to your appointment on Wednesday 10 February 2027, 9:00am",
        "Answer again about your appointment on Sunday 7 February 2027, 9:00am "
        "Your Jobcentre did not agree to what you asked. The appointment still stands.",
        "Be ready for a phone call on Thursday 4 February 2027, 9:00am",
        "You do not need to come on Friday 5 February 2027, 9:00am "
        "Your Jobcentre called this appointment off.",
        "Your appointment on Saturday 6 February 2027, 9:00am still stands "
        "You asked for a phone call instead. Your Jobcentre has not seen this yet.",
    ]
    browser.follow(steps(browser)[0])
    assert browser.path == f"/appointments/{waits.id}"


def test_a_move_at_short_notice_says_that_one_can_say_no(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        found = appointment(again(people.alex))
        booking = Booking(NOW + timedelta(hours=47), How.in_person, "support")
        office_actions.move(found, booking, by=actor(people.coach))
    assert steps(Browser(app).sign_in(people.alex)) == [
        "Answer again: your appointment is now on Wednesday 3 February 2027, 8:00am "
        "This is short notice: you can say no."
    ]


def test_after_an_appointment_that_did_not_happen_a_call_helps(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        found = appointment(again(people.alex), NOW + timedelta(days=1))
    clock_stopped.later(days=2)
    with app.app_context(), transaction():
        desk_actions.record_outcome(again(found), happened=False, by=actor(people.coach))
    browser = Browser(app).sign_in(people.alex)
    assert steps(browser) == [
        "Your appointment on Tuesday 2 February 2027, 9:00am did not happen "
        "Call 0113 496 0100 as soon as you can. Ask for a new time."
    ]
    with app.app_context(), transaction():
        appointment(again(people.alex), NOW + timedelta(days=9))
    assert len(steps(browser)) == 1
    browser.does_not_see("did not happen")


def test_it_is_not_brought_up_for_ever(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        found = appointment(again(people.alex), NOW + timedelta(days=1))
    clock_stopped.later(days=30)
    with app.app_context(), transaction():
        desk_actions.record_outcome(again(found), happened=False, by=actor(people.coach))
    assert steps(Browser(app).sign_in(people.alex)) == []


def test_a_number_that_reaches_nobody_is_something_to_do(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex)
    with app.app_context(), transaction():
        delivery_actions.text_not_delivered(
            again(people.alex), what="offer", regarding=None, permanent=True, by=Actor.system()
        )
    assert steps(browser) == ["Check your mobile number Our texts do not arrive there."]
    assert browser.follow("Check your mobile number").path == "/settings"


def test_nobody_sees_what_a_stranger_has_to_do(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        appointment(again(people.stranger))
    assert steps(Browser(app).sign_in(people.alex)) == []


def test_signing_in_leads_to_the_one_appointment_that_waits(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        found = appointment(again(people.alex))
        appointment(again(people.stranger))
    assert Browser(app).sign_in(people.alex).path == f"/appointments/{found.id}"


def test_signing_in_with_two_that_wait_leads_to_the_first_page(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        appointment(again(people.alex))
        appointment(again(people.alex), NOW + timedelta(days=20))
    browser = Browser(app).sign_in(people.alex)
    assert browser.path == "/"
    assert browser.heading == "What to do next"


def test_signing_in_with_none_leads_to_the_first_page(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        actions.accept(appointment(again(people.alex)), by=actor(people.alex))
    assert Browser(app).sign_in(people.alex).path == "/"


def test_the_welcome_is_for_people_who_are_signed_in(app: Flask, people: People) -> None:
    assert Browser(app).open("/welcome").path == "/sign-in"
