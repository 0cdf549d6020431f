"""Texts handed to Twilio, through Twilio's own kit, against a stand-in of Twilio's API."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from notifications.gateways import choice
from notifications.gateways.base import GatewayError
from notifications.models import State
from portal import clock
from portal.settings import Settings, SettingsError
from tests.notifications.sending import ALEX
from tests.notifications.twilio_alone import PUBLIC, gateway, twilio
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import NUMBER, Mischief

__all__ = ["twilio"]


def test_a_text_is_handed_over(twilio: TwilioStandIn):
    sent = gateway(twilio).send(ALEX, "Dydd Gŵyl – 10:30", "17")
    [kept] = twilio.messages
    assert (sent.provider_id, sent.state) == (kept.sid, State.sent)
    assert (kept.to, kept.sender, kept.body) == (ALEX, NUMBER, "Dydd Gŵyl – 10:30")
    assert kept.callback == f"{PUBLIC}/webhooks/twilio/status?k=17"
    assert "ValidityPeriod" not in kept.fields


def test_a_messaging_service_chooses_the_sender(twilio: TwilioStandIn):
    gateway(twilio, twilio_messaging_service_sid="MG1", twilio_from="").send(ALEX, "Hello", "1")
    fields = twilio.messages[0].fields
    assert fields["MessagingServiceSid"] == "MG1"
    assert "From" not in fields


@pytest.mark.parametrize(("seconds", "said"), [(1, 5), (600, 600), (90_000, 36_000)])
def test_the_provider_learns_how_long_a_text_is_worth_sending(
    twilio: TwilioStandIn, seconds: int, said: int
):
    with clock.frozen(clock.now()):
        until = clock.now() + timedelta(seconds=seconds)
        gateway(twilio).send(ALEX, "Hello", "1", not_after=until)
    assert int(twilio.messages[0].fields["ValidityPeriod"]) == said


@pytest.mark.parametrize(
    ("number", "code", "kind"),
    [
        ("+15005550001", "21211", "dead"),
        ("+15005550009", "21614", "dead"),
        ("+15005550004", "21610", "blocked"),
        ("+15005550002", "21612", "permanent"),
        ("+15005550003", "21408", "later"),
    ],
)
def test_its_refusals_are_read_in_our_words(
    twilio: TwilioStandIn, number: str, code: str, kind: str
):
    with pytest.raises(GatewayError) as raised:
        gateway(twilio).send(number, "Hello", "1")
    error = raised.value
    assert error.code == code
    assert error.permanent is (kind != "later")
    assert error.dead is (kind == "dead")
    assert error.blocked is (kind == "blocked")


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [(503, False), (500, False), (404, True), (401, False), (21617, True), (21999, True)],
)
def test_what_it_seldom_says(twilio: TwilioStandIn, answer: int, permanent: bool):
    twilio.refuse(ALEX, answer)
    with pytest.raises(GatewayError) as raised:
        gateway(twilio).send(ALEX, "Hello", "1")
    assert raised.value.permanent is permanent


def test_too_many_at_once(twilio: TwilioStandIn):
    twilio.per_second = 1
    sender = gateway(twilio)
    sender.send(ALEX, "One", "1")
    with pytest.raises(GatewayError) as raised:
        sender.send(ALEX, "Two", "2")
    error = raised.value
    assert (error.code, error.permanent) == ("20429", False)
    assert error.retry_after == timedelta(seconds=1)


def test_a_wrong_token_is_our_fault_and_tried_again(twilio: TwilioStandIn):
    with pytest.raises(GatewayError) as raised:
        gateway(twilio, twilio_auth_token="another").send(ALEX, "Hello", "1")
    assert (raised.value.code, raised.value.permanent) == ("20003", False)


def test_a_lost_answer_is_tried_again():
    with TwilioStandIn(public_url=PUBLIC, mischief=Mischief(lose=1), reports=False) as twilio:
        with pytest.raises(GatewayError) as raised:
            gateway(twilio).send(ALEX, "Hello", "1")
        assert len(twilio.messages) == 1
    assert (raised.value.code, raised.value.permanent) == ("connection", False)


def test_nobody_at_home(twilio: TwilioStandIn):
    sender = gateway(twilio, twilio_base_url="http://127.0.0.1:9")
    with pytest.raises(GatewayError) as raised:
        sender.send(ALEX, "Hello", "1")
    assert (raised.value.code, raised.value.permanent) == ("connection", False)


def test_it_talks_to_no_host_it_does_not_know(twilio: TwilioStandIn):
    client = gateway(twilio)._client.http_client
    for url in (
        "https://api.twilio.com.example/2010-04-01/Accounts",
        "http://api.twilio.com/2010-04-01/Accounts",
        "https://lookups.twilio.com/v2",
    ):
        with pytest.raises(GatewayError):
            client.request("GET", url)
    own = gateway(twilio, twilio_base_url="")._client.http_client
    assert own._address("https://api.dublin.ie1.twilio.com/x?y=1") == (
        "https://api.dublin.ie1.twilio.com/x?y=1"
    )
    assert client._address("https://api.twilio.com/x?y=1") == f"{twilio.url}/x?y=1"


def test_what_it_can_carry(twilio: TwilioStandIn):
    sender = gateway(twilio)
    assert sender.can_carry("সাক্ষাৎ")
    assert not sender.can_carry("x" * 1601)
    assert not sender.can_carry("")


@pytest.mark.parametrize(
    "missing", ["twilio_account_sid", "twilio_auth_token", "twilio_from", "public_url"]
)
def test_it_does_not_start_without_its_settings(twilio: TwilioStandIn, missing: str):
    settings = replace(Settings.for_tests(**twilio.settings()), **{missing: ""})
    with pytest.raises(SettingsError, match=missing.upper().replace("PUBLIC", "PORTAL_PUBLIC")):
        choice.choose(settings)


def test_an_unknown_gateway_does_not_start():
    with pytest.raises(SettingsError, match="SMS_GATEWAY must be one of local, twilio"):
        choice.choose(Settings.for_tests(sms_gateway="pigeon"))
