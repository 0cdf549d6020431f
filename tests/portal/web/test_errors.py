"""When something goes wrong in the middle of what a person does. What the pages say is tried in
tests/portal/home/test_error_pages.py."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import queries
from portal.settings import Settings
from tests.people import Browser, People
from wsgi import create_app


def test_after_a_mistake_of_ours_the_next_request_works(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(app).sign_in(people.alex)

    def fall_over(*_args: object) -> Any:
        raise KeyError("Alex Morgan on 07700 900101")

    with monkeypatch.context() as broken:
        broken.setattr("portal.appointments.queries.coming", fall_over)
        browser.open("/appointments", 500).does_not_see("KeyError", "Alex")
    browser.open("/appointments").sees("Your appointments")


def test_whoever_is_signed_in_when_the_database_goes_away_sees_whom_to_call(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(app).sign_in(people.alex)

    def down(*_args: object) -> Any:
        raise sa.exc.OperationalError("SELECT secret", {"name": "Alex"}, Exception("gone"))

    monkeypatch.setattr(queries, "visit", down)
    for path in ("/", "/settings", "/appointments", "/help"):
        browser.open(path, 503).sees("0800 328 5644").does_not_see("secret", "Alex")


def test_nothing_is_half_done_without_a_database(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "portal.db"
    app = create_app(Settings.for_tests(database_url=f"sqlite:///{file}", instance=tmp_path))
    file.parent.rmdir()
    browser = Browser(app).open("/sign-in").fill(number="07700 900101")
    browser.press("Text me a code", 503).sees("0800 328 5644")
    assert not file.parent.exists()
