"""The people of the demo have something on every page that a visitor looks at."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from notifications import demo
from portal.account import queries
from tests.people import PASSWORD, Browser, Desk, StoppedClock


def test_the_plans_of_the_demo_are_full_and_it_loads_once(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock_stopped: StoppedClock
) -> None:
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    monkeypatch.setattr(demo, "PASSWORD", PASSWORD)
    with app.app_context():
        assert demo.load() == demo.load()
        alex = queries.claimants_with_number("+447700900101")[0]
        coach = queries.staff_by_email("casey@demo.example")
        assert coach is not None
    browser = Browser(app).sign_in(alex).open("/plan")
    browser.sees("days late", "Their promises kept: 1 of 3")
    browser.open("/plan/goal").sees("Work in a kitchen")
    browser.open("/commitment").sees("Read your new Claimant Commitment")
    browser.open("/costs/requests").sees("A provisional driving licence", "Black shoes")
    monkeypatch.setattr("tests.desk.PASSWORD", demo.PASSWORD)
    desk = Desk(app).sign_in(coach).open("/staff")
    desk.sees("Promises that are late: 1")
