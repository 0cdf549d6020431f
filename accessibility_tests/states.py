"""Every state of every page, as data: its name, what it shows, how to get there.

`STATES` is what the tests walk through in each language, and what `screenshots.py` draws. A
test fails when a page of the app has no state here. The states themselves are beside this file,
by who sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import Scene

Path = str | Callable[[Scene], str]
Act = Callable[[Browser, Scene], object]


def _nothing(_browser: Browser, _scene: Scene) -> None:
    """The page as it opens."""


def _calm(_scene: Scene) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True)
class State:
    """One state of one page."""

    name: str
    """Unique; also the name of its picture."""
    endpoint: str
    """The view whose page is shown in the end."""
    path: Path
    """Where the visitor goes, or a function that first sets the scene."""
    act: Act = _nothing
    """What the visitor does there."""
    who: str = "nobody"
    """`claimant` and `staff` are signed in."""
    errors: bool = False
    """There is something to put right."""
    status: int = 0
    """How the page is answered, where it is neither 200 nor, with errors, 422."""
    exchanged: bool = False
    """The main part came through a script, not with a whole page."""
    weather: Callable[[Scene], AbstractContextManager[None]] = _calm
    """What is wrong with the service meanwhile."""

    @property
    def answer(self) -> int:
        return self.status or (422 if self.errors else 200)

    @property
    def opens_by_itself(self) -> bool:
        """True when going there is all it takes."""
        return self.act is _nothing and self.weather is _calm

    def prepare(self, scene: Scene) -> str:
        """Set the scene; returns where to go. The scene's session says what the visitor's
        browser remembers."""
        scene.service.forget_visitors()
        if self.who != "nobody":
            scene.sign_in(staff=self.who == "staff")
        return self.path if isinstance(self.path, str) else self.path(scene)

    def show(self, browser: Browser, scene: Scene) -> None:
        """Bring the browser to this state, as a new visitor."""
        path = self.prepare(scene)
        browser.new_visitor(scene.service.cookie(**scene.session))
        with self.weather(scene):
            browser.open(path)
            self.act(browser, scene)


def send(**fields: str) -> Act:
    """Fill in the main form and send it as a browser without scripts does."""
    return lambda browser, _scene: browser.send_plainly(**fields)


def exchange(**fields: str) -> Act:
    """Fill in the main form and press its first button, with scripts."""
    return lambda browser, _scene: browser.send(**fields)


def press(selector: str) -> Act:
    return lambda browser, _scene: browser.press(selector)


def follow(part_of_address: str) -> Act:
    """Follow the first link whose address contains this."""
    return press(f'main a[href*="{part_of_address}"]')


def all_states() -> Iterator[State]:
    """Every state there is."""
    from accessibility_tests import (
        account_states,
        beside_states,
        claimant_states,
        commitment_states,
        complaint_desk_states,
        complaint_form_states,
        complaint_states,
        cost_states,
        desk_commitment_states,
        desk_states,
        explainer_states,
        helper_states,
        interpreter_states,
        operator_states,
        phone_states,
        plan_states,
        public_states,
        report_states,
        shared_phone_states,
        swapped_states,
        translation_states,
        typed_states,
    )

    visitors = (
        public_states,
        claimant_states,
        account_states,
        report_states,
        explainer_states,
        cost_states,
        commitment_states,
        complaint_form_states,
        complaint_states,
        helper_states,
        interpreter_states,
        swapped_states,
        beside_states,
    )
    desk = (
        desk_states,
        complaint_desk_states,
        desk_commitment_states,
        operator_states,
        phone_states,
        plan_states,
        shared_phone_states,
        translation_states,
        typed_states,
    )
    for module in (*visitors, *desk):
        yield from module.STATES
