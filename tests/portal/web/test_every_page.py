"""Every page there is, in every way it can be asked for, whatever people wrote.

A browser checks each page that it gets (tests/pages.py), so opening them is the test.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import languages
from portal.account import actions as account
from portal.account.models import Staff
from portal.complaints import rules
from portal.database import db, transaction
from portal.web.text import clean
from tests.people import Browser, Desk, People, StoppedClock, actor, again, staff
from tests.world import World, lived_in

MEANT_FOR = {
    "visitor": ("public", "link", "helper", "demo"),
    "claimant": ("public", "claimant"),
    "staff": ("public", "staff"),
    "handler": ("public", "staff"),
}

HOSTILE = (
    "<script>alert(1)</script> &lt; \"'`{{ 7*7 }} %(x)s \u202egnp.exe\u202c \x07\x00\x1b[31m"
    " 🙂👩🏽‍🤝‍👨🏻 ﷽ नमस्ते 李小龙 كلمات عربية </textarea></p></title><h1>"
)


def visitor(app: Flask, who: str, people: People, **more: Any) -> Browser:
    if who == "claimant":
        return Browser(app, **more).sign_in(people.alex)
    if who == "staff":
        return Desk(app, **more).sign_in(people.coach)
    if who == "handler":
        return Desk(app, **more).sign_in(handler(app, people))
    return Browser(app, **more)


def handler(app: Flask, people: People) -> Staff:
    """Whoever deals with complaints in Alex's office."""
    with app.app_context(), transaction():
        known = sa.select(Staff).where(
            Staff.role == rules.HANDLER, Staff.office_id == people.office.id
        )
        found = db.session.scalar(known)
        return found or staff(again(people.office), "Amara Obi", role=rules.HANDLER)


def walk(app: Flask, world: World, browser: Browser, who: str) -> Iterator[str]:
    """Open every address this visitor may open; yields those that are pages, while they are."""
    for _rule, address in world.addresses(app, *MEANT_FOR[who]):
        if address != "/health/ready":  # 503: no worker runs here
            browser.open(address, None)
            assert browser.response.status_code in (200, 404), address
            if browser.response.mimetype == "text/html":
                yield address


@pytest.fixture
def hostile(app: Flask, people: People, clock_stopped: StoppedClock) -> World:
    """A world in which everything that people wrote is meant to break pages."""
    with app.app_context(), transaction():
        again(people.alex).full_name = clean(HOSTILE)[:200]
        account.choose_discreet(again(people.alex), True, by=actor(people.alex))
    return lived_in(app, people, clock_stopped, words=clean(HOSTILE))


@pytest.mark.slow
@pytest.mark.parametrize("who", MEANT_FOR)
def test_every_page_keeps_house_whatever_people_write(
    app: Flask, hostile: World, people: People, who: str
) -> None:
    browser, pages, shown = visitor(app, who, people), 0, 0
    for address in walk(app, hostile, browser, who):
        pages += 1
        shown += "<script>alert(1)</script>" in browser.text
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", browser.response.text), address
    assert pages > 15
    assert shown >= (0 if who == "visitor" else 2)


@pytest.mark.parametrize("who", MEANT_FOR)
def test_every_page_comes_as_a_part_where_scripts_ask(
    app: Flask, world: World, people: People, who: str
) -> None:
    browser = visitor(app, who, people)
    browser.htmx = True
    for address in walk(app, world, browser, who):
        assert browser.page.fragment, address
        assert "HX-Request" in browser.response.headers["Vary"], address
        assert not browser.page.all("header"), address


@pytest.mark.parametrize("who", MEANT_FOR)
def test_whoever_saves_data_gets_no_script(app: Flask, people: People, who: str) -> None:
    browser = visitor(app, who, people, Save_Data="on")
    for address in (
        "/",
        "/help",
        "/receipts",
        "/staff" if who in ("staff", "handler") else "/record",
    ):
        assert not browser.open(address).page.all("script"), address


def test_scripts_come_from_the_second_page_on(app: Flask, people: People) -> None:
    browser = Browser(app)
    for address in ("/", "/sign-in", "/help"):
        assert not browser.open(address).page.all("script")
    browser.sign_in(people.alex)
    scripts = [e.get("src", "") for e in browser.page.all("script")]
    assert len(scripts) == 2
    for script in scripts:
        browser.open(script)
        assert "immutable" in browser.response.headers["Cache-Control"]


@pytest.mark.parametrize("who", MEANT_FOR)
def test_every_page_keeps_house_from_right_to_left(
    app: Flask, world: World, people: People, who: str
) -> None:
    language = "ar"
    browser = visitor(app, who, people)
    browser.open("/help").post("/language", _language=language, _next="/help")
    known = languages.known()[language]
    for address in walk(app, world, browser, who):
        assert browser.page.root.get("lang") == known.html_lang, address
        assert browser.page.root.get("dir") == known.dir, address
