"""The record as a file: whoever has it can check it without us."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.appointments import actions, office_actions
from portal.database import transaction
from portal.record.models import Details
from tests.people import Browser, People, actor, again, appointment

NOTE = "Krankenhaus – أهلاً 🏥"


def faults_of(record: dict[str, Any]) -> list[str]:
    """Check a downloaded record as its own `how_to_check` says, with nothing of ours."""
    faults, previous = [], ""
    for number, entry in enumerate(record["entries"], 1):
        array = [
            record["claimant"],
            entry["number"],
            entry["kind"],
            entry["time"],
            entry["actor_kind"],
            entry["actor_id"] or "",
            entry["channel"],
            entry["assurance"],
            entry["about"] or "",
            entry["receipt"],
            entry["digest"],
            entry["previous"],
        ]
        text = json.dumps(array, separators=(",", ":"), ensure_ascii=True)
        if hashlib.sha256(text.encode()).hexdigest() != entry["hash"]:
            faults.append(f"{number}: changed")
        if entry["number"] != number or entry["previous"] != previous:
            faults.append(f"{number}: does not follow")
        details = entry["details"]
        if details is not None:
            salted = f"{details['salt']}\n{details['body']}"
            if hashlib.sha256(salted.encode()).hexdigest() != entry["digest"]:
                faults.append(f"{number}: details changed")
        previous = entry["hash"]
    if (record["head"], record["length"]) != (previous, len(record["entries"])):
        faults.append("the end is missing")
    return faults


@pytest.fixture
def alex(app: Flask, people: People) -> Browser:
    """Alex's browser, signed in."""
    return Browser(app).sign_in(people.alex)


@pytest.fixture
def record(app: Flask, people: People, alex: Browser) -> dict[str, Any]:
    """Alex's record, downloaded, after some of everything."""
    with app.app_context(), transaction():
        found = appointment(again(people.alex), by=people.coach)
        actions.accept(found, by=actor(people.alex, "text"))
        actions.ask_to_cancel(
            found, reason="ill", note="Krankenhaus – أهلاً 🏥", by=actor(people.alex)
        )
        assert found.open_request is not None
        office_actions.agree(found.open_request, note="Get well.", by=actor(people.coach))
    return download(alex)


def download(browser: Browser) -> dict[str, Any]:
    answer = browser.client.get("/record.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == "attachment; filename=record.json"
    assert answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.data)
    return found


def test_the_chain_can_be_checked_from_the_file_alone(record: dict[str, Any]) -> None:
    assert len(record["entries"]) == 7
    assert faults_of(record) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "appointments.missed"),
        ("time", "2027-01-01T09:00:00.000000+00:00"),
        ("channel", "desk"),
        ("receipt", "00000000"),
        ("actor_id", None),
        ("previous", ""),
        ("hash", "0" * 64),
        ("details", {"salt": "", "body": "{}"}),
    ],
)
def test_whatever_is_changed_shows(record: dict[str, Any], name: str, value: Any) -> None:
    record["entries"][4][name] = value
    assert faults_of(record) != []


def test_a_missing_entry_shows(record: dict[str, Any]) -> None:
    del record["entries"][3]
    assert faults_of(record) != []
    record["entries"].pop()
    assert faults_of(record) != []


def test_entries_say_what_happened_how_and_when(record: dict[str, Any]) -> None:
    entry = record["entries"][4]
    assert (entry["kind"], entry["channel"]) == ("appointments.accepted", "sms")
    assert entry["time"] == "2027-02-01T09:00:00.000000+00:00"
    assert entry["sentence"] == (
        "You accepted your appointment on Wednesday 10 February 2027, 10:30am."
    )
    asked = json.loads(record["entries"][5]["details"]["body"])
    assert asked["note"] == NOTE


def test_a_record_whose_details_are_gone_still_checks(
    app: Flask, alex: Browser, record: dict[str, Any]
) -> None:
    with app.app_context(), transaction() as session:
        session.execute(sa.delete(Details))
    emptied = download(alex)
    assert [entry["details"] for entry in emptied["entries"]] == [None] * 7
    assert faults_of(emptied) == []
