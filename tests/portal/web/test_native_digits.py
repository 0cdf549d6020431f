"""The digits of every script are read wherever a number is typed."""

from __future__ import annotations

from datetime import date, time

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal.account import numbers, pins, queries, sign_in_actions
from portal.appointments import bookings
from portal.complaints.forms import codes_in
from portal.costs import amounts
from portal.database import transaction
from portal.record import log, receipts
from portal.staff.commitment_forms import Hours
from portal.web.days import Day
from portal.web.forms import Form
from tests.people import Browser, Desk, People, actor, again, appointment
from tests.phone import code_for

SCRIPTS = {
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "bengali": "০১২৩৪৫৬৭৮৯",
    "gurmukhi": "੦੧੨੩੪੫੬੭੮੯",
}


@pytest.fixture(params=SCRIPTS)
def digits(request: pytest.FixtureRequest) -> dict[int, str]:
    return str.maketrans("0123456789", SCRIPTS[request.param])


def test_signing_in_with_a_number_and_a_code(
    app: Flask, people: People, digits: dict[int, str]
) -> None:
    browser = Browser(app).open("/sign-in")
    browser.fill(number="\u206607700 900101\u2069".translate(digits)).press("Text me a code")
    code = code_for(app, "+447700900101")
    browser.fill(code=code.translate(digits)).press("Sign in").sees("What to do next")


def test_a_card(app: Flask, people: People, digits: dict[int, str]) -> None:
    with app.app_context(), transaction():
        card, code = sign_in_actions.issue_card(
            again(people.alex), staff=people.coach, by=actor(people.coach)
        )
        found = sign_in_actions.check_card(
            receipts.grouped(card.reference).lower().translate(digits),
            f" {code} ".translate(digits),
        )
        assert found.id == people.alex.id


def test_a_receipt(app: Flask, people: People, digits: dict[int, str]) -> None:
    with app.app_context(), transaction():
        appointment(again(people.alex))
        receipt = log.entries(people.alex.id)[0].receipt
    typed = receipts.grouped(receipt).translate(digits)
    assert receipts.read_code(f"\u2066{typed}\u2069") == receipt
    assert codes_in(f"{typed}، {typed}؛{typed}") == ([receipt], [])


def test_numbers_that_staff_look_for(app: Flask, people: People, digits: dict[int, str]) -> None:
    with app.app_context():
        found = queries.claimants_of_office(people.office.id, "07700 900101".translate(digits))
        assert [each.id for each in found] == [people.alex.id]
    desk = Desk(app).sign_in(people.coach).open("/staff/people")
    desk.fill(text="900101".translate(digits)).press("Search").sees("Alex Morgan")


def test_clock_money_dates_and_pins(digits: dict[int, str]) -> None:
    assert bookings.read_time("14:30".translate(digits)) == time(14, 30)
    assert bookings.read_time("2:30pm".translate(digits)) == time(14, 30)
    assert amounts.read_pence("£34.50".translate(digits)) == 3450
    assert numbers.read_mobile("+44 7700 900123".translate(digits)) == "+447700900123"
    assert pins.read("4821".translate(digits)) == "4821"


def test_a_day_in_three_boxes(app: Flask, digits: dict[int, str]) -> None:
    class Ask(Form):
        day = Day("")

    parts = [("day", part.translate(digits)) for part in ("3", "02", " 2027 ")]
    with app.test_request_context(method="POST", data=MultiDict(parts)):
        form = Ask()
        assert form.validate()
        assert form.day.data == date(2027, 2, 3)


def test_hours_and_places_at_the_desk(app: Flask, digits: dict[int, str]) -> None:
    class Ask(Form):
        hours = Hours("")

    with app.test_request_context(method="POST", data={"hours": "35".translate(digits)}):
        form = Ask()
        assert form.validate()
        assert form.hours.hours == 35
