"""The pages of one's own complaints: nothing typed is lost, nothing is sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.complaints import desk_actions, queries, rules
from portal.complaints.models import Complaint, Draft, Level
from portal.database import db, transaction
from tests.doors import code_for
from tests.people import Browser, People, StoppedClock, actor, again, appointment, staff

NEW = "/complaints/new"
LATER = {"when", "who", "effect", "right", "about", "contact", "hidden"}


@pytest.fixture
def browser(app: Flask, people: People) -> Browser:
    with app.app_context(), transaction():
        staff(again(people.office), "Hana Handler", role=rules.HANDLER)
        staff(again(people.other_office), "Theo Team", role=rules.TEAM)
        appointment(again(people.alex), by=people.coach)
    return Browser(app).sign_in(people.alex)


def complaints(app: Flask) -> list[Complaint]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Complaint).order_by(Complaint.sent_at)))


def drafts(app: Flask) -> list[Draft]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Draft)))


def written(browser: Browser, what: str = "I was told two different days.", level: str = "") -> Browser:
    """Everything is written, and the page to check it is open."""
    browser.open(NEW)
    browser.choose("Something took too long, or never happened").press("Continue")
    browser.fill(what=what).press("Continue")
    for _page in LATER:
        browser.press("Continue")
    if level:
        browser.choose(level)
    browser.press("Continue")
    return browser.sees("Check your complaint")


def test_nothing_yet(browser: Browser) -> None:
    browser.open("/complaints").sees("You have not complained about anything.")


def test_what_is_checked_is_what_is_sent(app: Flask, browser: Browser) -> None:
    written(browser).sees(
        "I was told two different days.",
        "It is not sent yet.",
        "Hana Handler, who deals with complaints at Leeds Jobcentre",
        "Priya Shah does not see it.",
        "A reply is due by Monday 22 February 2027.",
        "A complaint does not stop the one month",
    )
    assert complaints(app) == []
    browser.press("Send the complaint").sees("Your complaint is sent", "Your receipt")
    (sent,) = complaints(app)
    assert (sent.what, sent.level) == ("I was told two different days.", Level.office)
    assert drafts(app) == []
    with app.app_context():
        assert [each.name for each in queries.kept_from(again(sent))] == ["Priya Shah"]


def test_two_presses_send_once(app: Flask, browser: Browser) -> None:
    written(browser).press("Send the complaint")
    first = browser.text
    browser.again()
    assert browser.text == first
    assert len(complaints(app)) == 1
