"""Stories about complaints: who dared, who was threatened, and who never hears of it (facts 5;
scenario 24, and the two people of the report who were threatened). That the coach's own login
shows nothing after every step is in `test_complaints_unseen`."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.complaints import queries
from portal.complaints.models import Complaint, Kind, Level
from portal.database import db, transaction
from portal.record import log
from tests.complaints import Handlers, answers, at_desk, handlers
from tests.journeys.story import Story
from tests.people import Browser, People, StoppedClock, again, work

__all__ = ["handlers"]

PAST = "The complaints team, past my Jobcentre"


def complains(browser: Browser, kind: str, what: str, hide: str = "") -> Browser:
    """One thing a page, and sent."""
    browser.open("/complaints").press("Write a complaint").choose(kind).press("Continue")
    browser.fill(what=what).press("Continue")
    return finishes(browser, hide=hide)


def finishes(browser: Browser, level: str = "", hide: str = "") -> Browser:
    while not browser.path.endswith("/check"):
        if hide and browser.path.endswith("/hidden"):
            browser.choose("Priya Shah").choose(hide)
        if level and browser.path.endswith("/whom"):
            browser.choose(level)
        browser.press("Continue")
    return browser.press("Send the complaint").sees("Your complaint is sent")


def complaints(app: Flask) -> list[Complaint]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Complaint).order_by(Complaint.sent_at)))


def test_complained_then_threatened(
    app: Flask,
    people: People,
    handlers: Handlers,
    story: Story,
    clock_stopped: StoppedClock,
) -> None:
    """Scenario 24: remarks about religion, a complaint, then a threat. The second one goes past
    the office: nobody there can open it, the one who answered the first among them."""
    browser = Browser(app).sign_in(people.alex)
    complains(browser, "I was treated worse because of who I am", "Remarks about how I pray.")
    work(app)
    answers(app, complaints(app)[0], handlers.here)
    work(app)
    assert not [t for t in story.phone.received if "pray" in t or "omplain" in t]

    clock_stopped.later(minutes=1)
    browser.open(f"/complaints/{complaints(app)[0].id}").press("It got worse after I complained")
    browser.press("Write what happened").fill(what="She threatened to stop my money.")
    finishes(browser.press("Continue"))
    first, worse = complaints(app)
    assert (worse.kind, worse.level, worse.after_id) == (Kind.worse, Level.team, first.id)

    desk = at_desk(app, handlers.team).open(f"/staff/complaints/{worse.id}")
    desk.press("Open and read it").sees("She threatened to stop my money.")
    for member in (handlers.here, handlers.manager, people.coach, people.colleague):
        at_desk(app, member).open(f"/staff/complaints/{worse.id}", 404)
    browser.open(f"/complaints/{worse.id}").sees("Mina Park, Monday 1 February 2027")
    story.the_record_is_intact()


def test_threatened_and_never_dared(
    app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
) -> None:
    """She writes at the library, is signed out, dares two weeks later, and sends it past the
    office. The answer of the team is not enough; their final response has a last day."""
    library = Browser(app).sign_in(people.alex)
    library.open("/complaints/which").fill(private_decision="yes").press("Show what fits")
    library.sees("A complaint does not stop the one month").press("Write a complaint")
    library.choose("How somebody behaved towards me").press("Continue")
    library.fill(what="He said: complain, and you lose your money.")
    clock_stopped.later(minutes=15)
    library.press("Continue")
    assert library.path == "/sign-in"
    assert complaints(app) == []

    clock_stopped.later(days=14)
    home = Browser(app).sign_in(people.alex).open("/").follow("Go on with what you were writing")
    home.press("Go on with it")
    assert home.path == "/complaints/new/when"
    finishes(home, PAST)
    (sent,) = complaints(app)
    assert (sent.level, sent.what) == (Level.team, "He said: complain, and you lose your money.")
    at_desk(app, handlers.here).does_not_see("Alex Morgan")

    answers(app, sent, handlers.team)
    home.open(f"/complaints/{sent.id}").sees("their final response").press("Take it further")
    home.press("Take it further")
    answers(app, sent, handlers.team, final=True)
    home.open(f"/complaints/{sent.id}").sees(
        "You can ask the Independent Case Examiner until Sunday 15 August 2027, free."
    )
    with app.app_context():
        assert log.verify(people.alex.id) == []


@pytest.mark.parametrize("role", ["complaints", "manager"])
def test_threatened_by_somebody_who_is_promoted(
    app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock, role: str
) -> None:
    """He still sees nothing of it. The office is late, and the person takes it further."""
    browser = Browser(app).sign_in(people.alex)
    complains(browser, "How somebody behaved towards me", "He shouted.", hide="Tom Reid")
    (sent,) = complaints(app)
    with app.app_context(), transaction():
        for each in (people.coach, people.colleague):
            again(each).role = role
    for each in (people.coach, people.colleague):
        desk = at_desk(app, each)
        desk.open(f"/staff/complaints/{sent.id}", 404)
        desk.open("/staff/complaints", None).does_not_see("Alex Morgan", "He shouted.")
    clock_stopped.later(days=22)
    work(app)
    browser = Browser(app).sign_in(people.alex).open(f"/complaints/{sent.id}")
    browser.sees("is late. That is not your doing.").press("Take it further")
    browser.fill(words="Nobody answered.").press("Take it further")
    answers(app, sent, handlers.team, final=True)
    browser.open(f"/complaints/{sent.id}").sees("Final response", "Nobody answered.")
    with app.app_context():
        assert {each.name for each in queries.kept_from(again(sent))} == {"Priya Shah", "Tom Reid"}
