"""A claimant's pages about an appointment: what they say."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.appointments import actions
from portal.appointments.models import How
from portal.database import transaction
from tests.people import NOW, SOON, Browser, People, Phone, StoppedClock, actor, again, appointment
from tests.portal.appointments.conftest import STATES, Visit
from tests.portal.appointments.opened import STANDS, receipt

SAYS = {
    "waiting": ["Can you come to this appointment?"],
    "accepted": ["You accepted this appointment"],
    "cancel asked": ["You asked to cancel on Monday 1 February 2027", STANDS],
    "phone asked": ["You asked for a phone call on", STANDS],
    "time asked": ["You asked for another time on", STANDS],
    "time picked": ["You accepted this appointment", "Friday 12 February 2027"],
    "taken back": ["Can you come to this appointment?"],
    "cancel refused": ["did not agree", "They say: We must meet this week.", "still stands"],
    "phone agreed": ["This is a phone call now. You do not need to travel.", "0113 496 0111"],
    "moved": ["Your appointment has a new time", "Old time:", "New time:"],
    "cancel agreed": ["agreed to cancel. You do not need to come."],
    "called off": ["This appointment was called off", "You do not need to come."],
}


@pytest.mark.parametrize("state", SAYS)
def test_the_page_says_where_things_stand(app: Flask, visit: Visit, state: str) -> None:
    STATES[state](visit)
    browser = Browser(app).sign_in(visit.people.alex).open(f"/appointments/{visit.row.id}")
    browser.sees(*SAYS[state])
    if not any(word in state for word in ("agreed", "called off")):
        assert "cancelled" not in browser.text.lower()
        assert "called off" not in browser.text
    now = visit.now()
    if now.answer_receipt and now.status == "booked":
        browser.follow("See your receipt")
        assert receipt(browser) == now.answer_receipt


def test_the_state_is_in_the_title_too(app: Flask, visit: Visit) -> None:
    visit.does("cancel")
    browser = Browser(app).sign_in(visit.people.alex).open(f"/appointments/{visit.row.id}")
    assert browser.page.title.startswith("Your appointment still stands – ")


@pytest.mark.parametrize(("hours", "short"), [(47, True), (48, False)])
def test_short_notice_says_that_one_can_say_no(
    app: Flask, people: People, clock_stopped: StoppedClock, hours: int, short: bool
) -> None:
    with app.app_context(), transaction():
        row = appointment(again(people.alex), NOW + timedelta(hours=hours))
    browser = Browser(app).sign_in(people.alex).open(f"/appointments/{row.id}")
    assert ("you can say no" in browser.text) is short


def test_everything_that_is_worth_knowing_is_there(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        row = appointment(
            again(people.alex),
            minutes=40,
            bring=("photo_id", "cv"),
            bring_note="Your glasses",
            with_name="Priya Shah, work coach",
            interpreter="Polski",
            private_room=True,
        )
        call = appointment(again(people.alex), SOON + timedelta(days=1), how=How.phone)
        video = appointment(
            again(people.alex), SOON + timedelta(days=2), how=How.video, place="We text a link."
        )
    browser = Browser(app).sign_in(people.alex).open(f"/appointments/{row.id}")
    browser.sees("In person, at 12 Park Row, Leeds LS1 5HD.", "about 40 minutes")
    browser.sees("To talk about how you look for work.", "Priya Shah, work coach", "Polski")
    browser.sees("Photo ID, if you have it", "Your glasses", "0113 496 0100")
    browser.open(f"/appointments/{call.id}")
    browser.sees("By phone.", "Priya Shah will call you from 0113 496 0111.")
    assert "Ask for a phone call" not in browser.buttons()
    browser.open(f"/appointments/{video.id}").sees("By video call.", "We text a link.")


def test_coming_appointments_come_first_and_past_ones_are_kept(
    app: Flask, visit: Visit, people: People
) -> None:
    with app.app_context(), transaction():
        sooner = appointment(again(people.alex), NOW + timedelta(days=2))
        actions.accept(sooner, by=actor(people.alex))
        appointment(again(people.stranger), NOW + timedelta(days=3))
    visit.clock.at(NOW + timedelta(days=3))
    browser = Browser(app).sign_in(people.alex).open("/appointments")
    coming, _, past = browser.text.partition(" Past ")
    assert "Wednesday 10 February 2027" in coming
    assert "You have not answered yet." in coming
    assert "Wednesday 3 February 2027" in past
    assert "Thursday 4 February" not in browser.text, "a stranger's"


def test_the_link_in_a_text_ends_when_the_appointment_starts(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        appointment(again(people.alex))
    link = Phone(app, "+447700900101").link()
    browser = Browser(app).open(link).sees("Can you come to this appointment?")
    clock_stopped.at(SOON - timedelta(seconds=1))
    browser.open(link.lower())
    clock_stopped.at(SOON)
    browser.open(link, 404)
