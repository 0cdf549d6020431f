"""When something goes wrong: a plain page that says what to do, and a log that tells on nobody."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import queries
from portal.settings import Settings
from tests.people import Browser, People
from wsgi import create_app


@pytest.fixture
def broken(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Alex, signed in, while a page of hers is broken."""
    browser = Browser(app).sign_in(people.alex)

    def fall_over(*_args: object) -> Any:
        raise KeyError("Alex Morgan on 07700 900101")

    monkeypatch.setattr("portal.appointments.queries.coming", fall_over)
    return browser


def test_our_own_mistake_is_our_own(broken: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    broken.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    broken.open("/appointments", 500)
    assert broken.page.title
    broken.does_not_see("KeyError", "Traceback", "Alex", "portal")
    log = capsys.readouterr().out
    assert "KeyError" in log
    assert "appointments.listing" in log
    assert "Alex" not in log
    assert "7700" not in log


def test_the_next_request_works_again(broken: Browser) -> None:
    broken.open("/appointments", 500)
    broken.open("/settings").sees("07700 900101")


def test_pages_that_are_not_there_say_so(app: Flask) -> None:
    browser = Browser(app).open("/nowhere", 404).sees("We cannot find this page")
    assert browser.page.all("a")


@pytest.fixture
def without_database(tmp_path: Path) -> Flask:
    """The service with a database that cannot be reached."""
    file = tmp_path / "gone" / "portal.db"
    app = create_app(Settings.for_tests(database_url=f"sqlite:///{file}", instance=tmp_path))
    file.parent.rmdir()
    return app


@pytest.mark.parametrize("path", ["/receipts/K7QM-2P4A", "/a/ABCDEFGHJK", "/api/v1/appointments"])
def test_without_a_database_a_plain_page_says_what_to_do(
    without_database: Flask, path: str
) -> None:
    client = without_database.test_client()
    answer = client.get(path, headers={"Authorization": "Bearer x"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    if answer.mimetype == "text/html":
        assert "0800 328 5644" in answer.text


def test_without_a_database_whoever_was_signed_in_sees_that_page_too(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(app).sign_in(people.alex)

    def down(*_args: object) -> Any:
        raise sa.exc.OperationalError("SELECT secret", {"name": "Alex"}, Exception("gone"))

    monkeypatch.setattr(queries, "visit", down)
    for path in ("/", "/settings", "/appointments", "/help"):
        browser.open(path, 503)
        assert "0800 328 5644" in browser.text
        browser.does_not_see("secret", "Alex")


def test_pages_that_need_no_database_are_there_without_one(without_database: Flask) -> None:
    client = without_database.test_client()
    for path in ("/", "/help", "/privacy", "/accessibility", "/sign-in", "/health"):
        assert client.get(path).status_code == 200, path


def test_what_was_typed_when_the_database_went_away_is_not_done(
    without_database: Flask,
) -> None:
    client = without_database.test_client()
    page = client.get("/sign-in").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post("/sign-in", data={"csrf_token": token, "number": "07700 900101"})
    assert answer.status_code == 503


def test_programs_are_answered_in_their_own_way(app: Flask) -> None:
    for path in ("/api/v1/nowhere", "/api/nowhere"):
        answer = app.test_client().get(path)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["status"] == 404


def test_a_door_that_too_many_knock_at_says_when_to_come_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.account.throttle.allow", lambda *_args: False)
    for path in ("/a/ABCDEFGHJK", "/receipts/K7QM-2P4A"):
        browser = Browser(app).open(path, 429)
        assert browser.response.headers["Retry-After"] == "900"
