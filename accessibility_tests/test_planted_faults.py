"""Every check can say no: a fault is planted in a good page, and the check must name it."""

from __future__ import annotations

import pytest

from accessibility_tests import checks
from accessibility_tests.browser import Browser
from accessibility_tests.journey import ByKeyboard, ByMouse, Hand, Journey
from accessibility_tests.scenes import Scene
from accessibility_tests.service import Service
from accessibility_tests.states import State, all_states

STATES = {state.name: state for state in all_states()}

# The name of the fault: the state it is planted in, how, and what must be said about it.
FAULTS: dict[str, tuple[str, str, str]] = {
    "pale text": ("sign-in", "one('main .govuk-hint').style.color = '#6f7773'", "contrast"),
    "pale large text": (
        "appointment",
        "one('h1').style.color = '#767676'",
        "color-contrast-enhanced",
    ),
    "no label": ("sign-in", "one('main label').remove()", "axe label"),
    "no main part": (
        "front",
        "one('main').outerHTML = one('main').outerHTML.replace(/main/g, 'div')"
        ".replace('id=\"div\"', 'id=\"main\"')",
        "axe landmark-one-main",
    ),
    "no language": ("front", "document.documentElement.lang = ''", "axe html-has-lang"),
    "wrong language": ("front", "document.documentElement.lang = 'cy'", "language: the page says"),
    "wrong direction": ("front", "document.documentElement.dir = 'rtl'", "language: the page runs"),
    "half turned": ("front", "one('main').style.direction = 'rtl'", "language: the main part runs"),
    "not mirrored": ("front", "one('main p:not(.beside)').style.textAlign = 'right'", "mirrored"),
    "two headings": ("front", "one('main h2').outerHTML = '<h1>Two</h1>'", "heading: 2"),
    "no heading": ("front", "one('h1').remove()", "heading: 0"),
    "old title": (
        "front",
        "document.title = 'Welcome – My Jobcentre record'",
        "heading: the title",
    ),
    "error not in the title": (
        "sign-in-empty",
        "document.title = document.title.replace('Error: ', '')",
        "errors: the title",
    ),
    "no summary": ("sign-in-empty", "one('.govuk-error-summary').remove()", "errors: no summary"),
    "summary not focused": (
        "sign-in-empty",
        "document.activeElement.blur()",
        "errors: the summary does not have the focus",
    ),
    "field not marked": (
        "sign-in-empty",
        "one('#number').removeAttribute('aria-invalid')",
        "errors: no field is marked",
    ),
    "field not described": (
        "sign-in-empty",
        "one('#number').removeAttribute('aria-describedby')",
        "errors: no field is described",
    ),
    "announced twice": (
        "sign-in-empty",
        "one('.govuk-error-summary').setAttribute('role', 'alert')",
        "errors: announced a second time",
    ),
    "said twice": (
        "sign-in-empty",
        "one('.govuk-error-summary ul').innerHTML += one('.govuk-error-summary li').outerHTML",
        "errors: said 2 times",
    ),
    "summary leads nowhere": (
        "sign-in-empty",
        "one('.govuk-error-summary a').href = '#nothing'",
        "errors: a link to no field",
    ),
    "help is elsewhere": ("front", "one('footer a').remove()", "help: the footer leads to"),
    "small target": (
        "appointment",
        "one('main .govuk-button').style = 'min-block-size: 0; block-size: 20px; padding: 0'",
        "targets:",
    ),
    "link alone and small": ("sign-in", "one('main .go').className = ''", "targets:"),
    "one over another": (
        "appointment",
        "all('main .govuk-button')[1].style = 'position: relative; inset-block-start: -2rem'",
        "lies over",
    ),
    "too wide": ("front", "one('main p').style.inlineSize = '30rem'", "overflow: sticks out"),
    "wide word": ("front", "one('h1').style.whiteSpace = 'nowrap'", "overflow: sticks out"),
    "cut off": (
        "front",
        "one('main p').style = 'block-size: 20px; overflow: hidden'",
        "overflow: is cut off",
    ),
    "too wide with large letters": (
        "front",
        "one('main p').style = 'inline-size: 12rem'",
        "letters twice the size, overflow",
    ),
    "close lines": ("front", "one('main p').style.lineHeight = '1.2'", "lines: line height 1.20"),
    "pale field": ("sign-in", "one('#number').style.borderColor = '#ccc'", "fields: its edge"),
    "no focus shown": (
        "sign-in",
        "one('#number').style.outline = '0'",
        "focus: the focus does not show",
    ),
    "pale focus": (
        "sign-in",
        "one('#number').style.outlineColor = '#ccc'",
        "focus: the focus can hardly be seen",
    ),
    "no focus in forced colours": (
        "sign-in",
        "sheet('@media (forced-colors: active) { :focus-visible { outline: 0 !important } }')",
        "forced colours, focus",
    ),
    "focus under a bar": (
        "settings",
        "one('footer').style = 'position: fixed; background: #fff; inset: 0 0 auto 0'",
        "focus: lies under footer",
    ),
    "focus jumps": (
        "sign-in",
        "one('main .go').style = 'position: absolute; inset-block-start: 0'",
        "stands above it",
    ),
    "out of order": ("sign-in", "one('#number').tabIndex = 3", "axe tabindex"),
    "only wide pages break": (
        "front",
        "sheet('@media (min-width: 60em) { main p { inline-size: 90rem } }')",
        "1280 px, overflow",
    ),
}

