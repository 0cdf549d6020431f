"""What scripts add: parts exchanged in place, and a warning before the session ends.

After an exchange a person who cannot see the screen must know where they are: the title says
it, the focus is on the heading or on what must be put right, and the rest of the page follows.
"""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from accessibility_tests.browser import Browser
from accessibility_tests.journey import ByKeyboard, ByMouse, Journey
from accessibility_tests.scenes import NOTE, Scene

IDLE, WARNED_BEFORE = 600, 120


@pytest.fixture
def signed_in(browser: Browser, scene: Scene) -> Browser:
    scene.sign_in()
    browser.new_visitor(scene.service.cookie(**scene.session))
    return browser


def test_the_focus_moves_to_the_new_heading(signed_in: Browser, scene: Scene) -> None:
    of = scene.book()
    signed_in.open("/appointments")
    signed_in.press(f'main a[href*="{of}"]')
    assert signed_in.run("return window.exchanged")
    assert signed_in.title.startswith("Can you come to this appointment?")
    assert signed_in.focused.startswith("Can you come to this appointment?")
    assert signed_in.path == scene.open(of)
    assert signed_in.run("return scrollY") == 0
    current = 'return document.querySelector("nav [aria-current]").innerText'
    assert signed_in.run(current) == "Appointments"


def test_the_focus_moves_to_what_must_be_put_right(signed_in: Browser, scene: Scene) -> None:
    signed_in.open(scene.open(scene.book(), "cancel"))
    signed_in.send(note="a " * 1500)
    assert signed_in.run("return window.exchanged")
    assert signed_in.title.startswith("Error: Ask to cancel this appointment")
    assert signed_in.focused.startswith("There is a problem")
    signed_in.keys(Keys.TAB, Keys.ENTER)
    assert signed_in.focused == "Anything you want to add"


def test_going_back_shows_the_page_as_it_is_now(signed_in: Browser, scene: Scene) -> None:
    of = scene.book()
    signed_in.open("/appointments")
    signed_in.press(f'main a[href*="{of}"]')
    signed_in.press("form[action$=accept] button")
    with signed_in.next_page():
        signed_in.run("history.back()")
    signed_in.wait("return document.querySelector('h1').innerText.includes('You accepted')")


def _warned(browser: Browser) -> None:
    browser.passes(IDLE - WARNED_BEFORE + 5)
    browser.wait("return document.querySelector('#idle button') !== null")


def test_the_warning_is_announced_and_takes_nothing_away(signed_in: Browser, scene: Scene) -> None:
    signed_in.open(scene.open(scene.book(), "cancel"))
    signed_in.fill(note=NOTE)
    signed_in.tab_to("Anything you want to add")
    _warned(signed_in)
    bar = signed_in.run("const e = document.getElementById('idle'); return [e.role, e.innerText]")
    assert bar[0] == "status"
    assert "Are you still here? In 2 minutes we sign you out" in bar[1]
    assert signed_in.focused == "Anything you want to add"
    assert signed_in.run("return document.getElementById('note').value") == NOTE


def test_one_press_extends_the_session(signed_in: Browser, scene: Scene) -> None:
    signed_in.open(scene.open(scene.book(), "cancel"))
    _warned(signed_in)
    with scene.service.counting() as requests:
        signed_in.tab_to("I am still here")
        signed_in.keys(Keys.ENTER)
        signed_in.wait("return document.getElementById('idle').innerText === ''")
    assert requests == ["POST /session/stay"]
    signed_in.passes(IDLE - WARNED_BEFORE - 5)
    assert signed_in.run("return document.getElementById('idle').innerText") == ""


def test_typing_counts_as_being_here(signed_in: Browser, scene: Scene) -> None:
    signed_in.open(scene.open(scene.book(), "cancel"))
    signed_in.passes(WARNED_BEFORE + 5)
    signed_in.tab_to("Anything you want to add")
    signed_in.keys("x")
    with scene.service.counting() as requests:
        signed_in.passes(WARNED_BEFORE + 5)
        signed_in.until(lambda: requests, "a sign of life")
    assert requests == ["POST /session/stay"]


def test_when_time_runs_out_nothing_typed_is_lost(signed_in: Browser, scene: Scene) -> None:
    path = scene.open(scene.book(), "cancel")
    signed_in.open(path)
    signed_in.fill(note=NOTE, reason="ill")
    with signed_in.next_page():
        signed_in.passes(IDLE + 5)
    assert signed_in.h1 == "You are signed out"
    assert "What you typed is kept" in signed_in.text
    she = Journey(signed_in, scene, ByMouse(signed_in))
    she.hand.press("Sign in again")
    she.she_signs_in()
    assert signed_in.path == path
    assert signed_in.run("return document.getElementById('note').value") == NOTE
    assert signed_in.run("return document.querySelector('[name=reason]:checked').value") == "ill"


def test_another_tab_keeps_this_one_open(signed_in: Browser, scene: Scene) -> None:
    signed_in.open(scene.open(scene.book()))
    signed_in.run("localStorage.seen = Date.now() + 400 * 1000")
    signed_in.passes(IDLE - WARNED_BEFORE + 5)
    assert signed_in.run("return document.getElementById('idle').innerText") == ""


def test_a_slow_answer_is_announced(signed_in: Browser, scene: Scene) -> None:
    signed_in.open(scene.open(scene.book()))
    signed_in.run("document.dispatchEvent(new Event('htmx:beforeRequest'))")
    signed_in.passes(1)
    assert "please wait" in signed_in.run("return document.getElementById('wait').innerText")


def test_without_a_line_the_words_stay(signed_in: Browser, scene: Scene) -> None:
    signed_in.open(scene.open(scene.book(), "cancel"))
    signed_in.fill(note=NOTE)
    signed_in.offline(True)
    signed_in.run("document.querySelector('#f .govuk-button').click()")
    signed_in.wait("return document.getElementById('wait').innerText !== ''")
    signed_in.offline(False)
    assert "We could not reach the service." in signed_in.run(
        "return document.getElementById('wait').innerText"
    )
    assert signed_in.run("return document.getElementById('note').value") == NOTE
    she = Journey(signed_in, scene, ByKeyboard(signed_in))
    she.hand.press("Ask to cancel")
    she.it_still_stands()


def test_saving_data_sends_no_script(signed_in: Browser, scene: Scene) -> None:
    signed_in.cdp("Network.setExtraHTTPHeaders", headers={"Save-Data": "on"})
    try:
        with scene.service.counting() as requests:
            signed_in.open(scene.open(scene.book()))
        assert not [request for request in requests if request.endswith(".js")]
        assert signed_in.run("return document.scripts.length") == 0
    finally:
        signed_in.cdp("Network.setExtraHTTPHeaders", headers={})
