"""A claimant's pages about an appointment: what they say, and what pressing does."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from portal.account import codes
from portal.appointments import actions, office_actions
from portal.appointments.models import How
from portal.database import transaction
from tests.people import (
    NOW,
    SOON,
    Browser,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    appointment,
    slot,
)
from tests.portal.appointments.conftest import STATES, Visit

STANDS = "the appointment still stands"
CHOICES = ["Accept", "Ask for a phone call", "Ask for another time", "Ask to cancel"]


@pytest.fixture(params=["signed in", "by link"])
def page(request: pytest.FixtureRequest, app: Flask, people: People, visit: Visit) -> Browser:
    """Alex's appointment, open in her browser: signed in, and by the link in a text."""
    if request.param == "signed in":
        return Browser(app).sign_in(people.alex).open(f"/appointments/{visit.row.id}")
    with app.app_context():
        token = codes.link_token(visit.row.id)
    return Browser(app).open(f"/a/{token}")


def receipt(browser: Browser) -> str:
    """The code on the slip."""
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", browser.text)
    assert found, browser.text
    return found[0].replace("-", "")


def test_the_choices_have_exactly_these_names(page: Browser) -> None:
    assert page.buttons() == CHOICES
    page.sees("Can you come to this appointment?", "Wednesday 10 February 2027, 10:30am")


def test_accepting_gives_a_receipt_and_a_calendar_file(page: Browser, visit: Visit) -> None:
    page.press("Accept").sees("You accepted the appointment", "Keep this")
    assert receipt(page) == visit.now().answer_receipt
    page.follow("Put it in a calendar")
    assert page.response.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(page.response.data).walk("VEVENT")
    assert event["DTSTART"].dt == SOON
    assert event["DTEND"].dt == SOON + timedelta(minutes=10)
    assert "Jobcentre" not in str(event["SUMMARY"])
    assert "12 Park Row" in str(event["LOCATION"])


def test_asking_to_cancel_says_first_that_it_still_stands(page: Browser, visit: Visit) -> None:
    page.press("Ask to cancel")
    page.sees("The appointment still stands until your Jobcentre agrees.")
    assert visit.kinds() == ["offered"]
    page.choose("I am ill or in hospital").fill(note="Flu").press("Ask to cancel")
    page.sees("You asked to cancel. The appointment still stands", f"Until they agree, {STANDS}.")
    assert receipt(page) == visit.now().answer_receipt
    page.follow("Back to the appointment")
    page.sees("Your appointment still stands", f"Until your Jobcentre agrees, {STANDS}.")
    assert "Ask to cancel" not in page.buttons()
    assert "Take my answer back" in page.buttons()


def test_one_press_asks_for_a_phone_call(page: Browser, visit: Visit) -> None:
    page.press("Ask for a phone call").sees("You asked for a phone call.", STANDS)
    assert visit.kinds() == ["offered", "asked_for_phone_call"]


def test_times_that_are_possible_can_be_written(page: Browser, visit: Visit) -> None:
    page.press("Ask for another time").fill(note="Fridays after 2").press("Send")
    page.sees("You asked for another time. The appointment still stands")
    assert visit.requests()[-1].note == "Fridays after 2"


def test_a_free_time_can_be_taken(page: Browser, visit: Visit) -> None:
    page.press("Ask for another time").sees("A free time is yours as soon as you choose it.")
    page.choose("Friday 12 February 2027, 10:30am").press("Send")
    page.sees("You have a new time", "Friday 12 February 2027, 10:30am")
    assert receipt(page) == visit.now().answer_receipt


def test_neither_time_nor_words_is_said_kindly(page: Browser, visit: Visit) -> None:
    page.press("Ask for another time").press("Send", 422)
    page.sees("Choose a time, or tell us which times are possible.")
    assert visit.kinds() == ["offered"]


@pytest.mark.parametrize(
    "how",
    [
        lambda page: page.press("Accept"),
        lambda page: page.press("Ask for a phone call"),
        lambda page: page.press("Ask to cancel").fill(note="Ill").press("Ask to cancel"),
        lambda page: page.press("Ask for another time").fill(note="Fridays").press("Send"),
        lambda page: (
            page.press("Ask for another time")
            .choose("Friday 12 February 2027, 10:30am")
            .press("Send")
        ),
    ],
    ids=["accept", "phone", "cancel", "time", "pick"],
)
def test_pressing_twice_or_losing_the_reply_gives_the_same_receipt(
    page: Browser, visit: Visit, how: object
) -> None:
    how(page)  # type: ignore[operator]
    first = receipt(page)
    for _ in range(2):
        visit.clock.later(seconds=20)
        page.again()
        assert receipt(page) == first
    assert len(visit.kinds()) == 2


