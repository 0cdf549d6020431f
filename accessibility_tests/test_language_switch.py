"""Changing the language keeps what was typed, wherever and however it is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import NOTE, Scene

WELSH = '#lang [value="cy"]'


def is_welsh(browser: Browser) -> bool:
    return browser.run("return [document.documentElement.lang, document.documentElement.dir]") == [
        "cy",
        "ltr",
    ]


def test_before_signing_in(browser: Browser) -> None:
    browser.open("/sign-in")
    browser.fill(number="07700 9001")
    browser.press(WELSH)
    assert is_welsh(browser)
    assert browser.path == "/sign-in"
    assert browser.run("return document.getElementById('number').value") == "07700 9001"
    assert not browser.run("return document.querySelector('.govuk-error-summary')")


def _opened(browser: Browser, path: str) -> None:
    browser.open(path)


def _exchanged(browser: Browser, path: str) -> None:
    """The form came in place of another part."""
    browser.open(path.removesuffix("/cancel"))
    browser.press('form[action$="/cancel"] button')
    assert browser.run("return window.exchanged")


def _refused(browser: Browser, path: str) -> None:
    """The form was sent and came back."""
    browser.open(path)
    browser.send(note="a " * 1500)


@pytest.mark.parametrize(
    ("scripts", "arrive"),
    [(True, _opened), (False, _opened), (True, _exchanged), (True, _refused), (False, _refused)],
)
def test_while_asking_to_cancel(
    browser: Browser, scene: Scene, scripts: bool, arrive: Callable[[Browser, str], None]
) -> None:
    scene.sign_in()
    path = scene.open(scene.book(), "cancel")
    browser.new_visitor(scene.service.cookie(**scene.session))
    browser.allow_scripts(scripts)
    arrive(browser, path)
    browser.fill(note=NOTE, reason="ill")
    browser.press(WELSH)
    assert is_welsh(browser)
    assert browser.path == path
    assert browser.run("return document.getElementById('note').value") == NOTE
    assert browser.run("return document.querySelector('[name=reason]:checked').value") == "ill"
    with scene.writing():
        assert scene.claimant().language == "cy"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_by_keyboard(browser: Browser, scene: Scene, scripts: bool) -> None:
    scene.sign_in()
    path = scene.open(scene.book(), "cancel")
    browser.new_visitor(scene.service.cookie(**scene.session))
    browser.allow_scripts(scripts)
    browser.open(path)
    browser.tab_to("Anything you want to add")
    browser.keys("I have a job interview.")
    # On from the end of the page to its beginning.
    browser.tab_to("Cymraeg")
    with browser.next_page():
        browser.keys(Keys.ENTER)
    assert is_welsh(browser)
    assert browser.run("return document.getElementById('note').value") == "I have a job interview."


def test_the_enter_key_sends_the_form_and_changes_no_language(
    browser: Browser, scene: Scene
) -> None:
    browser.open("/sign-in")
    browser.tab_to("What is your mobile number?")
    with browser.next_page():
        browser.keys("0161 496 0000", "\n")
    assert browser.title.startswith("Error: Sign in")


def test_from_right_to_left(browser: Browser) -> None:
    """The page turns as a whole: what stood at one edge stands as far from the other."""
    where = """
      return ["header .name", "#exit", "#lang [lang]", "h1", "main p", "footer a"].map((part) => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(part));
        const box = range.getBoundingClientRect();
        return document.dir === "rtl" ? innerWidth - box.right : box.left;
      });
    """
    browser.width(1280)
    browser.open("/sign-in/card")
    before = browser.run(where)
    browser.press('#lang [value="ar"]')
    assert browser.run("return getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    after = browser.run(where)
    del before[1], after[1]  # its words differ in length, and it ends where the page ends
    assert after == pytest.approx(before, abs=2)
