"""What goes wrong on the way is somebody's task, and one thing that breaks hides no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import arrivals, inbound, receipts, sender, unconfirmed
from notifications.conversation import dialogue
from notifications.gateways.base import GatewayError, Inbound, Status
from notifications.models import InboundText, State
from portal.account import actions as account
from portal.account import delivery_actions
from portal.account.models import UndeliveredText
from portal.actors import Actor
from portal.database import db, transaction
from portal.messages import actions as messages
from portal.record import log
from tests.notifications.sending import ALEX, ROBIN, provider, put, row, state
from tests.people import People, Phone, StoppedClock, actor, again, claimant, work

NEW = "+447700900177"


def tasks() -> list[tuple[Any, str]]:
    found = sa.select(UndeliveredText).where(UndeliveredText.settled_at.is_(None))
    return [(t.claimant_id, t.what) for t in db.session.scalars(found.order_by(UndeliveredText.at))]


def _given_up(monkeypatch: pytest.MonkeyPatch, clock_stopped: StoppedClock, number: str) -> None:
    def broken(*_: Any) -> str:
        raise ValueError("They wrote: I am ill")

    monkeypatch.setattr(dialogue, "answer", broken)
    with transaction():
        arrivals.keep_inbound("local", Inbound("X1", number, "I am ill"))
    for _ in range(inbound.MOST_ATTEMPTS):
        assert inbound.step()
        clock_stopped.later(minutes=11)
    assert not inbound.step()
    assert [t.outcome for t in db.session.scalars(sa.select(InboundText))] == ["given up"]


def test_staff_hear_of_a_text_that_we_gave_up(
    app: Flask, people: People, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        with transaction():
            other = claimant(again(people.office), "Sam Morgan", ALEX)
        _given_up(monkeypatch, clock_stopped, ALEX)
        assert set(tasks()) == {
            (people.alex.id, "inbound.unclear"),
            (other.id, "inbound.unclear"),
        }
        assert {t.heard for t in db.session.scalars(sa.select(UndeliveredText))} == {"I am ill"}


def test_a_text_of_nobody_we_know_that_we_gave_up_is_an_error_in_the_log(
    app: Flask,
    people: People,
    clock_stopped: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with app.app_context():
        _given_up(monkeypatch, clock_stopped, NEW)
        assert tasks() == []
    said = capsys.readouterr().out
    assert "a text of nobody we know was given up" in said
    assert "I am ill" not in said
    assert NEW not in said


def test_what_waited_for_the_morning_when_they_stopped_texts_is_told_by_staff(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    """A reply of the office concerns no appointment, and is told all the same."""
    with app.app_context():
        clock_stopped.later(hours=12)
        with transaction():
            written = messages.write(again(people.alex), "Hello", by=actor(people.alex))
        work(app)
        reply = put(
            claimant_id=people.alex.id, kind="messages.reply", receipt=written.receipt, body="Hi"
        )
        answer = put(claimant_id=people.alex.id, kind="conversation.reply")
        with transaction():
            account.stop_texts(again(people.alex), by=actor(people.alex, "text"))
        work(app)
        assert state(reply) is state(answer) is State.dropped
        assert (people.alex.id, "messages.reply") in tasks()
        assert (people.alex.id, "conversation.reply") not in tasks()


def test_the_record_names_the_number_that_a_text_went_to(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    dead = GatewayError("", dead=True, code="30005")
    with app.app_context(), provider(app, dead, State.sent):
        for _ in range(2):
            put(claimant_id=people.alex.id)
        planned = app.extensions["gateway"]

        def change() -> None:
            with app.app_context(), transaction():
                account.set_number(again(people.alex), NEW, by=Actor.system())

        planned.while_sending = change
        assert sender.step()
        planned.while_sending = lambda: None
        late = put(ALEX, claimant_id=None)
        assert state(late) is State.queued
        found = [log.event_of(entry) for entry in log.entries(people.alex.id)]
        numbers = [event.number for event in found if type(event).__name__ == "TextNotDelivered"]
        assert numbers == [ALEX]


def test_the_record_names_the_number_of_a_text_that_may_not_have_arrived(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), provider(app, State.sent):
        text = put(claimant_id=people.alex.id)
        assert sender.step()
        with transaction():
            account.set_number(again(people.alex), NEW, by=Actor.system())
        clock_stopped.later(hours=5)
        assert unconfirmed.step()
        with transaction():
            delivery_actions.text_arrived(text, ALEX)
        found = [log.event_of(entry) for entry in log.entries(people.alex.id)]
        assert [
            (type(event).__name__, event.number)
            for event in found
            if type(event).__name__ in ("TextNotDelivered", "TextArrived")
        ] == [("TextArrived", ALEX), ("TextNotDelivered", ALEX)]


def test_one_text_that_breaks_does_not_hide_the_others_that_nobody_confirmed(
    app: Flask, people: People, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), provider(app, State.sent, State.sent):
        broken = put(claimant_id=people.alex.id, kind="appointments.called_off")
        put(ROBIN, claimant_id=people.stranger.id, kind="appointments.called_off")
        assert sender.step()
        assert sender.step()
        matters = unconfirmed._still_matters

        def breaks(text: Any) -> bool:
            if text.id == broken:
                raise ValueError
            return matters(text)

        monkeypatch.setattr(unconfirmed, "_still_matters", breaks)
        clock_stopped.later(hours=5)
        assert unconfirmed.step()
        assert tasks() == [(people.stranger.id, "appointments.called_off")]
        assert not unconfirmed.step()


@pytest.mark.parametrize("known", [False, True])
def test_only_a_report_about_no_text_of_ours_is_called_so(
    app: Flask,
    people: People,
    clock_stopped: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    known: bool,
) -> None:
    def broken(*_: Any) -> None:
        raise ValueError

    monkeypatch.setattr(receipts, "_settle", broken)
    with app.app_context(), provider(app, State.sent):
        text = put(claimant_id=people.alex.id)
        assert sender.step()
        provider_id = row(text).provider_id if known else "P99"
        assert provider_id is not None
        with transaction():
            arrivals.keep_status("planned", Status(provider_id, State.delivered))
        while receipts.step() or clock_stopped.later(minutes=10) or receipts.step():
            pass
    assert ("no text of ours" in capsys.readouterr().out) is not known


def test_a_provider_that_asks_for_time_gets_all_of_it(
    app: Flask, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender.random, "uniform", lambda low, high: low)
    asked = GatewayError("slow down", code="20429", retry_after=timedelta(minutes=10))
    with app.app_context(), provider(app, asked):
        text = put()
        before = row(text).not_before
        assert sender.step()
        assert row(text).not_before - before >= timedelta(minutes=10)
    assert Phone(app, ALEX).received == []
