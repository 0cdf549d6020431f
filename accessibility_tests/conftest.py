"""One service, one browser, and a fresh scene for each test."""

from collections.abc import Iterator

import pytest

from accessibility_tests.browser import Browser, chromium
from accessibility_tests.scenes import Scene
from accessibility_tests.service import Service
from tests import at_once

pytest_configure = at_once.pytest_configure


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-language",
        action="store_true",
        help="see every state in every language, and not a share of them in most",
    )


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole service, running."""
    with Service(tmp_path_factory.mktemp("service")).running() as service:
        yield service


@pytest.fixture(scope="session")
def one_browser(service: Service) -> Iterator[Browser]:
    """The browser of this run. Ask for `browser` instead: it is a new visitor's."""
    with chromium(service.url) as browser:
        yield browser


@pytest.fixture
def browser(one_browser: Browser) -> Browser:
    """The browser of somebody who was never here."""
    one_browser.new_visitor()
    return one_browser


@pytest.fixture
def scene(service: Service) -> Scene:
    """Nobody yet, in English."""
    service.forget_visitors()
    return Scene(service, "en")
