"""An interpreter's page with scripts: it follows by itself, and stays calm while nothing is new."""

from __future__ import annotations

from typing import Any

from accessibility_tests.browser import Browser
from accessibility_tests.interpreter_states import BROWSER
from accessibility_tests.scenes import Scene
from portal.account import sign_in_actions
from portal.database import db
from portal.interpreting import actions
from portal.interpreting.models import Session


def _person(s: Scene) -> tuple[Session, Any]:
    """What the interpreter opened, and a browser of the person in which a page can be opened."""
    with s.writing():
        found = actions.open_session(s.claimant(), by=s.me)
        actions.join(found, BROWSER)
        token = sign_in_actions.begin_visit(claimant=s.claimant())
    theirs = s.service.app.test_client()
    with theirs.session_transaction() as session:
        session.update(v=token)
    return found, theirs


def _bars(browser: Browser) -> str:
    return str(browser.run("return document.getElementById('wait').innerText"))


def test_a_new_page_appears_by_itself_and_nothing_else_does(browser: Browser, scene: Scene) -> None:
    found, theirs = _person(scene)
    theirs.get("/help")
    scene.session["interpreter"] = BROWSER
    browser.new_visitor(scene.service.cookie(**scene.session))
    with scene.service.counting() as requests:
        browser.open(scene.url("watching.watch", session_id=found.id))
        assert "Whom you can call" in browser.text
        browser.run("window.mark = document.querySelector('.followed')")
        browser.until(lambda: len(requests) > 3, "two quiet looks", 15)
    assert browser.run("return window.mark === document.querySelector('.followed')")
    assert _bars(browser) == "", "nothing new is nothing to say"
    theirs.get("/help/texts")
    browser.until(lambda: "How texts work" in browser.text, "the new page", 10)
    browser.until(lambda: browser.focused.startswith("The page you"), "the heading has the focus")
    assert _bars(browser) == ""
    with scene.writing():
        actions.end(db.session.get_one(Session, found.id), by=scene.me)
    browser.until(lambda: "No page is shown here" in browser.text, "the end", 10)
    with scene.service.counting() as requests:
        browser.passes(7)
        assert requests == [], "it does not look any more"


def test_without_scripts_a_link_shows_the_page(browser: Browser, scene: Scene) -> None:
    found, theirs = _person(scene)
    scene.session["interpreter"] = BROWSER
    browser.new_visitor(scene.service.cookie(**scene.session))
    browser.allow_scripts(False)
    try:
        browser.open(scene.url("watching.watch", session_id=found.id))
        assert "They have not opened a page yet." in browser.text
        theirs.get("/help")
        browser.press('main a[href*="/interpreting/"]')
        assert "Whom you can call" in browser.text
    finally:
        browser.allow_scripts(True)
