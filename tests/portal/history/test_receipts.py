"""Receipts: anybody with a code sees that something was recorded, and nothing about who."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.testing import capture_logs

from portal.account import delivery_actions, sign_in_actions, throttle
from portal.account.numbers import national
from portal.actors import Actor
from portal.appointments import actions
from portal.appointments.models import Appointment
from portal.database import transaction
from portal.record import log
from portal.record.models import Details
from portal.record.receipts import grouped
from tests.people import Browser, People, actor, again, appointment

PLACE = "The old mill, Kirkstall"


@pytest.fixture
def visit(app: Flask, people: People) -> Appointment:
    """An appointment, and something of each kind about it."""
    with app.app_context(), transaction():
        alex = again(people.alex)
        found = appointment(alex, place=PLACE, with_name="Priya Shah")
        actions.ask_to_cancel(found, note="In hospital", by=actor(alex))
        delivery_actions.text_not_delivered(
            alex, what="offer", regarding=found.id, permanent=True, by=Actor.system()
        )
        sign_in_actions.issue_card(alex, staff=again(people.coach), by=actor(people.coach))
        return found


def codes(app: Flask, people: People) -> dict[str, str]:
    """The receipt codes of Alex's entries, by kind."""
    with app.app_context():
        return {entry.kind: grouped(entry.receipt) for entry in log.entries(people.alex.id)}


def test_a_receipt_says_that_and_when_and_that_nothing_was_changed(
    app: Flask, people: People, visit: Appointment
) -> None:
    code = codes(app, people)["appointments.asked_to_cancel"]
    browser = Browser(app).open("/receipts").fill(code=code).press("Check")
    assert browser.path == f"/receipts/{code}"
    assert browser.heading == f"Receipt {code}"
    browser.sees(
        "An answer about an appointment was recorded on Monday 1 February 2027, 9:00am.",
        "nothing is missing and nothing was changed",
    )


def test_it_says_nothing_about_who(app: Flask, people: People, visit: Appointment) -> None:
    alex = people.alex
    assert alex.mobile is not None
    secrets = {
        *alex.full_name.split(),
        alex.mobile,
        alex.mobile.removeprefix("+44"),
        national(alex.mobile),
        alex.reference,
        str(alex.id),
        str(visit.id),
        *PLACE.split(", "),
        people.office.name,
        people.office.phone,
        *people.office.address.split(", "),
        "Priya",
        "Wednesday",
        "hospital",
        "cancel",
    }
    for kind, code in codes(app, people).items():
        answer = app.test_client().get(f"/receipts/{code}")
        assert answer.status_code == 200
        text = f"{answer.headers}\n{answer.get_data(as_text=True)}".lower()
        assert [secret for secret in secrets if secret.lower() in text] == [], kind


@pytest.mark.parametrize("change", [str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_can_be_typed_as_it_comes(
    app: Flask, people: People, visit: Appointment, change: object
) -> None:
    assert callable(change)
    code = codes(app, people)["appointments.offered"]
    browser = Browser(app).open("/receipts").fill(code=change(code)).press("Check")
    assert browser.heading == f"Receipt {code}"


@pytest.mark.parametrize("typed", ["K7QM-2P4B", "K7QM", "<b>x</b>", "ab" * 30, "محمد"])
def test_an_unknown_code_gets_a_page_that_helps(app: Flask, typed: str) -> None:
    browser = Browser(app).open(f"/receipts/{typed}".replace("/b", "%2Fb"), status=404)
    if browser.heading == "We cannot find this page":  # a stroke in the code is another address
        return
    assert browser.heading == "Check a receipt code"
    assert browser.page.title.startswith("Error: ")
    browser.sees("We know no receipt with this code. Check each letter and number.")
    assert browser.value("code") == typed[:40]


def test_a_mistyped_code_in_the_form_gets_the_same_page(app: Flask) -> None:
    browser = Browser(app).open("/receipts").fill(code="K7QM-2P4B").press("Check", status=404)
    browser.sees("We know no receipt with this code.")
    assert browser.value("code") == "K7QM-2P4B"


@pytest.mark.parametrize("typed", ["", "   ", "x" * 10_000])
def test_no_code_at_all_is_asked_for_again(app: Flask, typed: str) -> None:
    browser = Browser(app).open("/receipts").fill(code=typed).press("Check", status=422)
    browser.sees("Enter the receipt code, like K7QM-2P4A")


def test_a_chain_that_was_tampered_with_is_admitted(
    app: Flask, people: People, visit: Appointment
) -> None:
    code = codes(app, people)["appointments.offered"]
    with app.app_context(), transaction() as session:
        entry = log.by_receipt(code.replace("-", ""))
        assert entry is not None
        session.execute(sa.update(Details).where(Details.entry_id == entry.id).values(salt="other"))
    with capture_logs() as logs:
        browser = Browser(app).open(f"/receipts/{code}")
    browser.sees("something there does not fit")
    browser.does_not_see("nothing was changed")
    assert logs == [{"event": "chain does not hold", "faults": 1, "log_level": "error"}]


def test_a_receipt_outlives_the_details(app: Flask, people: People, visit: Appointment) -> None:
    code = codes(app, people)["appointments.asked_to_cancel"]
    with app.app_context(), transaction() as session:
        session.execute(sa.delete(Details))
    Browser(app).open(f"/receipts/{code}").sees("An answer about an appointment was recorded")


def test_nobody_can_try_codes_without_end(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(throttle, "allow", lambda limit, who: asked.append(limit) or False)
    Browser(app).open("/receipts/K7QM-2P4A", status=429)
    assert asked == ["receipt from an address"]
