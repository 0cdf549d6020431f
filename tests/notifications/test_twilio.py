"""The Twilio gateway, through Twilio's own kit, against a stand-in of Twilio's API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder

from notifications.gateways import choice
from notifications.gateways.base import GatewayError
from notifications.gateways.twilio import TwilioGateway
from notifications.models import State
from portal import clock
from portal.settings import Settings, SettingsError
from tests.stand_in.signing import sign
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import NUMBER, SID, TOKEN, Mischief

ALEX = "+447700900101"
PUBLIC = "https://portal.example"


@pytest.fixture
def twilio() -> Iterator[TwilioStandIn]:
    with TwilioStandIn(public_url=PUBLIC, reports=False) as stand_in:
        yield stand_in


def gateway(twilio: TwilioStandIn, **more: str) -> TwilioGateway:
    return TwilioGateway(Settings.for_tests(**twilio.settings() | more))


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


# --- signatures


def request(
    path: str, body: bytes, signature: str | None, base: str = "http://inside:5000", **headers: str
) -> Any:
    if signature is not None:
        headers["X-Twilio-Signature"] = signature
    builder = EnvironBuilder(
        path=path,
        base_url=base,
        method="POST",
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )
    try:
        from flask import Request

        return Request(builder.get_environ())
    finally:
        builder.close()


INBOUND = "/webhooks/twilio/inbound"


def test_the_signature_covers_the_public_address_not_the_one_we_see(twilio: TwilioStandIn):
    fields = {"MessageSid": "SM1", "From": ALEX, "Body": "1 ✓"}
    body = b"MessageSid=SM1&From=%2B447700900101&Body=1+%E2%9C%93"
    right = sign(PUBLIC + INBOUND, fields)
    assert gateway(twilio).verify(request(INBOUND, body, right))
    seen = sign("http://inside:5000" + INBOUND, fields)
    assert not gateway(twilio).verify(request(INBOUND, body, seen))


def test_forgeries(twilio: TwilioStandIn):
    fields = {"MessageSid": "SM1", "From": ALEX, "Body": "1"}
    body = b"MessageSid=SM1&From=%2B447700900101&Body=1"
    right = sign(PUBLIC + INBOUND, fields)
    sender = gateway(twilio)
    assert sender.verify(request(INBOUND, body, right))
    for path, altered, signature in (
        (INBOUND, body, None),
        (INBOUND, body, ""),
        (INBOUND, body, right[:-2]),
        (INBOUND, body, "ÿ" * 28),
        (INBOUND, body.replace(b"Body=1", b"Body=2"), right),
        (INBOUND, body + b"&Body=2", right),
        (INBOUND, b"", right),
        (INBOUND + "?k=1", body, right),
        ("/webhooks/twilio/status", body, right),
        (INBOUND, body, sign(PUBLIC + INBOUND, fields, "another token")),
        (INBOUND, b"&".join([b"a=b"] * 400), right),
    ):
        assert not sender.verify(request(path, altered, signature)), (path, altered, signature)


def test_the_query_is_signed_too(twilio: TwilioStandIn):
    path = "/webhooks/twilio/status?k=17"
    right = sign(PUBLIC + path, {"MessageSid": "SM1"})
    assert gateway(twilio).verify(request(path, b"MessageSid=SM1", right))
    other = "/webhooks/twilio/status?k=18"
    assert not gateway(twilio).verify(request(other, b"MessageSid=SM1", right))


def test_two_tokens_while_they_are_changed(twilio: TwilioStandIn):
    sender = gateway(twilio, twilio_second_auth_token="new")
    for token in (TOKEN, "new"):
        right = sign(PUBLIC + INBOUND, {"a": "b"}, token)
        assert sender.verify(request(INBOUND, b"a=b", right))
    assert not gateway(twilio).verify(
        request(INBOUND, b"a=b", sign(PUBLIC + INBOUND, {"a": "b"}, "new"))
    )


def test_with_or_without_the_port(twilio: TwilioStandIn):
    for address in (PUBLIC, PUBLIC + ":443"):
        right = sign(address + INBOUND, {"a": "b"})
        assert gateway(twilio).verify(request(INBOUND, b"a=b", right))


def test_the_newer_signature(twilio: TwilioStandIn):
    from twilio.request_validator import RequestValidator

    right = RequestValidator(TOKEN).compute_signature(PUBLIC + INBOUND, {"a": "b"}, "HMAC_SHA256")
    settings = {"X-Twilio-Webhooks-Signature-Settings": "key=1,algorithm=HMAC_SHA256"}
    assert gateway(twilio).verify(request(INBOUND, b"a=b", right, **settings))
    unknown = {"X-Twilio-Webhooks-Signature-Settings": "algorithm=ROT13"}
    assert not gateway(twilio).verify(request(INBOUND, b"a=b", right, **unknown))


def test_what_is_not_utf8_is_read_as_well_as_can_be(twilio: TwilioStandIn):
    import hmac
    from base64 import b64encode

    signed = (PUBLIC + INBOUND).encode() + b"Body\xff1" + b"From" + ALEX.encode() + b"MessageSidSM1"
    right = b64encode(hmac.digest(TOKEN.encode(), signed, "sha1")).decode()
    came = request(INBOUND, b"MessageSid=SM1&From=%2B447700900101&Body=%FF1", right)
    assert gateway(twilio).verify(came)
    assert gateway(twilio).parse_inbound(came).body == "\ufffd1"


def test_what_a_text_brings(twilio: TwilioStandIn):
    body = (
        b"MessageSid=MM1&AccountSid=" + SID.encode() + b"&From=%2B447700900101&To=%2B447700900900"
        b"&Body=&NumMedia=2&OptOutType=STOP"
    )
    text = gateway(twilio).parse_inbound(request(INBOUND, body, None))
    assert (text.provider_id, text.from_number) == ("MM1", ALEX)
    assert (text.body, text.media, text.opt_out) == ("", 2, "STOP")
    for useless in (b"", b"MessageSid=SM1", b"From=%2B447700900101"):
        with pytest.raises(ValueError):
            gateway(twilio).parse_inbound(request(INBOUND, useless, None))


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("accepted", State.sent),
        ("queued", State.sent),
        ("sending", State.sent),
        ("sent", State.sent),
        ("delivered", State.delivered),
        ("undelivered", State.undelivered),
        ("failed", State.undelivered),
    ],
)
def test_its_states_in_our_ranks(twilio: TwilioStandIn, word: str, state: State):
    body = f"MessageSid=SM1&MessageStatus={word}&ErrorCode=30003".encode()
    status = gateway(twilio).parse_status(request("/webhooks/twilio/status?k=9", body, None))
    assert (status.provider_id, status.state, status.error, status.key) == (
        "SM1",
        state,
        "30003",
        "9",
    )


def test_a_state_we_do_not_know(twilio: TwilioStandIn):
    with pytest.raises(ValueError):
        gateway(twilio).parse_status(
            request("/x", b"MessageSid=SM1&MessageStatus=teleported", None)
        )
