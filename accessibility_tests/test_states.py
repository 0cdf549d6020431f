"""Every state of every page, in every language: nothing axe knows, nothing it does not."""

import pytest
from werkzeug.exceptions import HTTPException

from accessibility_tests import checks
from accessibility_tests.browser import Browser
from accessibility_tests.scenes import Scene
from accessibility_tests.service import Service
from accessibility_tests.states import State, all_states
from portal import languages

WHOLE = ("en", "cy", "ar")
"""Every state in each of these. The nine others share the states among them: each state is seen
in one of them, so that a dozen languages do not take an hour."""
SHARE = 9


def cases(every_language: bool) -> list[tuple[State, str]]:
    codes = [language.code for language in languages.offered()]
    return [
        (state, code)
        for turn, state in enumerate(all_states())
        for place, code in enumerate(codes)
        if every_language or code in WHOLE or (turn + place) % SHARE == 0
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`make a11y LANGUAGES=all` sees every state in every language."""
    if "state" in metafunc.fixturenames:
        found = cases(metafunc.config.getoption("--every-language"))
        ids = [f"{state.name}-{code}" for state, code in found]
        metafunc.parametrize(("state", "code"), found, ids=ids)


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


def test_state(service: Service, browser: Browser, state: State, code: str) -> None:
    state.show(browser, Scene(service, code))
    assert endpoint_at(service, browser.path) == state.endpoint or state.endpoint == "nowhere"
    assert service.page_status == state.answer
    assert bool(browser.run("return window.exchanged === true")) is state.exchanged
    faults = checks.every(browser, **checks.expected(service, code, errors=state.errors))
    assert not faults, "\n".join(faults)
