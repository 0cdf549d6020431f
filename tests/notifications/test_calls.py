"""A call that nobody answers asks to be called (sms.md 7): from the webhook to the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from notifications import tallies
from notifications.conversation import calls
from notifications.gateways.local import LocalGateway
from notifications.gateways.twilio import TwilioGateway
from notifications.models import InboundText
from portal import clock
from portal.account import concern_queries, number_actions
from portal.actors import Actor
from portal.database import db, new_id, transaction
from portal.messages import desk_actions, queries
from portal.messages.models import When
from portal.settings import Settings
from tests.notifications.dialogues import EACH_LANGUAGE, Talk
from tests.notifications.sending import using
from tests.people import Browser, People, StoppedClock, actor, again, claimant
from tests.stand_in.signing import sign
from tests.stand_in.twilio import TwilioStandIn

PUBLIC = "https://portal.example"
VOICE = "/webhooks/twilio/voice"
WITHHELD = ("", "anonymous", "Restricted", "+266696687", "+7378742833", "+86282452253", "client:x")


@pytest.fixture
def twilio(app: Flask) -> Iterator[FlaskClient]:
    """A client of the app while its provider is Twilio."""
    with TwilioStandIn(public_url=PUBLIC, reports=False) as stand_in:
        gateway = TwilioGateway(Settings.for_tests(**stand_in.settings()))
        with using(app, gateway=gateway):
            yield app.test_client()


def posts(client: FlaskClient, signature: str | None = None, **fields: str):
    signature = sign(PUBLIC + VOICE, fields) if signature is None else signature
    return client.post(VOICE, data=fields, headers={"X-Twilio-Signature": signature})


def rings(talk: Talk, client: FlaskClient, *, after: float = 900, sid: str = "") -> Talk:
    """This phone rings us, so many seconds after the last thing that happened; nobody answers."""
    talk.time.later(seconds=after)
    sid = sid or f"CA{new_id().hex}"
    answer = posts(client, CallSid=sid, From=talk.number, To="+447700900900", CallStatus="ringing")
    assert answer.status_code == 200
    with using(talk.app, gateway=LocalGateway()):
        return talk.settles()


def kept(app: Flask) -> list[InboundText]:
    with app.app_context():
        return list(db.session.scalars(sa.select(InboundText)))


def test_the_call_is_turned_down_at_once(app: Flask, twilio: FlaskClient):
    answer = posts(twilio, CallSid="CA1", From="+447700900101", To="+447700900900")
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    root = ElementTree.fromstring(answer.text)
    assert root.tag == "Response"
    assert [(each.tag, each.attrib) for each in root] == [("Reject", {"reason": "busy"})]
    [call] = kept(app)
    assert (call.call, call.from_number) == (True, "+447700900101")


@pytest.mark.parametrize("signature", ["", "forged", "ÿ"])
def test_a_forged_call_is_refused_and_nothing_of_it_kept(
    app: Flask, twilio: FlaskClient, signature: str
):
    answer = posts(twilio, signature, CallSid="CA1", From="+447700900101")
    assert (answer.status_code, answer.data) == (403, b"")
    assert kept(app) == []


def test_a_signature_for_another_address_is_refused(app: Flask, twilio: FlaskClient):
    fields = {"CallSid": "CA1", "From": "+447700900101"}
    other = sign(PUBLIC + "/webhooks/twilio/inbound", fields)
    assert posts(twilio, other, **fields).status_code == 403
    assert kept(app) == []


def test_without_twilio_nobody_can_sign(app: Flask, client: FlaskClient):
    assert posts(client, CallSid="CA1", From="+447700900101").status_code == 403


def test_only_posts_come_in(twilio: FlaskClient):
    assert twilio.get(VOICE).status_code == 405


def test_a_signed_request_without_sense_does_no_harm(app: Flask, twilio: FlaskClient):
    assert posts(twilio, From="+447700900101").status_code == 200
    assert kept(app) == []


@pytest.mark.parametrize("caller", WITHHELD)
def test_of_a_withheld_number_only_the_fact_is_counted(
    app: Flask, twilio: FlaskClient, caller: str
):
    assert posts(twilio, CallSid="CA1", From=caller).status_code == 200
    assert kept(app) == []
    with app.app_context():
        assert tallies.in_last(1, tallies.CALLS_WITHHELD) == 1


@pytest.mark.parametrize("language", EACH_LANGUAGE)
def test_a_missed_call_is_a_request_with_a_receipt(talk: Talk, twilio: FlaskClient, language: str):
    with talk.app.app_context(), transaction():
        again(talk.person).language = language
    rings(talk, twilio).hears_receipt_of("call_asked")
    with talk.app.app_context():
        call = queries.open_call(again(talk.person))
        assert call is not None
        assert call.when is When.now


def test_ringing_again_records_it_once_and_repeats_the_receipt(talk: Talk, twilio: FlaskClient):
    rings(talk, twilio)
    first = talk.last
    rings(talk, twilio)
    assert talk.happened() == ["call_asked"]
    assert talk.received == [first, first]


def test_the_same_call_again_does_nothing(talk: Talk, twilio: FlaskClient):
    rings(talk, twilio, sid="CA7")
    heard = len(talk.received)
    rings(talk, twilio, sid="CA7").hears_nothing_new(heard)


def test_a_phone_that_rings_all_the_time_gets_no_text_each_time(talk: Talk, twilio: FlaskClient):
    for _ in range(6):
        rings(talk, twilio, after=20)
    assert talk.happened() == ["call_asked"]
    assert len(talk.received) == 1


def test_ringing_does_not_change_when_they_asked_to_be_called(talk: Talk, twilio: FlaskClient):
    talk.says("callback").says("3")
    rings(talk, twilio).hears("afternoon")
    assert talk.happened() == ["call_asked"]


def test_after_we_called_they_can_ask_again(talk: Talk, people: People, twilio: FlaskClient):
    rings(talk, twilio)
    with talk.app.app_context(), transaction():
        call = queries.open_call(again(talk.person))
        assert call is not None
        desk_actions.record_call(call, reached=True, by=actor(people.coach))
    rings(talk, twilio, after=3600)
    assert talk.happened() == ["call_asked", "called", "call_asked"]


def test_a_call_answers_no_question(talk: Talk, twilio: FlaskClient):
    visit = talk.offered()
    rings(talk, twilio)
    assert talk.answer(visit) == "none"
    talk.says("1")
    assert talk.answer(visit) == "accepted"


def test_a_call_drops_no_message(talk: Talk, twilio: FlaskClient):
    talk.says("message").says("I have moved.")
    rings(talk, twilio)
    talk.says("To York.").says("done").hears("Texts kept: 2")


def test_somebody_who_stopped_texts_is_called_all_the_same(talk: Talk, twilio: FlaskClient):
    talk.says("stop")
    heard = len(talk.received)
    rings(talk, twilio).hears_nothing_new(heard)
    assert talk.happened() == ["texts_stopped", "call_asked"]


def test_somebody_in_danger_is_called_all_the_same(talk: Talk, twilio: FlaskClient):
    talk.says("i have no food")
    rings(talk, twilio)
    assert talk.happened() == ["concern_raised", "call_asked"]


def test_a_shared_number_is_called_and_nobody_named(
    talk: Talk, people: People, twilio: FlaskClient
):
    with talk.app.app_context(), transaction():
        other = claimant(again(people.other_office), "Kim Morgan", talk.number)
        here = claimant(again(people.office), "Jo Morgan", talk.number)
    rings(talk, twilio).hears("Somebody will call this number")
    assert talk.happened() == []
    assert "Morgan" not in talk.last
    tasks = [Talk(talk.app, talk.time, each).tasks() for each in (people.alex, here, other)]
    assert sorted(map(len, tasks)) == [0, 1, 1], "each office once"
    assert tasks[2] == {calls.TASK}


def test_a_number_in_doubt_is_called_and_told_nothing(talk: Talk, twilio: FlaskClient):
    with talk.app.app_context(), transaction():
        number_actions.ask_whether_still_theirs(again(talk.person), by=Actor.system())
    talk.settles()
    rings(talk, twilio).hears("Somebody will call this number")
    assert "call_asked" not in talk.happened()


def test_an_unknown_number_is_called_and_told_nothing(
    talk: Talk, people: People, twilio: FlaskClient
):
    talk.number = "+447700900777"
    rings(talk, twilio).hears("Somebody will call this number")
    rings(talk, twilio).hears_nothing_new(1)
    with talk.app.app_context():
        assert [c.number for c in concern_queries.unknown_calls(people.office.id)] == [talk.number]


@pytest.mark.parametrize("caller", ["+441132960100", "+33612345678", "+447000000000"])
def test_what_cannot_be_texted_gets_no_text(talk: Talk, twilio: FlaskClient, caller: str):
    talk.number = caller
    rings(talk, twilio).hears_nothing_new(0)
    assert talk.outcomes() == ["not a mobile"]


def test_who_was_called_has_shown_that_the_number_is_in_use(talk: Talk, twilio: FlaskClient):
    talk.time.later(days=100)
    rings(talk, twilio)
    with talk.app.app_context():
        heard = again(talk.person).number_heard_at
        assert heard is not None
        assert clock.now() - heard < number_actions.SILENT / 10


def test_words_that_a_desk_needs(talk: Talk, twilio: FlaskClient):
    """A missed call stands in the desk's list of calls like any other."""
    rings(talk, twilio)
    with talk.app.app_context():
        assert queries.how_many_open_calls(again(talk.person).office_id) == 1


