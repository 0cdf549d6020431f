"""What every test may ask for: a database of each kind, an app on it, a client of the app.

A test that asks for `database_url`, `app` or `client` runs once for each database chosen with
`--db` (both, unless said otherwise), each time on an empty, migrated one. Those that touch no
database run once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from portal.database import db
from portal.settings import Settings
from tests import at_once
from tests.databases import DIALECTS, PostgresqlDatabase, SqliteDatabase, migrated_database

if TYPE_CHECKING:
    from tests.people import People, StoppedClock
    from tests.world import World

# On a busy machine an example may take a second and be no worse for it. And a run tries the same
# examples as the last one, so that a failure is always somebody's doing.
hypothesis.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("house")


pytest_configure = at_once.pytest_configure


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db",
        choices=(*DIALECTS, "both"),
        default="both",
        help="the databases to run on (both, unless said otherwise)",
    )
    parser.addoption(
        "--first-cases",
        action="store_true",
        help="of each test that has several cases, run the first one only",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--first-cases"):
        return
    first: dict[str, pytest.Item] = {}
    for item in items:
        first.setdefault(item.nodeid.partition("[")[0], item)
    kept = set(first.values())
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "dialect" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--db")
        dialects = DIALECTS if chosen == "both" else (chosen,)
        metafunc.parametrize("dialect", dialects, indirect=True, scope="session")


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """PINs, codes of cards and passwords are hashed in no time: how long a hash takes is not
    what is tried here."""
    from portal.account import pins, sign_in_actions, staff_accounts

    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        for module in (pins, sign_in_actions, staff_accounts):
            patch.setattr(module, "_hasher", quick)
        yield


@pytest.fixture(scope="session")
def dialect(request: pytest.FixtureRequest) -> str:
    """The kind of database this test runs on: `sqlite` or `postgresql`."""
    return str(request.param)


@pytest.fixture(scope="session")
def migrated(
    dialect: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SqliteDatabase | PostgresqlDatabase]:
    """This process's database. Ask for `database_url` instead: it is empty."""
    name = f"portal_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with migrated_database(dialect, tmp_path_factory.mktemp(dialect), name) as database:
        yield database


@pytest.fixture
def database_url(migrated: SqliteDatabase | PostgresqlDatabase) -> str:
    """The address of an empty, migrated database."""
    migrated.reset()
    return migrated.url


@pytest.fixture(scope="session")
def shared_app(
    migrated: SqliteDatabase | PostgresqlDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The app of `app`, made once. A test that needs other settings makes its own."""
    from wsgi import create_app  # here, so that tests without an app start sooner

    instance = tmp_path_factory.mktemp("instance")
    app = create_app(Settings.for_tests(database_url=migrated.url, instance=instance))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(shared_app: Flask, database_url: str) -> Flask:
    """The whole service with an empty database. No app context is open: open your own, and
    close it before a request is made, so that the request does not borrow its session."""
    return shared_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A new visitor of `app`: no cookies yet."""
    return app.test_client()


@pytest.fixture
def world(app: Flask, people: People, clock_stopped: StoppedClock) -> World:
    """Everything has happened once; it is NOW. For tests that walk through all of it."""
    from tests.world import lived_in  # here, for the same reason

    return lived_in(app, people, clock_stopped)
