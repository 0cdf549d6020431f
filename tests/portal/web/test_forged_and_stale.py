"""Forms that came from somewhere else, or too late. Nothing is done, and no words are lost."""

from typing import Any

import pytest
from flask import Flask

from portal.record import log
from tests.people import Browser, Desk, People
from tests.world import World

FREE = {"/exit", "/sign-out"}
"""Leaving must always work."""


def entries(app: Flask, people: People) -> int:
    with app.app_context():
        return len(log.entries(people.alex.id))


@pytest.mark.parametrize("who", ["claimant", "staff"])
@pytest.mark.parametrize("token", [None, "forged"])
def test_no_form_does_anything_without_its_token(
    app: Flask, world: World, people: People, who: str, token: str | None
) -> None:
    browser = Browser(app).sign_in(people.alex) if who == "claimant" else None
    browser = browser or Desk(app).sign_in(people.coach)
    before, tried = entries(app, people), 0
    data: dict[str, Any] = {"note": "x"} | ({} if token is None else {"csrf_token": token})
    for _rule, address in world.addresses(app, "public", "link", who, method="POST"):
        if address not in FREE:
            answer = browser.client.post(address, data=data)
            assert answer.status_code == 400, address
            tried += 1
    assert tried > 10
    assert entries(app, people) == before


def test_a_token_of_somebody_else_is_no_good(app: Flask, world: World, people: People) -> None:
    stranger = Browser(app).sign_in(people.stranger).open("/settings")
    alex = Browser(app).sign_in(people.alex)
    answer = alex.client.post("/settings/number", data={"csrf_token": stranger.token})
    assert answer.status_code == 400


def test_a_token_of_another_page_is_good(app: Flask, people: People) -> None:
    """People open several pages; each shows another token, and all of them work."""
    browser = Browser(app).sign_in(people.alex)
    one, other = browser.open("/settings").token, browser.open("/help").token
    assert one
    assert other
    browser.open("/settings").post("/session/stay", 204, csrf_token=one)


def test_a_stale_form_shows_what_was_typed(app: Flask, world: World, people: People) -> None:
    browser = Browser(app).sign_in(people.alex)
    path = f"/appointments/{world.parts['appointment_id']}/cancel"
    words = "My own <b>words</b>\nand more"
    browser.open(path).fill(note=words)
    browser.client.post("/sign-out")
    before = entries(app, people)
    browser.press("Ask to cancel", 400).sees("Please send that once more", "was not recorded")
    kept = [e.text for e in browser.page.all("textarea")]
    assert [(text or "").replace("\r\n", "\n") for text in kept] == [
        "My own <b>words</b>\nand more"
    ]
    assert entries(app, people) == before
    assert browser.page.all("a")
    browser.press("Open the page again").sees("What is your mobile number?")


def test_a_stale_form_shows_no_secret(app: Flask) -> None:
    typed = {
        "code": "123456",
        "old_code": "234567",
        "password": "correct horse",
        "totp": "345678",
        "token": "456789",
        "csrf_token": "567890",
        "_next": "/sign-in",
        "version": "7",
        "number": "07700 900101",
    }
    answer = app.test_client().post("/sign-in/code", data=typed)
    assert answer.status_code == 400
    assert "07700 900101" in answer.text
    for name in ("code", "old_code", "password", "totp", "token", "csrf_token"):
        assert typed[name] not in answer.text, name


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\tx", "\\", ""])
def test_the_way_back_from_a_stale_form_stays_here(app: Flask, back: str) -> None:
    answer = app.test_client().post("/sign-in", data={"_next": back, "number": "1"})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_stale_form_can_be_read_in_another_language(app: Flask) -> None:
    client = app.test_client()
    client.get("/sign-in")
    answer = client.post("/sign-in", data={"number": "1"}, headers={"Accept-Language": "ar"})
    assert answer.status_code == 400
    assert 'dir="rtl"' in answer.text


def test_other_sites_cannot_post_with_the_persons_cookie(app: Flask, people: People) -> None:
    """The cookie does not even come along; and where an old browser sends it, the token lacks."""
    browser = Browser(app).sign_in(people.alex)
    answer = browser.client.post(
        "/settings", data={"way": "letter"}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 400
