"""A session ends by itself, can be ended from anywhere, and loses nothing that was typed."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import queries, sign_in_actions
from portal.account.models import Way
from portal.database import db, transaction
from portal.record import log
from tests.people import Browser, People, StoppedClock, again, appointment
from tests.phone import code_for

SIGN_IN = "What is your mobile number?"
KEPT = "What you typed is kept."


@pytest.fixture
def visit(app: Flask, people: People) -> UUID:
    """An appointment of Alex."""
    with app.app_context(), transaction():
        return appointment(again(people.alex)).id


@pytest.fixture
def alex(app: Flask, people: People) -> Browser:
    """Alex, signed in."""
    return Browser(app).sign_in(people.alex)


def test_ten_quiet_minutes_end_a_session(
    app: Flask, alex: Browser, clock_stopped: StoppedClock
) -> None:
    clock_stopped.later(minutes=9, seconds=59)
    alex.open("/settings").sees("Settings")
    clock_stopped.later(minutes=10, seconds=21)
    alex.open("/settings").sees(SIGN_IN, "We signed you out to keep your details safe.")


def test_whoever_is_busy_stays_signed_in(
    app: Flask, alex: Browser, clock_stopped: StoppedClock
) -> None:
    for _ in range(4):
        clock_stopped.later(minutes=9)
        alex.open("/appointments").sees("Your appointments")
    clock_stopped.later(minutes=9)
    alex.post("/session/stay", 204)
    clock_stopped.later(minutes=9)
    alex.open("/appointments").sees("Your appointments")


def test_no_session_lasts_longer_than_four_hours(
    app: Flask, alex: Browser, clock_stopped: StoppedClock
) -> None:
    for _ in range(26):
        clock_stopped.later(minutes=9)
        alex.open("/appointments").sees("Your appointments")
    clock_stopped.later(minutes=9)
    alex.open("/appointments").sees(SIGN_IN)


def test_asking_to_stay_does_not_wake_a_session_that_ended(
    app: Flask, alex: Browser, clock_stopped: StoppedClock
) -> None:
    clock_stopped.later(minutes=11)
    alex.post("/session/stay", 401)
    alex.open("/settings").sees(SIGN_IN)


def test_signing_out_ends_the_session_wherever_its_cookie_went(app: Flask, alex: Browser) -> None:
    cookie = alex.client.get_cookie("s")
    assert cookie is not None
    alex.open("/").press("Sign out").sees("You are signed out", "close this window")
    copy = app.test_client()
    copy.set_cookie("s", cookie.value)
    assert copy.get("/settings").headers["Location"] == "/sign-in"


def test_leaving_is_recorded_with_how_it_was_done(app: Flask, people: People) -> None:
    Browser(app).sign_in(people.alex).open("/").press("Sign out")
    leaving = Browser(app).sign_in(people.alex).open("/").press("Exit this page", 303)
    assert leaving.left_to == "https://www.bbc.co.uk/weather"
    assert leaving.response.headers["Clear-Site-Data"] == '"cache"'
    with app.app_context():
        said = [str(log.event_of(entry)) for entry in log.entries(people.alex.id)]
    assert said[0] == "SignedOut(how='exit')"
    assert "SignedOut(how='button')" in said


def test_leaving_works_from_a_page_that_is_too_old_for_anything_else(
    app: Flask, alex: Browser
) -> None:
    answer = alex.client.post("/exit", data={"csrf_token": "from last year"})
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "https://www.bbc.co.uk/weather",
    )
    alex.open("/settings").sees(SIGN_IN)


def test_staff_can_end_every_session_of_a_person(app: Flask, people: People) -> None:
    phone, library = Browser(app).sign_in(people.alex), Browser(app).sign_in(people.alex)
    other = Browser(app).sign_in(people.stranger)
    with app.app_context(), transaction():
        sign_in_actions.end_visits(again(people.alex))
    for browser in (phone, library):
        browser.open("/settings").sees(SIGN_IN)
    other.open("/settings").sees("07700 900102")


def test_whoever_wanted_a_page_gets_it_after_signing_in(
    app: Flask, people: People, visit: UUID
) -> None:
    browser = Browser(app).open(f"/appointments/{visit}/time").sees(SIGN_IN)
    browser.fill(number=people.alex.mobile or "").press("Text me a code")
    browser.fill(code=code_for(app, people.alex.mobile or "")).press("Sign in")
    assert browser.path == f"/appointments/{visit}/time"


# What was typed is kept, for the person who typed it


def typed(alex: Browser, visit: UUID) -> Browser:
    alex.open(f"/appointments/{visit}/cancel").choose("I am ill or in hospital")
    return alex.fill(note="My words\nin two lines & <more>")


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(
    app: Flask, people: People, alex: Browser, visit: UUID, clock_stopped: StoppedClock
) -> None:
    typed(alex, visit)
    clock_stopped.later(minutes=11)
    alex.press("Ask to cancel").sees(SIGN_IN, KEPT)
    alex.sign_in(people.alex)
    assert alex.path == f"/appointments/{visit}/cancel"
    assert str(alex.value("note")).replace("\r\n", "\n") == "My words\nin two lines & <more>"
    assert alex.value("reason") == "ill"
    alex.press("Ask to cancel").sees("You asked to cancel. The appointment still stands")
    alex.open(f"/appointments/{visit}/cancel")
    assert alex.value("note") == ""
    with app.app_context():
        assert queries.typed_text(again(people.alex)) is None


def test_the_next_person_at_that_computer_sees_nothing_of_it(
    app: Flask, people: People, alex: Browser, visit: UUID, clock_stopped: StoppedClock
) -> None:
    typed(alex, visit)
    clock_stopped.later(minutes=11)
    alex.press("Ask to cancel").sees(SIGN_IN)
    alex.sign_in(people.stranger).does_not_see("My words")
    alex.open(f"/appointments/{visit}/cancel", 404).does_not_see("My words")
    elsewhere = Browser(app).sign_in(people.alex)
    assert elsewhere.path == f"/appointments/{visit}/cancel"
    assert "My words" in str(elsewhere.value("note"))


def test_what_was_typed_is_forgotten_after_a_day(
    app: Flask, people: People, alex: Browser, visit: UUID, clock_stopped: StoppedClock
) -> None:
    typed(alex, visit)
    clock_stopped.later(minutes=11)
    alex.press("Ask to cancel")
    clock_stopped.later(hours=24, seconds=1)
    alex.sign_in(people.alex).open(f"/appointments/{visit}/cancel")
    assert alex.value("note") == ""


def test_a_script_hands_in_what_was_typed_when_time_is_up(
    app: Flask, people: People, alex: Browser, visit: UUID
) -> None:
    typed(alex, visit)
    page = f"/appointments/{visit}/cancel"
    alex.post("/session/end", _next=page, note="half a sent", reason="")
    alex.sees("You are signed out", "What you typed is kept for one day.")
    alex.open("/settings").sees(SIGN_IN)
    alex.sign_in(people.alex)
    assert (alex.path, alex.value("note")) == (page, "half a sent")


def test_a_page_elsewhere_cannot_be_named_as_where_it_was_typed(
    app: Flask, people: People, alex: Browser
) -> None:
    for bad in ("https://evil.example/", "//evil.example/", "/\\evil.example", "x"):
        alex.open("/").post("/session/end", _next=bad, note="words")
        alex.sign_in(people.alex)
        assert alex.path == "/"


def test_nothing_is_kept_of_somebody_who_never_signed_in(app: Flask, people: People) -> None:
    browser = Browser(app).open("/sign-in")
    browser.post("/session/end", _next="/sign-in", number="07700 900101")
    browser.sees("You are signed out").does_not_see("is kept")


def test_words_are_sealed_where_they_are_kept(
    app: Flask, people: People, alex: Browser, visit: UUID, clock_stopped: StoppedClock
) -> None:
    typed(alex, visit)
    clock_stopped.later(minutes=11)
    alex.press("Ask to cancel")
    with app.app_context():
        kept = db.session.execute(sa.text("SELECT fields FROM account_typed_text")).scalar_one()
    assert "My words" not in kept


def test_an_ended_session_does_nothing_in_the_persons_name(
    app: Flask, people: People, alex: Browser, visit: UUID, clock_stopped: StoppedClock
) -> None:
    alex.open(f"/appointments/{visit}")
    clock_stopped.later(minutes=11)
    alex.press("Accept").sees(SIGN_IN)
    with app.app_context():
        assert log.entries(people.alex.id)[0].kind != "appointments.accepted"
        assert again(people.alex).way is Way.text
