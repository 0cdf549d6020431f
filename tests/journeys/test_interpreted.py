"""A commitment, a request and a complaint with somebody who interprets, line by line, in Arabic
with English beside it, without scripts; and the paper of each."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.account import actions
from portal.database import transaction
from tests.journeys.interpreted import Interpreted
from tests.journeys.test_costs import EXPLAINED
from tests.people import People, actor, again, work
from tests.phone import code_for
from tests.portal.commitment.test_pages import written_at_the_desk


@pytest.fixture
def samira(app: Flask, people: People) -> Interpreted:
    """Alex reads Arabic, and whoever is with her reads English."""
    with app.app_context(), transaction():
        actions.choose_language(again(people.alex), "ar", by=actor(people.alex))
    browser = Interpreted(app)
    super(Interpreted, browser).open("/sign-in")
    browser.open("/beside/en?next=/sign-in")
    browser.post("/language", _language="ar", _next="/sign-in")
    return browser


def signs_in(browser: Interpreted, people: People) -> Interpreted:
    assert people.alex.mobile
    browser.open("/sign-in").fill(number=people.alex.mobile).press("Text me a code")
    return browser.fill(code=code_for(browser.app, people.alex.mobile)).press("Sign in")


def test_a_commitment_is_read_and_accepted(app: Flask, people: People, samira: Interpreted) -> None:
    written_at_the_desk(app, people).press("Send it to them")
    signs_in(samira, people).follow("Read your new Claimant Commitment")
    samira.reads("Accept it by the end of Monday 8 February 2027.", "20 hours a week")
    samira.press("Read it point by point").reads("Look for work, for the hours a week")
    samira.press("Next point").press("Accept, or take time to think")
    samira.reads("Accepting means that you know what is asked of you.")
    samira.press("Accept the commitment").reads("You accepted your Claimant Commitment")
    printed = next(
        a.get("href")
        for a in samira.open("/commitment").page.all("a")
        if (a.get("href") or "").endswith("/print")
    )
    samira.open(printed or "").reads("Look for work, for the hours a week", "20 hours a week")
    assert samira.pages > 8


def test_help_with_costs_is_asked_for(app: Flask, people: People, samira: Interpreted) -> None:
    signs_in(samira, people).open("/costs")
    for option in EXPLAINED["clothes"]:
        samira.choose(option).press("Continue")
    answer = samira.reads("You can ask, and a yes is likely").path
    samira.open("/costs/card").reads("Read this out, or show it")
    samira.open(answer).press("Ask for it here")
    samira.fill(amount="40").press("Check what you ask for").reads("About how much")
    samira.press("Send the request").reads("Your request is sent")
    assert samira.pages > 10


def test_a_complaint_is_written_and_sent(app: Flask, people: People, samira: Interpreted) -> None:
    signs_in(samira, people).open("/complaints").press("Write a complaint")
    samira.press("Continue", None).reads("Choose what comes nearest. It can be changed.")
    samira.choose("How somebody behaved towards me").press("Continue")
    samira.fill(what="صرخ في وجهي").press("Continue")
    while not samira.path.endswith("/check"):
        samira.press("Continue")
    samira.reads("Check your complaint")
    samira.press("Send the complaint").reads("Your complaint is sent")
    work(app)
    samira.open("/complaints")
    number = next(
        a.get("href") for a in samira.page.all("a") if (a.get("href") or "").count("-") == 4
    )
    samira.open(number or "").reads("What you can do now")
    samira.open(f"{number}/document").reads("What you wrote")
    assert "صرخ في وجهي" in samira.response.text
    assert samira.pages > 12
