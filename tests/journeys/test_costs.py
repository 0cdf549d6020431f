"""Stories about money for looking for work, by web and by text (facts 10: 1, 9, 19, 23)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.costs.models import CostRequest
from portal.database import db, transaction
from portal.record import log
from tests.journeys.story import Story
from tests.people import NOW, Browser, Desk, People, StoppedClock, again, work
from tests.phone import code_for

EXPLAINED = {
    "id": (
        "I get Universal Credit, or I have claimed it",
        "Photo ID, or renewing a document",
        "Yes, all three",
        "No one else",
        "Look for work",
        "A job offer, a new job or more hours",
        "No, not yet",
    ),
    "clothes": (
        "I get Universal Credit, or I have claimed it",
        "Clothes for an interview or for work",
        "Yes, all three",
        "No one else",
        "Look for work",
        "A job interview or a trial shift that has a date",
        "No, not yet",
    ),
    "extra visit": (
        "I get Universal Credit, or I have claimed it",
        "Travel to the Jobcentre for an extra visit or another office",
        "Yes, all three",
        "No one else",
        "Look for work",
        "No, not yet",
    ),
    "training": (
        "I get Universal Credit, or I have claimed it",
        "Travel to an interview, a job or a course",
        "Yes, all three",
        "No one else",
        "Look for work",
        "A course, work trial or placement that my work coach agreed to",
        "No, not yet",
    ),
}
BY_TEXT = {
    "id": ("COSTS", "5", "1", "1", "1", "1", "2", "1"),
    "clothes": ("COSTS", "2", "1", "1", "1", "1", "1", "1"),
    "training": ("COSTS", "1", "1", "1", "1", "1", "3", "1"),
    "other": ("COSTS", "6", "5", "1", "1", "1", "1"),
    "extra visit": ("COSTS", "1", "2", "1", "1", "1", "1"),
}


@pytest.fixture
def story(app: Flask, people: People, clock_stopped: StoppedClock) -> Story:
    return Story(app, people, clock_stopped)


def by_web(story: Story, what: str, **more: str | list[str]) -> Browser:
    """Through the questions, signed out; then signing in, and sending it as a request."""
    browser = Browser(story.app).open("/costs")
    for option in EXPLAINED[what]:
        browser.choose(option).press("Continue")
    browser.press("Sign in to ask for it here")
    browser.fill(number=story.people.alex.mobile or "").press("Text me a code")
    browser.fill(code=code_for(story.app, story.people.alex.mobile or "")).press("Sign in")
    assert browser.heading == "Ask for help with costs"
    browser.fill(**more).press("Check what you ask for").press("Send the request")
    work(story.app)
    return browser


def by_text(story: Story, what: str, send: str = "1") -> None:
    for each in (*BY_TEXT[what], send):
        story.time.later(minutes=2)
        story.phone.texts(each)


def asks(story: Story, door: str, what: str, **more: str | list[str]) -> None:
    if door == "web":
        by_web(story, what, **more).sees("Your request is sent")
    else:
        by_text(story, what)
        story.phone.reads("Your request is sent.")


def requests(story: Story) -> list[CostRequest]:
    with story.app.app_context():
        return list(db.session.scalars(sa.select(CostRequest).order_by(CostRequest.item)))


def record(story: Story) -> str:
    """What Alex reads in her record."""
    return Browser(story.app).sign_in(story.people.alex).open("/record").text


@pytest.mark.parametrize("door", ["web", "text"])
def test_grace_asks_once_and_is_answered(story: Story, door: str) -> None:
    """1. Asked many times in the journal for help to buy photo ID, and never answered."""
    asks(story, door, "id")
    (request,) = requests(story)
    assert request.owner_id == story.people.coach.id  # an owner,
    assert request.reply_by > NOW.date()  # a due date,
    for _day in range(9):
        story.time.later(days=1)
        work(story.app)
        work(story.app)
    said = record(story)  # automatic nudges, and then a manager,
    assert "We reminded your Jobcentre" in said
    assert "on the manager’s list" in said
    story.desk.sign_in(story.people.colleague)
    story.desk.open("/staff").sees("Help with costs: for a manager: 1", "Photo ID")
    story.desk.press("Open").sees("Late: the answer was due by")
    story.desk.fill(amount="£88.50", pay_when="On Friday", keep="The receipt of the licence")
    story.desk.choose("Before they spend the money").press("Agree and tell them")
    work(story.app)
    assert any(f"ref {request.receipt}" in text for text in story.phone.received)
    assert "Your Jobcentre has seen your request" in record(story)  # a "seen" mark.
    if door == "text":
        story.phone.texts(f"STATUS {request.receipt}")
        assert any("they agreed" in text for text in story.phone.received)
        return
    browser = Browser(story.app).sign_in(story.people.alex).open("/")
    browser.follow("Read the answer about help with costs").follow(
        "Photo ID, or renewing a document"
    )
    browser.sees(
        "Your Jobcentre agreed to pay £88.50, and you do not pay it back.",
        "They pay you before you spend the money.",
        "The receipt of the licence",
    )


@pytest.mark.parametrize("door", ["web", "text"])
def test_the_fare_of_four_pounds(story: Story, door: str) -> None:
    """9. Chose bread and milk over the fare and was sanctioned."""
    story.the_office_books_a_visit()
    if door == "web":
        browser = Browser(story.app).sign_in(story.people.alex).open(f"/appointments/{story.visit}")
        browser.follow("I cannot pay the fare").press("Ask for a phone call")
        browser.follow("See if a fund can help with costs of travel or of an interview")
        browser.sees("Which of these is true for you?")
        for option in EXPLAINED["extra visit"]:
            browser.choose(option).press("Continue")
        browser.press("Ask for it here").choose("Wednesday 10 February 2027, 10:30am")
        browser.fill(amount="£4").press("Check what you ask for").sees("£4")
        browser.press("Send the request").sees("Your request is sent")
    else:
        story.phone.texts("no fare").reads("Asked for a phone call", "COSTS")
        by_text(story, "extra visit")
    kinds = story.kinds()
    assert kinds[-1] == "appointments.cannot_pay_fare"  # asks for a phone call instead,
    assert [each.item for each in requests(story)] == ["jobcentre_extra"]  # and for a refund,
    assert story.the_appointment().status == "booked"  # and nothing is cancelled by it.
    story.the_record_is_intact()


@pytest.mark.parametrize("door", ["web", "text"])
def test_it_is_no_loan(story: Story, door: str) -> None:
    """19. Told that the fund is a loan; then barred from a computer while listing clothes."""
    if door == "web":
        browser = Browser(story.app).open("/costs")
        for option in EXPLAINED["clothes"]:
            browser.choose(option).press("Continue")
        browser.sees("It is a grant, not a loan: you do not pay it back.")
        browser.open("/costs/card").sees("is a grant, not a loan")
    else:
        for each in BY_TEXT["clothes"]:
            story.phone.texts(each)
        assert any("not a loan" in text for text in story.phone.received)
        story.phone.texts("3").reads("Please can the Flexible Support Fund help me with clothes")
        story.time.later(days=2)
    for what in ("clothes", "id"):
        asks(story, door, what)
    # The list is kept here, at whatever computer or none.
    listed = Browser(story.app).sign_in(story.people.alex).open("/costs/requests")
    listed.sees("Clothes for an interview or for work", "Photo ID, or renewing a document")


@pytest.mark.parametrize("door", ["web", "text"])
def test_no_lunch_on_training_days(story: Story, door: str) -> None:
    """23. People skipped food on training days."""
    if door == "web":
        asks(story, door, "training", amount="about 20", step="Course in Leeds, 3 days")
        browser = Browser(story.app).sign_in(story.people.alex).open("/costs/requests/new")
        browser.fill(item="other", item_words="Lunch on 3 training days", amount="18")
        browser.press("Check what you ask for").press("Send the request")
        browser.sees("Your request is sent")
    else:
        asks(story, door, "training")
        asks(story, door, "other")
    food, fares = requests(story)
    assert (food.item, fares.item) == ("other", "travel")  # food and fares, each logged,
    assert fares.receipt != food.receipt  # each with a receipt and a clock of its own.
    with story.app.app_context():
        found = [e.kind for e in log.entries(story.people.alex.id) if e.kind.startswith("costs.")]
    assert found == ["costs.asked", "costs.asked"]
    if door == "web":
        assert fares.amount_pence == 2000
        assert food.item_words == "Lunch on 3 training days"
    Desk(story.app).sign_in(story.people.coach).open("/staff").sees("Help with costs: 2")


def test_a_no_goes_to_a_manager_and_then_on(story: Story) -> None:
    """Challenge (facts 1.5): the reason, a manager, a complaint."""
    with story.app.app_context(), transaction():
        again(story.people.colleague).role = "manager"
    asks(story, "web", "id")
    (request,) = requests(story)
    story.desk.open("/staff").press("Open").press("Say no, and say why")
    story.desk.press("Say no", 422).sees("Say why, in plain words.")
    story.desk.fill(why="We need to see a price first.").press("Say no")
    work(story.app)
    browser = Browser(story.app).sign_in(story.people.alex)
    browser.open(f"/costs/requests/{request.id}").sees(
        "They say: We need to see a price first.",
        "You can ask a manager to look at it again.",
        "You can also complain to your Jobcentre",
        "you cannot appeal against it",
    )
    browser.press("Ask a manager to look again").sees("You asked a manager to look again")
    browser.open(f"/costs/requests/{request.id}").sees("The first time, they said no")
    story.desk.open("/staff").sees("Help with costs: for a manager: 1").press("Open")
    assert "Say no, and say why" not in story.desk.buttons()
    other = Desk(story.app).sign_in(story.people.colleague)
    other.open(f"/staff/costs/{request.id}/refuse").fill(why="The rules leave it out.")
    other.press("Say no")
    browser.open(f"/costs/requests/{request.id}").sees(
        "The rules leave it out.", "You can still complain."
    )
    assert "Ask a manager to look again" not in browser.buttons()


def test_staff_write_a_request_down(story: Story) -> None:
    person = story.people.alex
    story.desk.open(f"/staff/people/{person.id}").press("Write down a request")
    story.desk.fill(item="tools", amount="٢٠", day=["10", "2", "2027"])
    story.desk.press("Record this for them").sees("The request is recorded")
    work(story.app)
    story.phone.reads("Your request is sent.")
    assert "Priya Shah at your Jobcentre wrote this down for you." in record(story)
    (request,) = requests(story)
    assert (request.amount_pence, request.amount_typed) == (2000, "٢٠")


def test_it_may_be_needed_too_soon(story: Story) -> None:
    browser = by_web(story, "id", day=["2", "2", "2027"])
    browser.sees("That may be too late for you. Call your Jobcentre today as well")
