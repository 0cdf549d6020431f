"""A provider that refuses, goes silent, reports twice and in the wrong order: texts still end in
a true state each, none lost, and none sent twice while the provider's reports come through."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from flask import Flask

from notifications.models import State
from portal.database import db
from portal.settings import Settings
from tests.notifications.sending import put, rows
from tests.people import StoppedClock, work
from tests.stand_in.live import live
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import Mischief
from wsgi import create_app

pytestmark = pytest.mark.slow

TEXTS = 60


def test_every_text_ends_in_a_true_state(database_url: str, clock_stopped: StoppedClock):
    mischief = Mischief(
        refuse=0.2, lose=0.2, undelivered=0.2, duplicate=0.2, shuffle=0.2, delay=0.05
    )
    with TwilioStandIn(mischief=mischief) as twilio:

        def make_app(address: str) -> Flask:
            twilio.public_url = address
            settings = Settings.for_tests(database_url=database_url, log_level="ERROR")
            return create_app(replace(settings, **twilio.settings()))

        with live(make_app) as (app, _address):
            with app.app_context():
                for number in range(TEXTS):
                    put(f"+4477009001{number % 12:02}", f"Text {number}")
            for _ in range(30):
                work(app)
                twilio.idle()
                clock_stopped.later(minutes=1)
            with app.app_context():
                ended = {row.body: row.state for row in rows()}
        with app.app_context():
            db.engine.dispose()
    assert set(twilio.answers) == {200}
    taken = Counter(message.body for message in twilio.messages)
    assert taken == dict.fromkeys(ended, 1)
    true = {message.body: message.status for message in twilio.messages}
    assert {body: State(status) for body, status in true.items()} == ended
    assert len(set(ended.values())) == 2


def test_texts_to_one_number_arrive_in_order(database_url: str, clock_stopped: StoppedClock):
    with TwilioStandIn(mischief=Mischief(refuse=0.4)) as twilio:

        def make_app(address: str) -> Flask:
            twilio.public_url = address
            settings = Settings.for_tests(database_url=database_url, log_level="ERROR")
            return create_app(replace(settings, **twilio.settings()))

        with live(make_app) as (app, _address):
            with app.app_context():
                for number in range(12):
                    put(f"+4477009001{number % 2:02}", f"{number:02}")
            for _ in range(40):
                work(app)
                twilio.idle()
                clock_stopped.later(minutes=2)
        with app.app_context():
            db.engine.dispose()
    for number in ("+447700900100", "+447700900101"):
        bodies = [message.body for message in twilio.to(number)]
        assert len(bodies) == 6
        assert bodies == sorted(bodies)
