"""What help, privacy and accessibility say, and what they must not say."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.account import guards, queries
from tests.pages import words
from tests.people import Browser, People, Phone

PAGES = [
    "/help",
    "/help/cannot-come",
    "/help/lower-payment",
    "/help/texts",
    "/help/shared-computers",
    "/accessibility",
    "/privacy",
]


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(app: Flask, people: People, path: str) -> None:
    Browser(app).open(path)
    Browser(app, htmx=True).open(path)
    Browser(app).sign_in(people.alex).open(path)


def test_the_longer_answers_are_found_from_help(app: Flask) -> None:
    for link in (
        "If you cannot come to an appointment",
        "If your payment may be lower",
        "How texts work",
        "Shared computers and leaving quickly",
        "Check a receipt code",
    ):
        assert Browser(app).open("/help").follow(link).heading == link


def test_there_is_no_other_help(app: Flask) -> None:
    Browser(app).open("/help/anything", status=404).sees("We cannot find this page")


@pytest.mark.parametrize("path", ["/", *PAGES])
def test_sanctions_are_named_only_where_they_are_explained(app: Flask, path: str) -> None:
    whole = Browser(app).open(path).text.lower()
    assert ("sanction" in whole) == (path == "/help/lower-payment")
    for claim in ("by law", "48 hours", "you failed", "cancelled", "!"):
        assert claim not in whole


def test_where_a_sanction_is_named_it_is_explained(app: Flask) -> None:
    Browser(app).open("/help/lower-payment").sees(
        "A sanction means that your payment is lower for a time.",
        "You pay this back from later payments.",
        "Ask them to look at it again, within one month of the decision.",
        "The message about an appointment must give the date",
        "This page is for England, Scotland and Wales. "
        "It was last checked on Saturday 21 November 2026.",
    )


def test_fares_promise_nothing(app: Flask) -> None:
    Browser(app).open("/help/cannot-come").sees(
        "The cost of the fare is not listed by name.", "so nobody can promise it"
    )


def test_what_is_said_about_time_is_what_the_service_does(app: Flask) -> None:
    minutes = int(guards.IDLE.total_seconds() // 60)
    assert queries.TYPED_TEXT_LIFE.days == 1
    Browser(app).open("/help/shared-computers").sees(
        f"After {minutes} minutes without doing anything you are signed out.",
        "What you typed is kept for one day",
    )


def test_privacy_names_the_one_cookie_there_is(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex)
    browser.open("/privacy").sees("One, called s.")
    assert {cookie.key for cookie in browser.client._cookies.values()} == {"s"}
    cookie = browser.client.get_cookie("s")
    assert cookie is not None
    assert cookie.expires is None
    assert cookie.max_age is None


def test_every_word_that_help_names_does_something_by_text(app: Flask, people: People) -> None:
    """What the page promises is what a phone can do, as long as nothing waits for an answer."""
    assert people.alex.mobile is not None
    page = Browser(app).open("/help/texts").page
    named = [words(dt) for dt in page.one("main").iter("dt")]
    assert named == ["1", "2", "3", "4", "UNDO", "NEXT", "MENU", "HELP", "STOP", "START"]
    phone = Phone(app, people.alex.mobile)
    for word in ("HELP", "MENU", "NEXT", "STOP", "START"):
        before = len(phone.received)
        assert len(phone.texts(word).received) == before + 1, word
        assert "not sure what you mean" not in phone.last