def test_taking_back_twice_gives_the_same_receipt(page: Browser, visit: Visit) -> None:
    page.press("Accept").press("Take my answer back").sees("You took your answer back")
    first = receipt(page)
    page.again()
    assert receipt(page) == first
    page.follow("Back to the appointment")
    assert page.buttons() == CHOICES
    assert visit.kinds() == ["offered", "accepted", "withdrawn"]


def test_an_answer_after_the_start_says_whom_to_call(
    page: Browser, visit: Visit, clock_stopped: StoppedClock
) -> None:
    visit.clock.at(SOON)
    by_link = page.path.startswith("/a/")
    page.press("Accept", 404 if by_link else 200)
    if by_link:
        page.sees("it works only until the appointment starts")
    else:
        page.sees("What is your mobile number?")  # nine days later the session has ended, too
    assert visit.kinds() == ["offered"]


def test_an_answer_just_after_the_start_says_whom_to_call(app: Flask, visit: Visit) -> None:
    visit.clock.at(SOON - timedelta(minutes=2))
    browser = Browser(app).sign_in(visit.people.alex).open(f"/appointments/{visit.row.id}")
    visit.clock.later(minutes=2)
    browser.press("Accept", 409).sees("Your appointment started on", "0113 496 0100")
    assert "Accept" not in browser.buttons()
    assert visit.kinds() == ["offered"]


def test_a_page_that_is_one_answer_old_says_what_happened(page: Browser, visit: Visit) -> None:
    entry = visit.does("accept", "text")
    page.press("Ask for a phone call", 409)
    page.sees("Nothing new was recorded. You accepted this appointment.", entry.receipt)
    assert visit.kinds() == ["offered", "accepted"]


def test_a_page_from_before_a_move_says_the_new_time(page: Browser, visit: Visit) -> None:
    visit.does("accept")
    visit.moves()
    page.press("Accept", 409).sees("It is now on Friday 12 February 2027, 10:30am.")
    page.sees("Old time: Wednesday 10 February 2027, 10:30am")
    page.sees("New time: Friday 12 February 2027, 10:30am")
    assert visit.kinds()[-1] == "moved"
    page.press("Accept").sees("You accepted the appointment", "Friday 12 February")


def test_what_was_called_off_needs_nobody(page: Browser, visit: Visit) -> None:
    visit.office(office_actions.call_off, why="The office is closed.")
    page.press("Accept", 409).sees("This appointment was called off", "You do not need to come.")
    assert not set(CHOICES) & set(page.buttons())


def test_a_time_that_went_meanwhile_can_be_chosen_again(
    page: Browser, visit: Visit, app: Flask
) -> None:
    page.press("Ask for another time").choose("Friday 12 February 2027, 10:30am")
    with app.app_context(), transaction():
        other = appointment(again(visit.people.stranger))
        actions.pick_time(other, again(visit.free), by=actor(visit.people.stranger))
        slot(visit.people.office, SOON + timedelta(days=5))
    page.press("Send", None)
    assert page.response.status_code in (409, 422)
    assert visit.kinds() == ["offered"]
    page.choose("Monday 15 February 2027, 10:30am").press("Send").sees("You have a new time")


def test_a_get_on_a_button_shows_the_appointment_and_does_nothing(
    page: Browser, visit: Visit
) -> None:
    """A link preview, a reload, a curious finger: reading is never answering."""
    at = page.path
    for what in ("accept", "phone", "undo"):
        page.open(f"{at}/{what}")
        assert page.path == at
    assert visit.kinds() == ["offered"]


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "1.0", "٣"])
def test_nonsense_in_hidden_fields_breaks_nothing(
    page: Browser, visit: Visit, version: str
) -> None:
    page.post(f"{page.path}/accept", None, version=version)
    assert page.response.status_code in (200, 409)
    assert set(visit.kinds()) <= {"offered", "accepted"}


# What each state says


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
