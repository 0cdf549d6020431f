"""Pages whose main part came through a script, and what scripts say by themselves."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import sqlalchemy as sa

from accessibility_tests.account_states import record_full
from accessibility_tests.browser import Browser
from accessibility_tests.claimant_states import APPOINTMENT
from accessibility_tests.scenes import NOTE, Scene
from accessibility_tests.states import State, exchange, follow, press

Swapped = partial(State, who="claimant", exchanged=True)
Mine = partial(State, who="claimant")

ACCEPT = "form[action$=accept] button"


def _listing(s: Scene) -> str:
    s.book()
    return "/appointments"


def _changed_meanwhile(browser: Browser, s: Scene) -> None:
    s.move(UUID(browser.path.rsplit("/", 1)[-1]))
    browser.press(ACCEPT)


def _database_goes(browser: Browser, s: Scene) -> None:
    gone = sa.exc.OperationalError("SELECT", {}, Exception("gone"))
    with s.service.in_trouble(gone):
        browser.send(note=NOTE)


def _switch_language(browser: Browser, s: Scene) -> None:
    """The visitor asked for all languages: the page comes back with them, and with their words."""
    browser.fill(note=NOTE)
    browser.press("#lang [name=_language]:not([value])")


def _idle(browser: Browser, _s: Scene) -> None:
    browser.passes(8 * 60 + 5)
    browser.wait("return document.querySelector('#idle button') !== null")


def _slow(browser: Browser, _s: Scene) -> None:
    browser.run("document.dispatchEvent(new Event('htmx:beforeRequest'))")
    browser.passes(1)
    browser.wait("return document.getElementById('wait').textContent !== ''")


def _line_lost(browser: Browser, _s: Scene) -> None:
    browser.fill(note=NOTE)
    browser.offline(True)
    browser.run("document.querySelector('#f .govuk-button').click()")
    browser.wait("return document.getElementById('wait').textContent !== ''")
    browser.offline(False)


STATES = (
    Swapped("swap-appointment", APPOINTMENT, _listing, follow("/appointments/")),
    Swapped("swap-record-older", "history.record", record_full, press('a[href*="before="]')),
    Swapped("swap-accepted", "appointments.answered", lambda s: s.open(s.book()), press(ACCEPT)),
    Swapped(
        "swap-changed-meanwhile",
        "appointments.accept",
        lambda s: s.open(s.book()),
        _changed_meanwhile,
        status=409,
    ),
    Swapped(
        "swap-cancel-too-long",
        "appointments.cancel",
        lambda s: s.open(s.book(), "cancel"),
        exchange(reason="ill", note=f"{NOTE} " * 40),
        errors=True,
    ),
    Swapped(
        "swap-settings-half-a-quiet-time",
        "account.settings",
        "/settings",
        exchange(quiet_from="22:00", quiet_to=""),
        errors=True,
    ),
    Swapped("swap-settings-saved", "account.settings", "/settings", exchange(discreet="y")),
    Swapped(
        "swap-number-codes",
        "account.number_codes",
        "/settings/number",
        exchange(number="07700 900997"),
    ),
    Swapped(
        "swap-no-database",
        "appointments.cancel",
        lambda s: s.open(s.book(), "cancel"),
        _database_goes,
        status=503,
    ),
    Mine(
        "language-switched",
        "appointments.cancel",
        lambda s: s.open(s.book(), "cancel"),
        _switch_language,
    ),
    Mine("idle", "appointments.cancel", lambda s: s.open(s.book(), "cancel"), _idle),
    Mine("idle-settings", "account.settings", "/settings", _idle),
    Mine("slow", APPOINTMENT, lambda s: s.open(s.book()), _slow),
    Mine("line-lost", "appointments.cancel", lambda s: s.open(s.book(), "cancel"), _line_lost),
)
