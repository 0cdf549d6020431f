"""Every state of every page, in every language: nothing axe knows, nothing it does not."""

import pytest
from werkzeug.exceptions import HTTPException

from accessibility_tests import checks
from accessibility_tests.browser import Browser
from accessibility_tests.scenes import Scene
from accessibility_tests.service import Service
from accessibility_tests.states import State, all_states
from portal import languages

STATES = tuple(all_states())
CODES = tuple(language.code for language in languages.offered())


def endpoint_at(service: Service, path: str) -> str:
    """The view behind an address, whatever method it takes."""
    adapter = service.app.url_map.bind("127.0.0.1")
    methods = ("GET", "POST")
    for method in methods:
        try:
            return adapter.match(path.partition("?")[0].partition("#")[0], method=method)[0]
        except HTTPException:
            continue
    return "nowhere"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_state(service: Service, browser: Browser, state: State, code: str) -> None:
    state.show(browser, Scene(service, code))
    assert endpoint_at(service, browser.path) == state.endpoint or state.endpoint == "nowhere"
    assert bool(browser.run("return window.exchanged === true")) is state.exchanged
    faults = checks.every(browser, **checks.expected(service, code, errors=state.errors))
    assert not faults, "\n".join(faults)
