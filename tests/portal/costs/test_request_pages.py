"""The pages of asking for help with costs: nothing typed is lost, nothing is sent twice."""

from __future__ import annotations

from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.costs.models import CostRequest
from portal.database import db
from tests.people import Browser, Desk, People, StoppedClock
from tests.phone import code_for

NEW = "/costs/requests/new"
CHECK, SEND = "Check what you ask for", "Send the request"
TYPED = {
    "item": "clothes",
    "item_words": "Black shoes",
    "amount": "about £1,234.50",
    "day": ["20", "3", "2027"],
    "step": "Waiter at the station",
}


@pytest.fixture
def browser(app: Flask, people: People) -> Browser:
    return Browser(app).sign_in(people.alex)


def requests(app: Flask) -> list[CostRequest]:
    with app.app_context():
        return list(db.session.scalars(sa.select(CostRequest)))


def test_what_is_checked_is_what_is_sent(app: Flask, browser: Browser) -> None:
    browser.open(NEW).fill(**TYPED).choose("No, not yet").press(CHECK)
    browser.sees("Clothes for an interview or for work", "Black shoes", "£1,234.50")
    browser.sees("Saturday 20 March 2027", "Waiter at the station", "No, not yet")
    assert requests(app) == []
    browser.press(SEND).sees("You asked for help with costs: Clothes for an interview or for work.")
    (sent,) = requests(app)
    assert (sent.amount_pence, sent.amount_typed) == (123450, "about £1,234.50")
    assert sent.answers == ""


def test_changing_keeps_everything(browser: Browser) -> None:
    browser.open(NEW).fill(**TYPED).press(CHECK).press("Change it")
    assert {name: browser.value(name) for name in TYPED} == TYPED


def test_an_error_keeps_everything(app: Flask, browser: Browser) -> None:
    browser.open(NEW).fill(**{**TYPED, "amount": "a million"}).press(CHECK, 422)
    browser.sees("Write one amount in pounds, like 20 or 12.50.")
    assert browser.value("item_words") == "Black shoes"
    assert browser.value("day") == TYPED["day"]
    assert requests(app) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("amount", "-5", "Write an amount above zero, or leave it empty."),
        ("amount", "1000000", "Write an amount of at most £10,000."),
        ("amount", "20 or 30", "Write one amount in pounds, like 20 or 12.50."),
        ("day", ["1", "1", "2020"], "This day is over. Write a day that is still to come."),
        ("day", ["31", "2", "2027"], "Write the day as three numbers"),
        ("item", "", "Choose what you need."),
        ("item", "other", "Say what you need, in your own words."),
        ("step", "x" * 300, "Use at most 200 letters. You wrote 300."),
    ],
)
def test_bad_input_is_asked_again(
    app: Flask, browser: Browser, field: str, value: str | list[str], said: str
) -> None:
    typed = {"item": "clothes", field: value}
    browser.open(NEW).fill(**typed).press(CHECK, 422).sees(said)
    assert requests(app) == []


@pytest.mark.parametrize("amount", ["٢٠٫٥٠", "20,50", "£20.50", "20.5"])
def test_amounts_as_people_write_them(app: Flask, browser: Browser, amount: str) -> None:
    browser.open(NEW).fill(item="tools", amount=amount).press(CHECK).sees("£20.50").press(SEND)
    assert [each.amount_pence for each in requests(app)] == [2050]


def test_another_language_keeps_the_form(browser: Browser) -> None:
    browser.open(NEW).fill(**TYPED).press("Cymraeg")
    assert {name: browser.value(name) for name in TYPED} == TYPED
    assert browser.path == NEW


def test_another_language_loses_nothing_that_was_checked(app: Flask, browser: Browser) -> None:
    browser.open(NEW).fill(**TYPED).press(CHECK).press("Cymraeg")
    assert {name: browser.value(name) for name in TYPED} == TYPED
    assert requests(app) == []
    browser.press("Gwirio beth rydych yn gofyn amdano").sees("Black shoes", "£1,234.50")
    browser.press("Anfon y cais")
    assert len(requests(app)) == 1


