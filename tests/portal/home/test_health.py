"""For those who run the service: is it up, and can it work?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.database import db
from portal.home import health
from portal.settings import Settings
from wsgi import create_app


def _number_of_secrets() -> dict[str, Any]:
    raise LookupError("+447700900101")


@pytest.fixture(autouse=True)
def own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the database's own check; other parts of the service test theirs."""
    monkeypatch.setattr(health, "_checks", {"database": health._checks["database"]})


@pytest.fixture
def broken_app(tmp_path: Any) -> Iterator[Flask]:
    """The service, and a database that does not answer."""
    url = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    app = create_app(Settings.for_tests(database_url=url, instance=tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_the_process_is_up(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_ready_when_the_database_answers(client: FlaskClient) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json["checks"]["database"]["ok"] is True


def test_other_parts_add_their_checks(client: FlaskClient) -> None:
    health.register("queue", lambda: {"waiting": 3})
    assert client.get("/health/ready").json["checks"]["queue"] == {"ok": True, "waiting": 3}


def test_one_bad_part_is_enough_and_says_nothing_about_people(client: FlaskClient) -> None:
    health.register("queue", _number_of_secrets)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json["status"] == "bad"
    assert answer.json["checks"]["database"]["ok"] is True
    assert answer.json["checks"]["queue"] == {"ok": False, "error": "LookupError"}
    assert "7700" not in answer.get_data(as_text=True)


def test_without_a_database_it_is_up_and_not_ready(broken_app: Flask) -> None:
    client = broken_app.test_client()
    assert client.get("/health").status_code == 200
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json["checks"]["database"] == {"ok": False, "error": "OperationalError"}