def test_a_phone_of_the_demo_can_ring(app: Flask, people: People, clock_stopped: StoppedClock):
    browser = Browser(app).open("/demo/phones/07700900101")
    browser.press("Ring, and hang up")
    Talk(app, clock_stopped, people.alex).settles().hears_receipt_of("call_asked")


def test_a_command_rings_for_a_script(app: Flask, people: People, clock_stopped: StoppedClock):
    runner = app.test_cli_runner()
    for number in ("07700 900101", "nobody"):
        assert "Kept." in runner.invoke(args=["sms", "ring", "--from", number]).output
    Talk(app, clock_stopped, people.alex).settles().hears_receipt_of("call_asked")


@pytest.mark.parametrize("why", ["stopped", "unsafe"])
def test_a_shared_number_of_which_one_gets_no_texts_gets_no_answer(
    talk: Talk, people: People, twilio: FlaskClient, why: str
):
    with talk.app.app_context(), transaction():
        kim = claimant(again(people.office), "Kim Morgan", talk.number)
        if why == "stopped":
            kim.texts_stopped_at = clock.now()
        else:
            kim.texts_unsafe_at = clock.now()
    rings(talk, twilio).hears_nothing_new(0)
    assert talk.tasks() | Talk(talk.app, talk.time, kim).tasks() == {calls.TASK}


def test_who_stopped_texts_and_rings_twice_gets_none(talk: Talk, twilio: FlaskClient):
    talk.says("stop")
    rings(talk, twilio)
    heard = len(talk.received)
    rings(talk, twilio).hears_nothing_new(heard)
