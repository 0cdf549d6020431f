"""What Twilio tells us: believed only with its signature, and read in our words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from notifications.models import State
from tests.notifications.sending import ALEX
from tests.notifications.twilio_alone import PUBLIC, gateway, twilio
from tests.stand_in.signing import sign
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import SID, TOKEN

__all__ = ["twilio"]

INBOUND = "/webhooks/twilio/inbound"


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
        return Request(builder.get_environ())
    finally:
        builder.close()


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
