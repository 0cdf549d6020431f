"""Telling a complaint from a decision, from danger, and from our own use of data (facts 5)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account.models import TypedText
from portal.complaints.models import Draft
from portal.database import db
from tests.people import Browser, People, StoppedClock

YES = {"danger": "Call first", "decision": "A decision that you think is wrong"}


@pytest.mark.parametrize("door", ["signed out", "signed in"])
def test_three_questions_keep_nothing(app: Flask, people: People, door: str) -> None:
    browser = Browser(app)
    if door == "signed in":
        browser.sign_in(people.alex)
    browser.open("/complaints/which").does_not_see(*YES.values())
    browser.fill(private_danger="yes", private_decision="yes", private_data="yes")
    browser.press("Show what fits").sees(*YES.values(), "0800 328 5644", "Call 999")
    browser.sees("You can do both at the same time.", "How to complain about that")
    browser.sees("A complaint does not stop the one month")
    assert ("0113 496 0100" in browser.text) == (door == "signed in")
    with app.app_context():
        assert db.session.scalars(sa.select(Draft)).all() == []
        assert db.session.scalars(sa.select(TypedText)).all() == []


def test_numbers_come_first(app: Flask) -> None:
    browser = Browser(app).open("/complaints/which")
    browser.fill(private_danger="yes", private_decision="yes").press("Show what fits")
    assert browser.text.index("Call first") < browser.text.index("A decision that you think")
    browser.open("/complaints/which").press("Show what fits")
    browser.sees("Everything else is a complaint").does_not_see(*YES.values())


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (["31", "1", "2027"], "Ask them to look at it again by Sunday 28 February 2027."),
        (["١", "٢", "٢٠٢٧"], "Ask them to look at it again by Monday 1 March 2027."),
        (
            ["31", "12", "2026"],
            "The last day to ask them to look at it again was Sunday 31",
        ),
        (["2", "2", "2027"], "This day is still to come."),
        (["31", "2", "2027"], "Write the day as three numbers"),
        (["", "", ""], "Write the day of the decision."),
    ],
)
def test_the_last_day_is_counted(
    app: Flask, clock_stopped: StoppedClock, decided: list[str], said: str
) -> None:
    browser = Browser(app).open("/complaints/decision").fill(private_day=decided)
    browser.press("Show the last day", None).sees(said)
    browser.sees("A complaint does not stop the one month")


def test_late_is_not_too_late(app: Flask, clock_stopped: StoppedClock) -> None:
    browser = Browser(app).open("/complaints/decision").fill(private_day=["1", "12", "2026"])
    browser.press("Show the last day").sees("Ask anyway, and say why it is late.")


def test_our_own_use_of_data(app: Flask, clock_stopped: StoppedClock) -> None:
    browser = Browser(app).open("/complaints/data")
    browser.sees("within 30 days", "by Wednesday 3 March 2027")


def test_a_deadline_stands_in_english_beside_a_computers_translation(
    app: Flask, clock_stopped: StoppedClock
) -> None:
    browser = Browser(app).open("/complaints/decision").press("العربية")
    browser.sees("A complaint does not stop the one month for asking them to look at a decision")
