"""Where Twilio reaches us: signed or refused, kept once, answered at once."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from notifications.models import DeliveryReceipt, InboundText
from portal.database import db
from tests.notifications.sending import ALEX, using
from tests.stand_in.signing import sign
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import TOKEN

PUBLIC = "https://portal.example"
INBOUND, STATUS = "/webhooks/twilio/inbound", "/webhooks/twilio/status"


@pytest.fixture
def texting(app: Flask) -> Iterator[FlaskClient]:
    """A client of the app while its provider is Twilio."""
    from notifications.gateways.twilio import TwilioGateway
    from portal.settings import Settings

    twilio = TwilioStandIn(public_url=PUBLIC, reports=False)
    gateway = TwilioGateway(Settings.for_tests(**twilio.settings()))
    with twilio, using(app, gateway=gateway):
        yield app.test_client()


def post(client: FlaskClient, path: str, signature: str | None = None, **fields: str):
    signature = sign(PUBLIC + path, fields) if signature is None else signature
    return client.post(path, data=fields, headers={"X-Twilio-Signature": signature})


def kept(app: Flask, table: type = InboundText) -> list:
    with app.app_context():
        return list(db.session.scalars(sa.select(table).order_by(table.id)))


def test_a_text_is_kept_and_answered_with_nothing(app: Flask, texting: FlaskClient):
    answer = post(texting, INBOUND, MessageSid="SM1", From=ALEX, To="+447700900900", Body="1")
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.text == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    [text] = kept(app)
    assert (text.gateway, text.provider_id, text.from_number) == ("twilio", "SM1", ALEX)
    with app.app_context():
        assert db.session.merge(text, load=False).body == "1"
    assert text.handled_at is None


def test_the_same_text_again_is_no_new_text(app: Flask, texting: FlaskClient):
    for body in ("1", "1", "2"):
        answer = post(texting, INBOUND, MessageSid="SM1", From=ALEX, Body=body)
        assert answer.status_code == 200
    [text] = kept(app)
    with app.app_context():
        assert db.session.merge(text, load=False).body == "1"


@pytest.mark.parametrize("path", [INBOUND, STATUS])
@pytest.mark.parametrize("signature", ["", "forged", "ÿ"])
def test_a_forged_request_is_refused_and_nothing_of_it_kept(
    app: Flask, texting: FlaskClient, path: str, signature: str
):
    fields = {"MessageSid": "SM1", "From": ALEX, "Body": "1", "MessageStatus": "sent"}
    answer = post(texting, path, signature, **fields)
    assert answer.status_code == 403
    assert answer.data == b""
    assert kept(app) == kept(app, DeliveryReceipt) == []


def test_without_twilio_nobody_can_sign(app: Flask, client: FlaskClient):
    for path in (INBOUND, STATUS):
        assert post(client, path, MessageSid="SM1", From=ALEX).status_code == 403
    assert kept(app) == []


def test_only_posts_come_in(texting: FlaskClient):
    assert texting.get(INBOUND).status_code == 405


def test_reports_are_kept_one_of_each(app: Flask, texting: FlaskClient):
    path = STATUS + "?k=17"
    for status in ("sent", "delivered", "sent", "queued", "delivered"):
        answer = post(texting, path, MessageSid="SM1", MessageStatus=status)
        assert (answer.status_code, answer.data) == (200, b"")
    reports = kept(app, DeliveryReceipt)
    assert [(r.status, r.key) for r in reports] == [("sent", "17"), ("delivered", "17")]


def test_a_signed_request_without_sense_does_no_harm(app: Flask, texting: FlaskClient):
    assert post(texting, STATUS, MessageSid="SM1", MessageStatus="lost").status_code == 200
    assert post(texting, INBOUND, Body="1").status_code == 200
    assert kept(app) == kept(app, DeliveryReceipt) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\u200d\u200d\u2060",
        "\u202e1",
        "1\x00",
        "🏳️‍🌈" * 200,
        "x" * 10_000,
        "هاتف",
        "A\r\nB",
    ],
)
def test_whatever_people_write_is_kept_as_it_is(app: Flask, texting: FlaskClient, body: str):
    assert post(texting, INBOUND, MessageSid="SM1", From=ALEX, Body=body).status_code == 200
    [text] = kept(app)
    with app.app_context():
        assert db.session.merge(text, load=False).body == body


@pytest.mark.parametrize("sender", ["+44" + "7" * 100, "Jobcentre\x00", "60070", "🙂" * 50])
def test_whoever_writes(app: Flask, texting: FlaskClient, sender: str):
    fields = {"MessageSid": "S" * 200, "From": sender, "OptOutType": "X" * 50, "NumMedia": "9" * 9}
    assert post(texting, INBOUND, **fields).status_code == 200
    assert len(kept(app)) == 1


def test_bytes_that_are_no_text(app: Flask, texting: FlaskClient):
    for body in (b"\xff\xfe\x00", b"Body=\xff&From=1", b"%FF=%FF&" * 10, b"=&=&="):
        answer = texting.post(
            INBOUND,
            data=body,
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": "x"},
        )
        assert answer.status_code == 403
    assert kept(app) == []


def test_a_signed_text_that_is_not_utf8_is_kept(app: Flask, texting: FlaskClient):
    """As Twilio would sign it: the bytes as they are."""
    fields = b"Body1 \xff" + b"From" + ALEX.encode() + b"MessageSidSM1"
    signed = (PUBLIC + INBOUND).encode() + fields
    signature = b64encode(hmac.digest(TOKEN.encode(), signed, "sha1")).decode()
    answer = texting.post(
        INBOUND,
        data=b"MessageSid=SM1&From=%2B447700900101&Body=1+%FF",
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    )
    assert answer.status_code == 200
    [text] = kept(app)
    with app.app_context():
        assert db.session.merge(text, load=False).body == "1 \ufffd"


def test_a_body_beyond_all_measure(app: Flask, texting: FlaskClient):
    answer = post(texting, INBOUND, MessageSid="SM1", From=ALEX, Body="x" * 70_000)
    assert answer.status_code == 413
    assert kept(app) == []
