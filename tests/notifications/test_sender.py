"""Sending: nothing open meanwhile, tried again within reason, and told to staff when it fails."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import sender, texts
from notifications.gateways.base import GatewayError
from notifications.models import LocalText, State
from notifications.sender import TRIES
from portal import clock
from portal.account import actions as account
from portal.account import codes, queries, sign_in_actions
from portal.account.models import UndeliveredText
from portal.actors import Actor
from portal.appointments import actions
from portal.database import db, transaction
from portal.record import log
from tests.notifications.sending import ALEX, ROBIN, provider, put, row, rows, state
from tests.people import People, StoppedClock, actor, again, appointment, work

LATER = GatewayError("busy", code="503")


def undelivered() -> list[UndeliveredText]:
    return list(db.session.scalars(sa.select(UndeliveredText)))


def test_a_text_is_sent_and_comes_to_the_phone(app: Flask, people: People):
    with app.app_context():
        text = put(body="Accepted")
        assert sender.step()
        assert not sender.step()
        kept = db.session.scalars(sa.select(LocalText)).one()
        assert (kept.number, kept.body, kept.incoming) == (ALEX, "Accepted", True)
        done = row(text)
        assert (done.state, done.gateway, done.provider_id) == (
            State.delivered,
            "local",
            f"local-{kept.id}",
        )
        assert done.sent_at == done.settled_at == clock.now()


def test_the_local_provider_takes_each_text_once(app: Flask, people: People):
    with app.app_context():
        gateway = app.extensions["gateway"]
        first = gateway.send(ALEX, "Hello", "7")
        assert gateway.send(ALEX, "Hello", "7") == first
        assert db.session.scalar(sa.select(sa.func.count()).select_from(LocalText)) == 1


def test_nothing_is_open_while_the_provider_takes_its_time(app: Flask, people: People):
    seen: list[int] = []
    with app.app_context(), provider(app) as planned:
        put(claimant_id=people.alex.id)
        planned.while_sending = lambda: seen.append(db.engine.pool.checkedout())
        before = db.engine.pool.checkedout()
        assert sender.step()
    assert seen == [before]


def test_a_busy_provider_is_asked_again_later_and_later(app: Flask, clock_stopped: StoppedClock):
    waits = []
    with app.app_context(), provider(app, LATER, LATER, LATER) as planned:
        text = put()
        for _ in range(3):
            assert sender.step()
            assert state(text) is State.queued
            waits.append((row(text).not_before - clock.now()).total_seconds())
            assert not sender.step()
            clock_stopped.at(row(text).not_before)
        assert sender.step()
        assert state(text) is State.delivered
        assert len(planned.handed) == 4
        assert len({key for _, _, key in planned.handed}) == 1
    for wait, about in zip(waits, (30, 60, 120), strict=True):
        assert about * 0.8 <= wait <= about * 1.2


def test_it_waits_as_long_as_the_provider_asks(app: Flask, clock_stopped: StoppedClock):
    asked = GatewayError("slow down", code="20429", retry_after=timedelta(minutes=10))
    with app.app_context(), provider(app, asked):
        text = put()
        sender.step()
        wait = (row(text).not_before - clock.now()).total_seconds()
    assert 480 <= wait <= 720


def test_after_some_hours_staff_call_instead(
    app: Flask, people: People, clock_stopped: StoppedClock
):
    started = clock.now()
    with app.app_context(), provider(app, *[LATER] * 50) as planned:
        text = put(claimant_id=people.alex.id)
        while state(text) is not State.undelivered:
            assert sender.step()
            clock_stopped.at(max(clock.now(), row(text).not_before))
        assert len(planned.handed) == TRIES
        assert timedelta(hours=2) < clock.now() - started < timedelta(hours=5)
        assert len(undelivered()) == 1
        # The provider was at fault, not the number.
        assert queries.may_text(again(people.alex))
        assert log.entries(people.alex.id)[0].kind == "account.text_not_delivered"


@pytest.mark.parametrize(
    ("error", "suspended", "stopped"),
    [
        (GatewayError("", dead=True, code="21211"), True, False),
        (GatewayError("", blocked=True, code="21610"), False, True),
        (GatewayError("", permanent=True, code="30007"), False, False),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(
    app: Flask, people: People, error: GatewayError, suspended: bool, stopped: bool
):
    about = uuid4()
    with app.app_context(), provider(app, error) as planned:
        text = put(claimant_id=people.alex.id, regarding=about, kind="appointments.called_off")
        assert sender.step()
        assert not sender.step()
        assert len(planned.handed) == 1
        assert (state(text), row(text).error) == (State.undelivered, error.code)
        person = again(people.alex)
        assert bool(person.number_suspended_at) is suspended
        assert bool(person.texts_stopped_at) is stopped
        [task] = undelivered()
        assert (task.claimant_id, task.regarding, task.what) == (
            people.alex.id,
            about,
            "appointments.called_off",
        )


def test_a_number_they_gave_up_says_nothing_about_the_new_one(app: Flask, people: People):
    dead = GatewayError("", dead=True, code="30005")
    with app.app_context(), provider(app, dead) as planned:
        put(claimant_id=people.alex.id)

        def change() -> None:
            with app.app_context(), transaction():
                account.set_number(again(people.alex), "+447700900177", by=Actor.system())

        planned.while_sending = change
        assert sender.step()
        assert queries.may_text(again(people.alex))
        assert len(undelivered()) == 1


def test_a_text_that_nobody_could_send_in_time_is_dropped_and_told(
    app: Flask, people: People, clock_stopped: StoppedClock
):
    with app.app_context(), provider(app) as planned:
        text = put(claimant_id=people.alex.id, not_after=clock.now() + timedelta(hours=1))
        code = put(
            claimant_id=people.alex.id,
            body="",
            secret_of=uuid4(),
            kind="account.code",
            not_after=clock.now() + timedelta(minutes=10),
        )
        clock_stopped.later(hours=1)
        assert sender.step()
        assert sender.step()
        assert planned.handed == []
        assert state(text) is state(code) is State.dropped
        # Nobody has to make up for a code: whoever wants one asks for another.
        assert [task.what for task in undelivered()] == ["appointments.accepted"]


def test_an_offer_that_is_no_longer_true_is_not_sent(app: Flask, people: People):
    with app.app_context():
        with transaction():
            visit = appointment(again(people.alex))
        assert "appointments.offer" in texts.QUESTIONS
        text = put(claimant_id=people.alex.id, kind="appointments.offer", regarding=visit.id)
        with transaction():
            actions.accept(again(visit), by=actor(again(people.alex)))
        with provider(app) as planned:
            assert sender.step()
        assert planned.handed == []
        assert (state(text), row(text).error) == (State.dropped, "no-longer-true")
        assert undelivered() == []


@pytest.mark.parametrize("what", ["stopped", "suspended", "another number", "no number"])
def test_what_waited_is_not_sent_against_the_persons_will(app: Flask, people: People, what: str):
    about = uuid4()
    with app.app_context(), provider(app) as planned:
        told = put(claimant_id=people.alex.id, kind="appointments.called_off", regarding=about)
        reply = put(claimant_id=people.alex.id, kind="conversation.reply")
        code = put(claimant_id=people.alex.id, kind="account.code", body="", secret_of=uuid4())
        with transaction():
            person = again(people.alex)
            match what:
                case "stopped":
                    account.stop_texts(person, by=actor(person, "text"))
                case "suspended":
                    person.number_suspended_at = clock.now()
                case "another number":
                    account.set_number(person, "+447700900177", by=Actor.system())
                case "no number":
                    account.set_number(person, None, by=Actor.system())
        work(app)
        assert state(told) is state(reply) is State.dropped
        # What they asked for themselves comes, and the last word about stopping.
        assert state(code) is State.delivered
        sent = {r.kind for r in rows() if r.state is State.delivered}
        assert sent - {"account.number_changed"} == {"account.code"} | (
            {"account.texts_stopped"} if what == "stopped" else set()
        )
        assert len(planned.handed) == len(sent)
        tasks = [t for t in undelivered() if t.what != account.TEXTS_STOPPED]
        assert [(task.what, task.regarding) for task in tasks] == [
            ("appointments.called_off", about)
        ]


def test_a_code_is_worded_only_when_it_is_sent(
    app: Flask, people: People, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    with app.app_context(), provider(app, LATER) as planned, caplog.at_level(logging.DEBUG):
        with transaction():
            attempt = sign_in_actions.ask_for_code(ALEX, by=Actor.system())
        work(app)
        code = codes.digits("sign-in", attempt.id)
        waiting = [r for r in rows() if r.secret_of]
        assert [r.body for r in waiting] == [""]
        assert (waiting[0].encoding, waiting[0].segments) == ("GSM-7", 1)
        assert waiting[0].units == len(planned.handed[0][1])
        assert code in planned.handed[0][1]
    out, err = capfd.readouterr()
    assert code not in out + err + caplog.text
    with app.app_context(), provider(app):
        clock_later = waiting[0].not_before
        with clock.frozen(clock_later):
            sender.step()
        done = row(waiting[0].id)
        assert (done.state, done.body, done.encoding, done.segments) == (
            State.delivered,
            "",
            "GSM-7",
            1,
        )


def test_a_text_that_cannot_be_worded_does_not_stop_the_others(
    app: Flask, people: People, capsys: pytest.CaptureFixture[str]
):
    with app.app_context(), provider(app) as planned:
        poison = put(ALEX, body="", secret_of=uuid4(), kind="no.such.wording")
        good = put(ROBIN)
        work(app)
        assert state(good) is State.delivered
        assert state(poison) is State.queued
        assert row(poison).error == "wording"
        assert [to for to, _, _ in planned.handed] == [ROBIN]


def test_a_text_that_the_provider_would_garble_is_not_handed_over(app: Flask, people: People):
    with app.app_context(), provider(app) as planned:
        planned.can_carry = lambda text: False  # type: ignore[method-assign]
        text = put(claimant_id=people.alex.id)
        assert sender.step()
        assert planned.handed == []
        assert state(text) is State.undelivered


def test_killed_between_handing_over_and_noting_it_sends_again_when_the_lease_is_over(
    app: Flask, people: People, clock_stopped: StoppedClock
):
    """What may come twice, and after how long: the documented window."""

    class Killed(BaseException):
        pass

    with app.app_context(), provider(app) as planned:
        text = put()

        def die() -> None:
            raise Killed

        planned.while_sending = die
        with pytest.raises(Killed):
            sender.step()
        planned.while_sending = lambda: None
        assert state(text) is State.sending
        assert not sender.step()
        clock_stopped.later(seconds=sender.LEASE.total_seconds() + 1)
        assert sender.step()
        assert len(planned.handed) == 2
        assert state(text) is State.delivered
