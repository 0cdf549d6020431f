"""Our list of who wants texts, and the provider's: they are kept in step, and nobody hears the same
thing from both. Over real HTTP against the stand-in of Twilio, signed webhooks included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from notifications.gateways.twilio import TwilioGateway
from notifications.models import InboundText
from portal.account import actions as account
from portal.account import queries
from portal.account.models import Claimant
from portal.database import db, transaction
from portal.settings import Settings
from tests.notifications.sending import ALEX, put, using
from tests.people import People, StoppedClock, actor, again, work
from tests.stand_in.live import live
from tests.stand_in.twilio import TwilioStandIn


@dataclass
class Line:
    """The service at one end, the provider at the other."""

    app: Flask
    twilio: TwilioStandIn
    people: People

    def texts(self, body: str, opt_out: str = "", sender: str = ALEX) -> None:
        more = {"OptOutType": opt_out} if opt_out else {}
        assert self.twilio.text(sender, body, **more) == 200
        work(self.app)

    def alex(self) -> Claimant:
        return again(self.people.alex)

    def heard(self) -> list[str]:
        """What reached her phone."""
        return [message.body for message in self.twilio.to(ALEX)]

    def tasks(self) -> list[str]:
        return [task.what for task in queries.undelivered_to(self.people.alex.id)]


@pytest.fixture
def line(app: Flask, people: People, clock_stopped: StoppedClock) -> Iterator[Line]:
    with TwilioStandIn(reports=False) as twilio:

        def serve_at(address: str) -> Flask:
            twilio.public_url = address
            return app

        with live(serve_at):
            gateway = TwilioGateway(Settings.for_tests(**twilio.settings()))
            with using(app, gateway=gateway):
                yield Line(app, twilio, people)


def test_stop_is_confirmed_once_by_us(line: Line) -> None:
    line.texts("STOP")
    assert len(line.heard()) == 1
    with line.app.app_context():
        assert line.alex().texts_stopped_at is not None


def test_stop_that_twilio_has_answered_is_not_answered_again(line: Line) -> None:
    """And our list follows; a text of ours would be refused with 21610."""
    line.twilio.blocked.add(ALEX)
    line.texts("STOP", opt_out="STOP")
    assert line.heard() == []
    assert line.twilio.asked == 0
    with line.app.app_context():
        assert line.alex().texts_stopped_at is not None


def test_start_that_twilio_has_answered_is_not_answered_again(line: Line) -> None:
    with line.app.app_context(), transaction():
        account.stop_texts(line.alex(), answered=False, by=actor(line.people.alex, "text"))
    line.texts("START", opt_out="START")
    assert line.heard() == []
    with line.app.app_context():
        assert line.alex().texts_stopped_at is None


def test_help_that_twilio_has_answered_is_not_answered_again(line: Line) -> None:
    line.texts("HELP", opt_out="HELP")
    line.texts("HELP", opt_out="HELP", sender="+447700900777")
    assert line.twilio.messages == []
    line.texts("HELP")
    assert len(line.heard()) == 1


def test_a_word_of_ours_that_twilio_took_for_stop_is_seen_by_a_person(line: Line) -> None:
    """Its handling was not switched off: she wanted to cancel an appointment."""
    line.twilio.blocked.add(ALEX)
    line.texts("CANCEL", opt_out="STOP")
    with line.app.app_context():
        assert line.alex().texts_stopped_at is not None
        assert "inbound.unclear" in line.tasks()
    assert line.heard() == []


def test_a_refusal_for_a_stop_we_never_saw_puts_her_on_our_list(line: Line) -> None:
    line.twilio.blocked.add(ALEX)
    with line.app.app_context():
        put(claimant_id=line.people.alex.id)
    work(line.app)
    with line.app.app_context():
        assert line.alex().texts_stopped_at is not None
        assert line.tasks()
        put(claimant_id=line.people.alex.id)
    asked = line.twilio.asked
    work(line.app)
    assert line.twilio.asked == asked, "our list is asked first"


def test_start_at_our_side_while_the_provider_still_blocks(line: Line) -> None:
    """A word the provider does not know: our list lets texts through, its list does not. Staff
    ask for START, and nobody is put back on our list of those who want none."""
    with line.app.app_context(), transaction():
        account.stop_texts(line.alex(), answered=False, by=actor(line.people.alex, "text"))
    line.twilio.blocked.add(ALEX)
    line.texts("START")
    with line.app.app_context():
        alex = line.alex()
        assert alex.texts_stopped_at is None
        assert alex.texts_blocked_at is not None
        assert not queries.may_text(alex)
        assert line.tasks().count(account.STILL_BLOCKED) == 1
    line.twilio.blocked.clear()
    line.texts("START", opt_out="START")
    with line.app.app_context():
        assert queries.may_text(line.alex())
        assert account.STILL_BLOCKED not in line.tasks()


def test_the_same_stop_again_is_one_stop(line: Line) -> None:
    for _ in range(3):
        assert line.twilio.text(ALEX, "STOP", MessageSid="SM-the-same") == 200
    work(line.app)
    assert len(line.heard()) == 1
    with line.app.app_context():
        assert db.session.query(InboundText).count() == 1