PLANT = """
const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const sheet = (rules) => {
  const made = new CSSStyleSheet();
  made.replaceSync(rules);
  document.adoptedStyleSheets = [made];
};
"""


def _faults(service: Service, browser: Browser, state: State, plant: str = "") -> list[str]:
    state.show(browser, Scene(service, "en"))
    browser.run(PLANT + plant)
    return checks.every(browser, **checks.expected(service, "en", errors=state.errors))


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found(service: Service, browser: Browser, name: str) -> None:
    state, plant, said = FAULTS[name]
    faults = _faults(service, browser, STATES[state], plant)
    assert [fault for fault in faults if said in fault], faults


@pytest.mark.parametrize("name", sorted({state for state, _, _ in FAULTS.values()}))
def test_without_a_fault_nothing_is_found(service: Service, browser: Browser, name: str) -> None:
    assert not _faults(service, browser, STATES[name])


def test_a_lost_field_is_found(browser: Browser) -> None:
    """The language switch, with the hidden part that keeps the words taken away."""
    browser.open("/sign-in")
    browser.fill(number="07700 9001")
    browser.run("document.querySelector('#lang [value=cy]').removeAttribute('form')")
    browser.press("#lang [value=cy]")
    assert browser.run("return document.getElementById('number').value") != "07700 9001"


BUTTON = '<button type="submit" class="govuk-button"'


@pytest.mark.parametrize(
    ("hand", "spoilt", "error"),
    [
        (ByKeyboard, BUTTON.replace("<button", '<button tabindex="-1"'), LookupError),
        (ByMouse, BUTTON.replace("submit", "button"), TimeoutError),
    ],
    ids=["a button that Tab passes by", "a button that needs a script"],
)
def test_a_journey_that_does_not_work_is_found(
    service: Service,
    browser: Browser,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    hand: type[Hand],
    spoilt: str,
    error: type[Exception],
) -> None:
    monkeypatch.setattr(browser, "patience", 1.0)
    browser.allow_scripts(False)
    she = Journey(browser, scene, hand(browser))
    with service.spoiling(BUTTON, spoilt):
        she.she_comes()
        with pytest.raises(error):
            she.she_asks_for_a_code()


def test_a_trap_for_the_keyboard_is_found(browser: Browser) -> None:
    browser.open("/sign-in")
    browser.run(
        "document.addEventListener('keydown', (e) => e.key === 'Tab' && e.preventDefault(), true)"
    )
    with pytest.raises(LookupError):
        browser.tab_to("Text me a code", most=5)