def test_without_scripts_the_check_page_stays(app: Flask, people: People) -> None:
    browser = Browser(app, Save_Data="on").sign_in(people.alex)
    browser.open(NEW).fill(**TYPED).press(CHECK).press("Cymraeg").sees("Black shoes", "£1,234.50")
    assert requests(app) == []
    browser.press("Anfon y cais")
    assert len(requests(app)) == 1


@pytest.mark.parametrize("button", [CHECK, SEND])
def test_a_visit_that_ended_keeps_everything(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock, button: str
) -> None:
    browser.open(NEW).fill(**TYPED)
    if button == SEND:
        browser.press(CHECK)
        clock_stopped.later(minutes=20)
        browser.press(SEND)
    else:
        clock_stopped.later(minutes=20)
        browser.press(CHECK)
    assert browser.path == "/sign-in"
    assert requests(app) == []
    browser.fill(number=people.alex.mobile or "").press("Text me a code")
    browser.fill(code=code_for(app, people.alex.mobile or "")).press("Sign in")
    browser.sees("We kept what you typed.")
    assert {name: browser.value(name) for name in TYPED} == TYPED


def test_two_presses_send_once(app: Flask, browser: Browser) -> None:
    browser.open(NEW).fill(**TYPED).press(CHECK).press(SEND)
    first = browser.text
    browser.again()
    assert len(requests(app)) == 1
    assert browser.text == first


def test_fields_that_nobody_offered_are_refused(app: Flask, browser: Browser) -> None:
    browser.open(NEW).post(NEW, 422, item="gold", at="send")
    browser.open(NEW).post(NEW, 422, item="id", paid="twice", at="send")
    browser.open(NEW).post(NEW, 422, item="id", appointment=str(uuid4()), at="send")
    assert requests(app) == []


def test_what_others_asked_for_is_not_found(app: Flask, people: People, browser: Browser) -> None:
    browser.open(NEW).fill(item="tools").press(CHECK).press(SEND)
    (sent,) = requests(app)
    stranger = Browser(app).sign_in(people.stranger)
    stranger.open(f"/costs/requests/{sent.id}", 404)
    stranger.open(f"/costs/requests/sent/{sent.receipt}", 404)
    stranger.open("/costs/requests").sees("You have not asked for anything yet.")
    stranger.post(f"/costs/requests/{sent.id}/withdraw", 404)
    elsewhere = Desk(app).sign_in(people.other_coach)
    elsewhere.open(f"/staff/costs/{sent.id}", 404)
    assert requests(app)[0].state == "asked"


def test_taking_it_back_leaves_a_receipt(app: Flask, browser: Browser) -> None:
    browser.open(NEW).fill(item="tools").press(CHECK).press(SEND).follow("See the request")
    browser.press("I no longer need this").sees("You took your request back", "Your receipt")
    browser.follow("Your requests").sees("You took it back on")


def test_a_row_waits_at_the_desk_until_it_is_answered(
    app: Flask, people: People, browser: Browser
) -> None:
    browser.open(NEW).fill(item="other", item_words="Lunch").press(CHECK).press(SEND)
    desk = Desk(app).sign_in(people.coach).open("/staff").sees("Help with costs: 1", "Lunch")
    desk.press("Open").sees("Lunch", "They can see that you opened this.", "Priya Shah")
    desk.press("Agree and tell them", 422).sees(
        "Write how much you agree to pay.", "Choose how you pay it.", "Say when the money comes."
    )
    browser.open("/costs/requests").sees("Your Jobcentre has seen it, and has not answered yet.")
    desk.fill(amount="18", pay_when="today").choose("Straight to the shop or provider")
    desk.press("Agree and tell them").open("/staff").sees("Help with costs: 0")


def test_counts_show_nobody_who_could_be_recognised(app: Flask, people: People) -> None:
    Desk(app).sign_in(people.coach).open("/staff").follow("Help with costs in numbers").sees(
        "There is nothing to show yet.", "We leave out groups of fewer than 20 people"
    )
