"""A worker that is killed outright while a provider takes its time: nothing is lost.

What may come twice, and when, is written in notifications/queue.py.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from notifications import sender
from notifications.models import State
from portal import clock
from portal.database import db
from portal.settings import ROOT, Settings
from tests.notifications.sending import put, row
from tests.stand_in.live import live
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import NUMBER, SID, TOKEN, Mischief
from wsgi import create_app

pytestmark = pytest.mark.slow

LATER = sender.LEASE + timedelta(seconds=5)


def environ(database_url: str, twilio: TwilioStandIn, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "TWILIO_"))}
    return kept | {
        "PORTAL_MODE": "test",
        "PORTAL_SECRET_KEY": Settings.for_tests().secret_key,
        "PORTAL_PUBLIC_URL": twilio.public_url,
        "DATABASE_URL": database_url,
        "SMS_GATEWAY": "twilio",
        "TWILIO_BASE_URL": twilio.url,
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": NUMBER,
        "NO_PROXY": "*",
        **more,
    }


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), "worker", *words]


@contextmanager
def worker(env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command(), env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait(20)


def next_worker(database_url: str, twilio: TwilioStandIn) -> None:
    """Another worker, when the lease of the first has run out."""
    later = (clock.now() + LATER).isoformat()
    done = subprocess.run(
        command("--once"),
        env=environ(database_url, twilio, PORTAL_CLOCK=later),
        timeout=120,
        check=False,
    )
    assert done.returncode == 0


def kill_while_sending(database_url: str, twilio: TwilioStandIn) -> None:
    with worker(environ(database_url, twilio)) as process:
        deadline = time.monotonic() + 60
        while not twilio.asked:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        assert process.wait(20) == -signal.SIGKILL


def test_without_reports_the_provider_is_asked_before_it_is_sent_again(
    app: Flask, database_url: str
):
    """Killed after the provider took it: the next worker finds that it was taken."""
    with TwilioStandIn(public_url="https://portal.example", reports=False) as twilio:
        twilio.mischief = Mischief(slow=1.0)
        with app.app_context():
            text = put(body="Accepted")
        kill_while_sending(database_url, twilio)
        with app.app_context():
            assert row(text).state is State.sending
        twilio.mischief = Mischief()
        next_worker(database_url, twilio)
        with app.app_context():
            assert row(text).state is State.sent
            assert row(text).provider_id == twilio.messages[0].sid
        assert [m.body for m in twilio.messages] == ["Accepted"]


def test_with_reports_it_is_not_even_sent_twice(database_url: str):
    settings = Settings.for_tests(database_url=database_url)
    with TwilioStandIn() as twilio:

        def make_app(address: str) -> Flask:
            twilio.public_url = address
            return create_app(replace(settings, **twilio.settings()))

        with live(make_app) as (app, _address):
            twilio.mischief = Mischief(slow=1.0)
            with app.app_context():
                text = put(body="Accepted")
            kill_while_sending(database_url, twilio)
            deadline = time.monotonic() + 60
            while len(twilio.answers) < 3 and time.monotonic() < deadline:
                time.sleep(0.05)
            assert twilio.answers == [200, 200, 200]
            next_worker(database_url, twilio)
            with app.app_context():
                assert row(text).state is State.delivered
                assert row(text).provider_id == twilio.messages[0].sid
            assert [m.body for m in twilio.messages] == ["Accepted"]
        with app.app_context():
            db.engine.dispose()


def test_asked_to_end_it_finishes_the_text(app: Flask, database_url: str):
    with TwilioStandIn(public_url="https://portal.example", reports=False) as twilio:
        twilio.mischief = Mischief(slow=1.0)
        with app.app_context():
            text = put(body="Accepted")
        with worker(environ(database_url, twilio)) as process:
            deadline = time.monotonic() + 60
            while not twilio.asked:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            process.terminate()
            assert process.wait(30) == 0
        with app.app_context():
            assert row(text).state is State.sent
        assert len(twilio.messages) == 1
