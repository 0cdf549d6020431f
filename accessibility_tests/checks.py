"""What is wrong with the page in the browser: axe's rules, and checks that axe has not.

Every check returns a list of sentences, empty when all is well. `test_planted_faults.py` shows
of each that it can say no.
"""

from __future__ import annotations

import contextlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from axe_selenium_python import Axe
from flask_babel import gettext
from selenium.webdriver.common.keys import Keys

from accessibility_tests.browser import NARROW, WIDE, Browser
from accessibility_tests.service import Service
from portal import languages

FOLDER = Path(__file__).parent
AXE = FOLDER / "vendor" / "axe.min.js"

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# Seven to one for all text: large text, too, is read on a cracked screen in the sun.
CONTRAST = """
axe.configure({checks: [{id: "color-contrast-enhanced", options: {
  contrastRatio: {normal: {expected: 7, minThreshold: 0}, large: {expected: 7, minThreshold: 0}}
}}]});
"""
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations", "incomplete"],
}

OF_WORDS = ("language", "mirrored", "heading", "errors", "help", "lines")
OF_SHAPE = ("targets", "overflow", "fields")


@cache
def _script() -> str:
    return (FOLDER / "checks.js").read_text(encoding="utf-8")


def expected(service: Service, language: str, *, errors: bool = False) -> dict[str, Any]:
    """What a page in this language says about itself."""
    with service.app.app_context(), languages.speaking(language) as spoken:
        before, _title, _after = gettext("Error: %(title)s", title="|").partition("|")
    return {
        "lang": spoken.html_lang,
        "dir": spoken.dir,
        "errorTitle": before.strip(),
        "errors": errors,
    }


def run(browser: Browser, checks: tuple[str, ...], **page: Any) -> list[str]:
    """The faults that these checks of checks.js find."""
    return list(browser.run(_script(), list(checks), page))


def axe(browser: Browser) -> list[str]:
    """The faults that axe finds, and what it could not decide."""
    checker = Axe(browser.driver, script_url=str(AXE))
    checker.inject()
    browser.run(CONTRAST)
    found = checker.run(options=json.dumps(OPTIONS))
    return [
        f"axe {rule['id']}: {rule['help']} ({node['target'][0]}) {_why(node)}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    return "; ".join(each["message"] for each in (*node["any"], *node["all"], *node["none"]))


def _let_the_summary_take_the_focus(browser: Browser) -> None:
    """`autofocus` acts when the page is first drawn, which may be a little after it was read."""
    with contextlib.suppress(TimeoutError):
        browser.until(
            lambda: browser.run(
                "return document.activeElement.classList.contains('govuk-error-summary')"
            ),
            "the focus",
            patience=2,
        )


def every(browser: Browser, **page: Any) -> list[str]:
    """Everything, at both widths, with large letters and with forced colours.

    The order matters: what has the focus is looked at before anything moves it.
    """
    if page["errors"]:
        _let_the_summary_take_the_focus(browser)
    faults = run(browser, (*OF_WORDS, *OF_SHAPE), **page)
    faults += axe(browser)
    # Browsers show the focus to whoever used a key last, not to whoever clicked.
    browser.keys(Keys.TAB)
    faults += run(browser, ("focus",), **page)
    browser.colours(forced=True)
    faults += [f"forced colours, {f}" for f in run(browser, ("focus",), forced=True, **page)]
    browser.colours()
    browser.text_size(2)
    faults += [f"letters twice the size, {f}" for f in run(browser, ("overflow",), **page)]
    browser.text_size(1)
    browser.width(WIDE)
    checks = ("mirrored", *OF_SHAPE, "focus")
    faults += [f"{WIDE} px, {f}" for f in run(browser, checks, **page)]
    browser.width(NARROW)
    return list(dict.fromkeys(faults))
