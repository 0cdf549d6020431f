"""Not too many texts: caps, the digest of the next working day, and who goes without."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from notifications import caps, policy
from notifications.models import State
from notifications.policy import DAY_BEFORE, TWO_DAYS
from portal.database import transaction
from tests.notifications.capped import ALEX, THREE, accepted, held, sent
from tests.notifications.sending import put, rows
from tests.people import (
    SOON,
    People,
    Phone,
    StoppedClock,
    again,
    appointment,
    work,
)


def test_at_most_two_unasked_texts_a_day(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    accepted(app, people, *THREE)
    clock_stopped.at(SOON - timedelta(hours=44))
    work(app)
    assert len(sent(app, TWO_DAYS)) == 2
    assert held(app) == [caps.HELD]
    assert Phone(app, ALEX).received[-1].startswith("Reminder: Jobcentre, Wed 10 Feb 12:30pm")


def test_at_most_five_unasked_texts_in_seven_days(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context():
        for day in range(5):
            put(
                claimant_id=people.alex.id,
                kind=DAY_BEFORE,
                regarding=uuid4(),
                not_before=SOON - timedelta(days=8 - day),
            )
            with transaction():
                row = rows()[-1]
                row.state, row.sent_at = State.delivered, SOON - timedelta(days=8 - day)
    accepted(app, people, SOON)
    clock_stopped.at(SOON - timedelta(hours=48))
    work(app)
    # Four of them, and the offer just now.
    assert held(app) == [caps.HELD]


def test_at_most_four_unasked_texts_for_one_appointment(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    [visit] = accepted(app, people, SOON)
    with app.app_context():
        for day in range(10, 14):
            text = put(claimant_id=people.alex.id, kind=DAY_BEFORE, regarding=visit.id)
            with transaction():
                row = next(r for r in rows() if r.id == text)
                row.state = State.delivered
                row.sent_at = row.not_before = SOON - timedelta(days=day)
    clock_stopped.at(SOON - timedelta(hours=48))
    work(app)
    assert held(app) == [caps.HELD]


@pytest.mark.parametrize("kind", ["appointments.moved", "appointments.accepted", "account.code"])
def test_changes_receipts_and_answers_never_count(
    app: Flask, people: People, clock_stopped: StoppedClock, kind: str
) -> None:
    [visit] = accepted(app, people, SOON)
    clock_stopped.at(SOON - timedelta(hours=48))
    with app.app_context():
        for _ in range(6):
            put(claimant_id=people.alex.id, kind=kind, regarding=visit.id)
    with app.app_context():
        assert caps.has_room(people.alex.id, visit.id, policy.policies()[-1])


def test_an_offer_is_never_held_back(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context():
        for _ in range(6):
            put(claimant_id=people.alex.id, kind=DAY_BEFORE, regarding=uuid4())
    with app.app_context(), transaction():
        appointment(again(people.alex))
    work(app)
    with app.app_context():
        [offer] = [r for r in rows() if r.kind == "appointments.offer"]
        assert offer.state is not State.dropped
