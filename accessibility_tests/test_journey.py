"""The main journey, however one uses the web: keyboard or mouse, scripts or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from accessibility_tests.browser import Browser
from accessibility_tests.journey import ByKeyboard, ByMouse, Hand, Journey
from accessibility_tests.scenes import Scene
from accessibility_tests.service import Service


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(browser: Browser, request: pytest.FixtureRequest) -> bool:
    browser.allow_scripts(bool(request.param))
    return bool(request.param)


@pytest.mark.parametrize("hand", [ByKeyboard, ByMouse])
def test_she_accepts(
    browser: Browser, scene: Scene, scripts: bool, hand: Callable[[Browser], Hand]
) -> None:
    scene.book()
    she = Journey(browser, scene, hand(browser))
    she.she_comes()
    she.she_signs_in()
    she.she_sees_her_appointment()
    assert browser.run("return typeof htmx !== 'undefined'") is scripts
    she.she_accepts()
    she.she_holds_a_receipt()
    assert bool(browser.run("return window.exchanged === true")) is scripts


def test_she_asks_to_cancel(browser: Browser, scene: Scene, scripts: bool) -> None:
    scene.book()
    she = Journey(browser, scene, ByKeyboard(browser))
    she.she_comes()
    she.she_signs_in()
    she.she_asks_to_cancel("I have a job interview.")
    she.it_still_stands()


def test_a_cold_visit_without_scripts_takes_eight_requests(
    browser: Browser, scene: Scene, service: Service
) -> None:
    """The stylesheet is fetched once. What it weighs is counted in tests/budgets."""
    scene.book()
    browser.allow_scripts(False)
    browser.forget_files()
    with service.counting() as requests:
        she = Journey(browser, scene, ByMouse(browser))
        she.she_comes()
        she.she_signs_in()
        she.she_accepts()
        she.she_holds_a_receipt()
    assert len(requests) <= 8, requests


def test_tab_follows_the_order_of_reading(browser: Browser, scene: Scene) -> None:
    of = scene.book()
    scene.sign_in()
    browser.new_visitor(service_cookie(scene))
    browser.open(scene.open(of))
    stops = browser.tab_to("Ask to cancel")
    wanted = [
        "Skip to the main part of this page",
        "My Jobcentre record",
        "Exit this page",
        "Cymraeg",
        "Start",
        "Sign out",
        "Show another language as well",
        "All appointments",
        "Accept",
        "Ask for a phone call",
        "Ask for another time",
        "Ask to cancel",
    ]
    assert [stop for stop in stops if stop in wanted] == wanted


def service_cookie(scene: Scene) -> str:
    return scene.service.cookie(**scene.session)


def test_one_can_skip_to_the_main_part(browser: Browser, scene: Scene) -> None:
    scene.sign_in()
    browser.new_visitor(service_cookie(scene))
    browser.open(scene.open(scene.book()))
    browser.keys(Keys.TAB)
    assert browser.focused == "Skip to the main part of this page"
    shown = browser.run("return document.activeElement.getBoundingClientRect().height")
    assert shown >= 44
    browser.keys(Keys.ENTER)
    browser.keys(Keys.TAB)
    assert browser.focused == "Show another language as well"


def test_errors_are_reached_and_mended_by_keyboard(
    browser: Browser, scene: Scene, scripts: bool
) -> None:
    scene.book()
    she = Journey(browser, scene, ByKeyboard(browser))
    she.she_comes()
    she.hand.write("What is your mobile number?", "0161 496 0000")
    she.hand.press("Text me a code")
    assert browser.title.startswith("Error: Sign in")
    assert browser.focused.startswith("There is a problem")
    browser.keys(Keys.TAB, Keys.ENTER)
    assert browser.focused == "What is your mobile number?"
    assert browser.run("return document.activeElement.value") == "0161 496 0000"
    browser.select_all()
    browser.keys(she.number)
    she.hand.press("Text me a code")
    she.she_types_the_code()
    she.she_sees_her_appointment()
