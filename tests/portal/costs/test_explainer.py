"""The explainer as people use it: one question a page, then what to ask for and what to say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.costs import rulebook, words
from portal.database import transaction
from tests.pages import words as words_of
from tests.people import NOW, Browser, Desk, People, StoppedClock, again
from tests.portal.costs.explaining import FUND, LIKELY, answer, checked


@pytest.fixture
def visitor(app: Flask, people: People) -> Browser:
    return Browser(app)


def test_from_nothing_to_the_card(visitor: Browser) -> None:
    visitor.open("/").follow("Go to the questions")
    visitor.sees("Question 1 of at most 8", "We store nothing unless you ask us to send it.")
    answer(visitor, *LIKELY)
    assert visitor.path == "/costs/answer"
    assert visitor.heading == "You can ask, and a yes is likely"
    visitor.sees(
        "“Likely” is our own judgement.",
        "It is a grant, not a loan: you do not pay it back.",
        "The fund can pay for this when an interview or a job needs it.",
        "Please can the Flexible Support Fund help me with photo ID or a document? "
        "I have a job interview or a trial shift that has a date.",
        "It is not guaranteed. Local limits apply. Ask before you spend.",
        "Get the answer in writing.",
        "how much they pay",
        "if the yes stands in your journal",
        "Rule 20 of our list. We saw this in a copy of an official or expert page.",
        "Found anything yet?, Citizens Advice (January 2025)",
        "Citizens Advice on the Flexible Support Fund (Thursday 9 May 2024)",
        "We last checked this on Saturday 21 November 2026.",
        "Universal Credit helpline 0800 328 5644",
    )
    visitor.follow("Print the card alone").sees("It is not paid back.")


def test_every_question_says_why_and_can_be_answered_with_not_sure(app: Flask) -> None:
    book = rulebook.known()
    path = {"you": "uc", "need": "childcare", "steps": "yes", "payer": "no_one"}
    path |= {"regime": "works", "carer": "yes", "purpose": "job", "paid": "no"}
    browser = Browser(app).open("/costs")
    for number, (question, option) in enumerate(path.items(), 1):
        browser.sees(
            f"Question {number} of at most 8",
            words.QUESTIONS[question].english,
            words.WHY[question].english,
            words.OPTIONS[question]["unsure"].english,
        )
        shown = [e.get("value") for e in browser.page.all("input") if e.get("name") == "answer"]
        asked = book.question(question)
        assert asked is not None
        assert shown == list(asked.options)
        browser.choose(words.OPTIONS[question][option].english).press("Continue")
    assert browser.heading == "You can ask, and a yes is likely"


def test_going_back_keeps_the_answers(visitor: Browser) -> None:
    answer(visitor, *LIKELY[:4])
    visitor.follow("Back").sees("Could someone else pay for it?")
    assert checked(visitor) == ["no_one"]
    visitor.follow("Back").follow("Back").sees("What do you need?")
    assert checked(visitor) == ["id"]
    # A new answer to an early question: what was said later is still there.
    visitor.choose("Driving lessons").press("Continue")
    visitor.sees("What does your Jobcentre ask you to do?")


def test_an_answer_can_be_changed_from_the_end(visitor: Browser) -> None:
    answer(visitor, *LIKELY)
    visitor.follow("Change What is it for?").choose("Looking for work in general")
    visitor.press("Continue")
    assert visitor.heading == "You can ask, and your work coach decides"
    visitor.sees("A job interview or a job offer with a date.")
    visitor.press("Ask about something else")
    assert visitor.path == "/costs"
    assert checked(visitor) == []
    assert visitor.open("/costs/answer").path == "/costs"


def test_nothing_stays_behind(app: Flask, visitor: Browser) -> None:
    """Not in the address, and not after leaving."""
    answer(visitor, *LIKELY)
    assert "=" not in visitor.path
    for link in visitor.page.all("a"):
        assert "interview" not in link.get("href", "")
    visitor.press("Exit this page", None)
    visitor.open("/costs")
    assert checked(visitor) == []


def test_a_question_left_empty_says_what_to_do(visitor: Browser) -> None:
    visitor.open("/costs").press("Continue", 422)
    visitor.sees("Choose an answer. If you do not know, choose that you are not sure.")


@pytest.mark.parametrize("nonsense", ["gold", "UC", "'; DROP TABLE", "١", "x" * 5000])
def test_tampered_answers_are_asked_for_again(visitor: Browser, nonsense: str) -> None:
    visitor.open("/costs").post("/costs", 422, answer=nonsense)
    visitor.sees("Choose one of the answers.")
    visitor.open("/costs/answer")
    assert visitor.path == "/costs"
    visitor.sees("We need this answer first.")


@pytest.mark.parametrize(
    ("kept", "asks"),
    [
        ("you=gold,need=id", "Which of these is true for you?"),
        ("you=uc,need=id,steps=maybe", "Have you shown your ID"),
        ("need=id,steps=yes", "Which of these is true for you?"),
        ("nonsense", "Which of these is true for you?"),
    ],
)
def test_what_a_browser_kept_from_older_rules_is_asked_again(
    visitor: Browser, kept: str, asks: str
) -> None:
    with visitor.client.session_transaction() as session:
        session["costs"] = kept
    visitor.open("/costs/answer").sees("We need this answer first.", asks)


def test_an_address_of_no_question_is_not_found(visitor: Browser) -> None:
    visitor.open("/costs/gold", 404)
    visitor.open("/costs/paid").sees("We need this answer first.", "Which of these")
    visitor.open("/costs/card").sees("Which of these")


def test_northern_ireland_hears_nothing_of_the_fund(visitor: Browser) -> None:
    visitor.open("/costs")
    assert not FUND.search(visitor.text)
    answer(visitor, "I live in Northern Ireland")
    assert visitor.heading == "Ask the office in Northern Ireland"
    visitor.sees("0800 012 1331", "We could not confirm this.")
    assert not FUND.search(visitor.text), visitor.text
    assert visitor.open("/costs/card").path == "/costs/answer"
    assert "Sign in to ask for it here" not in visitor.buttons()


def test_northern_ireland_wins_over_whatever_else_was_answered(visitor: Browser) -> None:
    answer(visitor, *LIKELY)
    visitor.follow("Change Which of these is true for you?")
    visitor.choose("I live in Northern Ireland").press("Continue")
    assert not FUND.search(visitor.text), visitor.text


def test_whoever_has_an_office_there_hears_nothing_either(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        again(people.office).nation = "northern_ireland"
    browser = Browser(app).sign_in(people.alex)
    answer(browser, "I get Universal Credit, or I have claimed it")
    assert browser.heading == "Ask the office in Northern Ireland"
    assert not FUND.search(browser.text), browser.text


def test_what_the_fund_does_not_pay_for_names_what_else_there_is(visitor: Browser) -> None:
    answer(visitor, LIKELY[0], "Food, rent, energy or other living costs")
    assert visitor.heading == "This fund does not pay for it"
    visitor.sees(
        "Crisis and Resilience Fund",
        "In Scotland, ask about the Scottish Welfare Fund.",
        "We could not check these two.",
        "Universal Credit helpline 0800 328 5644",
    )
    visitor.does_not_see("Read this out, or show it")
    assert visitor.open("/costs/card").path == "/costs/answer"


def test_not_sure_is_never_told_no(visitor: Browser) -> None:
    answer(visitor, "I am not sure", "Fines or debts")
    assert visitor.heading == "Probably not from this fund, but see what else there is"
    visitor.sees("You were not sure of an answer, so we do not say no.")
    visitor.sees("Your answer to this, once you are sure: Which of these is true for you?")


def test_what_lowered_it_is_said(visitor: Browser) -> None:
    answer(visitor, *LIKELY[:3], "I could pay", *LIKELY[4:6], "Yes, but I have no receipt")
    assert visitor.heading == "Probably not from this fund, but see what else there is"
    visitor.sees("You said that you could pay.", "You have paid and have no receipt")
    visitor.sees("If you cannot pay it yourself after all.")


def test_the_page_says_when_nobody_has_checked_for_long(
    visitor: Browser, clock_stopped: StoppedClock
) -> None:
    answer(visitor, *LIKELY).does_not_see("That is long ago")
    clock_stopped.at(NOW + timedelta(days=400))
    visitor.open("/costs/answer").sees(
        "We last checked this on Saturday 21 November 2026. That is long ago, so ask whether it "
        "is still right."
    )


def test_the_answers_come_along_when_somebody_signs_in(app: Flask, people: People) -> None:
    browser = Browser(app)
    answer(browser, *LIKELY)
    browser.sign_in(people.alex)
    browser.open("/costs/answer").sees("You can ask, and a yes is likely", "Leeds Jobcentre")
    assert "Ask for it here" in browser.buttons()
    browser.press("Sign out").open("/costs/answer")
    assert browser.path == "/costs"


def test_staff_see_the_same_rules_as_a_checklist(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open("/staff/costs/rules")
    desk.sees("All the rules, in their order", "Must be paid", "May be paid", "Must not be paid")
    desk.sees("May be paid, and in some cases must be", "Anything but: Childcare")
    rows = desk.page.all("tr")[1:]
    assert len(rows) == len(rulebook.known().rules)
    desk.fill(you="uc", need="childcare", steps="yes", payer="no_one", regime="look")
    desk.press("Show what the rules say", 422).sees("Choose an answer here: it decides.")
    desk.fill(purpose="agreed", paid="no").press("Show what the rules say")
    outcome = desk.page.by_id("outcome")
    assert outcome is not None
    said = words_of(outcome)
    assert said.startswith("Must be paid They see: You can ask, and a yes is likely")
    assert "Rule 14 of our list." in said
