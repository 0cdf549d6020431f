"""What became of texts: reports late, twice, early and in any order."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import arrivals, queue, receipts
from notifications.gateways.base import Status
from notifications.gateways.twilio import TwilioGateway
from notifications.models import DeliveryReceipt, State
from notifications.queue import Outcome
from portal.account.models import UndeliveredText
from portal.database import db, transaction
from portal.settings import Settings
from tests.notifications.sending import put, row, state, using
from tests.people import People, StoppedClock, again

MINUTE = timedelta(minutes=1)


@pytest.fixture
def inside(app: Flask, people: People):
    gateway = TwilioGateway(
        Settings.for_tests(
            twilio_account_sid="AC1", twilio_auth_token="t", twilio_from="+447700900900"
        )
    )
    with using(app, gateway=gateway), app.app_context():
        yield people


def sent(people: People, provider_id: str | None = "SM1") -> int:
    text = put(claimant_id=people.alex.id)
    with transaction():
        assert queue.claim(2 * MINUTE)
    if provider_id:
        with transaction():
            assert queue.settle(text, Outcome(State.sent, "twilio", provider_id), attempt=1)
    return text


def report(status: State, error: str = "", provider_id: str = "SM1", key: str = "") -> None:
    with transaction():
        arrivals.keep_status("twilio", Status(provider_id, status, error, key))


def work() -> None:
    while receipts.step():
        pass


def tasks() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(UndeliveredText)) or 0


def open_reports() -> int:
    waiting = sa.select(sa.func.count()).where(DeliveryReceipt.handled_at.is_(None))
    return db.session.scalar(waiting) or 0


@pytest.mark.parametrize(
    "order",
    [*itertools.permutations([State.sent, State.delivered]), (State.delivered,)],
)
def test_delivered_whatever_the_order(inside: People, order: tuple[State, ...]):
    text = sent(inside)
    for status in order:
        report(status)
        work()
    assert state(text) is State.delivered
    assert tasks() == open_reports() == 0


def test_not_delivered_is_told_once(inside: People):
    text = sent(inside)
    for _ in range(2):
        report(State.undelivered, "30004")
        report(State.undelivered, "30008", provider_id="SM1")
        work()
    assert (state(text), row(text).error, tasks()) == (State.undelivered, "30004", 1)
    assert again(inside.alex).number_suspended_at is None


def test_a_number_that_nobody_has_is_not_used_again(inside: People):
    sent(inside)
    report(State.undelivered, "30005")
    work()
    assert again(inside.alex).number_suspended_at is not None


def test_a_late_report_changes_nothing_that_is_settled(inside: People):
    text = sent(inside)
    report(State.delivered)
    work()
    report(State.undelivered, "30008")
    work()
    assert (state(text), tasks()) == (State.delivered, 0)


def test_a_report_that_comes_before_we_noted_the_id(inside: People, clock_stopped: StoppedClock):
    text = sent(inside, provider_id=None)
    report(State.delivered)
    work()
    assert state(text) is State.sending
    with transaction():
        queue.settle(text, Outcome(State.sent, "twilio", "SM1"), attempt=1)
    clock_stopped.later(seconds=3)
    work()
    assert state(text) is State.delivered


def test_a_report_saves_a_text_whose_worker_was_killed(inside: People, clock_stopped: StoppedClock):
    """The provider gives back our key, so what it took is not handed over again."""
    text = sent(inside, provider_id=None)
    report(State.sent, key=str(text))
    work()
    assert (state(text), row(text).provider_id) == (State.sent, "SM1")
    clock_stopped.later(minutes=5)
    assert not queue.anything_due()


def test_a_failed_first_try_does_not_spoil_the_second(inside: People):
    text = sent(inside, provider_id="SM2")
    report(State.undelivered, "30008", provider_id="SM1", key=str(text))
    work()
    assert (state(text), tasks(), open_reports()) == (State.sent, 0, 0)
    report(State.delivered, provider_id="SM1", key=str(text))
    work()
    assert state(text) is State.delivered


@pytest.mark.parametrize("key", ["", "99", "x", "²", "9" * 30])
def test_a_report_about_nothing_of_ours_is_laid_aside(
    inside: People, clock_stopped: StoppedClock, key: str
):
    report(State.undelivered, "30005", key=key)
    for _ in range(12):
        work()
        clock_stopped.later(minutes=5)
    assert (open_reports(), tasks()) == (0, 0)


def test_one_bad_report_does_not_hold_up_the_others(
    inside: People, clock_stopped: StoppedClock, capsys: pytest.CaptureFixture[str]
):
    text = sent(inside)
    with transaction():
        arrivals.keep_status("twilio", Status("SM1", State.delivered))
        bad = db.session.scalars(sa.select(DeliveryReceipt)).one()
        bad.status = "no such state"
    report(State.delivered)
    work()
    assert state(text) is State.delivered
    assert open_reports() == 1
