"""The people of the demo have something on every page that a visitor looks at."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from notifications import demo, phones
from portal.account import queries
from tests.notifications.dialogues import Talk, word
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


def test_its_phones_alone_open_the_plan_and_the_commitment(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock_stopped: StoppedClock
) -> None:
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    with app.app_context():
        numbers = [person["number"] for person in demo.load()["people"]]
        people = [queries.claimants_with_number(number)[0] for number in numbers]
    for person in people:
        talk = Talk(app, clock_stopped, person).settles()
        phone = Browser(app).open(f"/demo/phones/{person.mobile}").sees(phones.PIN)
        assert word(person.language, "plan") in phone.buttons()
        talk.says(word(person.language, "plan")).says(phones.PIN).hears("3 = ")
        assert talk.outcomes()[-2:] == ["plan", "pin"]
        talk.says(word(person.language, "commitment"))
        assert "unclear" not in talk.outcomes()
