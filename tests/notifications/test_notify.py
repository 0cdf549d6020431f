"""The Notify gateway, through Notify's own client, against a stand-in of Notify's API."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from notifications.gateways import choice
from notifications.gateways.base import GatewayError
from notifications.gateways.notify import NotifyGateway
from notifications.models import DeliveryReceipt, State
from portal.settings import Settings, SettingsError
from tests.notifications.sending import ALEX, using
from tests.notifications.test_webhooks import kept
from tests.stand_in.http import Answer
from tests.stand_in.notify import KEY, TOKEN, NotifyStandIn

INBOUND, RECEIPT = "/webhooks/notify/inbound", "/webhooks/notify/receipt"
BEARER = f"Bearer {TOKEN}"


@pytest.fixture
def notify() -> Iterator[NotifyStandIn]:
    with NotifyStandIn() as stand_in:
        yield stand_in


def gateway(notify: NotifyStandIn, **more: str) -> NotifyGateway:
    return NotifyGateway(Settings.for_tests(**notify.settings() | more))


def refused(sender: NotifyGateway, number: str = ALEX, text: str = "Hello") -> GatewayError:
    with pytest.raises(GatewayError) as raised:
        sender.send(number, text, "17")
    return raised.value


def test_a_text_is_handed_over(notify: NotifyStandIn) -> None:
    sent = gateway(notify).send(ALEX, "Dydd Gŵyl – 10:30", "17")
    [taken] = notify.texts
    assert (sent.provider_id, sent.state) == (taken.id, State.sent)
    assert (taken.to, taken.body, taken.reference) == (ALEX, "Dydd Gŵyl - 10:30", "17")
    assert taken.sender_id == ""


def test_a_sender_can_be_chosen(notify: NotifyStandIn) -> None:
    gateway(notify, notify_sender_id="8e222534").send(ALEX, "Hello", "17")
    assert notify.texts[0].sender_id == "8e222534"


# --- what it can carry


@pytest.mark.parametrize(
    "text",
    [
        "Tue 3 Feb 10:30 at Leeds. 1 yes 2 cancel",
        "Ŵyth ŷd, tŷ bach, môr, à, ẁ, ẅ, Ỳ",
        "€5 {or} [6] ~ ^ | \\",
        "She said “yes” – it’s fine…",
        "x" * 918,
    ],
)
def test_what_it_carries_arrives_as_it_was_meant(notify: NotifyStandIn, text: str) -> None:
    sender = gateway(notify)
    assert sender.can_carry(text)
    sender.send(ALEX, text, "1")
    assert "?" not in notify.texts[0].body


@pytest.mark.parametrize(
    "text",
    ["نعم", "হ্যাঁ", "ਹਾਂ", "так", "żółw", "următoarea ș", "não", "👍", "x\u200d", "ﬁ", "", "x" * 919],
)
def test_what_would_become_question_marks_is_not_carried(notify: NotifyStandIn, text: str) -> None:
    assert not gateway(notify).can_carry(text)


def test_the_stand_in_garbles_what_we_say_it_would(
    notify: NotifyStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that the tests above could fail; and a garbled text is not passed over in silence."""
    gateway(notify).send(ALEX, "نعم", "17")
    assert notify.texts[0].body == "???"
    said = capsys.readouterr()
    assert "garbled" in said.out + said.err


# --- what it refuses


@pytest.mark.parametrize(
    ("status", "kind", "message", "code", "flags"),
    [
        (400, "ValidationError", "phone_number Too many digits", "number", {"dead"}),
        (400, "BadRequestError", "Cannot send in trial mode", "refused", {"elsewhere"}),
        (400, "BadRequestError", "Exceeded send limits (250) for today", "day", {"elsewhere"}),
        (429, "TooManyRequestsError", "Exceeded send limits (250) for today", "day", {"elsewhere"}),
        (429, "RateLimitError", "Exceeded rate limit for key type LIVE", "rate", set()),
        (403, "AuthError", "Error: Your system clock must be accurate", "clock", {"elsewhere"}),
        (403, "AuthError", "Invalid token: API key not found", "key", {"elsewhere"}),
        (404, "NoResultFound", "No result found", "refused", {"elsewhere"}),
        (500, "Exception", "Internal server error", "500", {"unsure"}),
        (503, "Exception", "Service unavailable", "503", set()),
        (504, "Exception", "Gateway timeout", "504", {"unsure"}),
    ],
)
def test_its_refusals_are_read_in_our_words(
    notify: NotifyStandIn, status: int, kind: str, message: str, code: str, flags: set[str]
) -> None:
    notify.refuse(status, kind, message)
    error = refused(gateway(notify))
    assert error.code == code
    found = {name for name in ("dead", "blocked", "elsewhere", "unsure") if getattr(error, name)}
    assert found == flags
    assert error.permanent is (code in ("number", "refused"))
    assert (error.retry_after is not None) is (code in ("day", "rate"))


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'"x"', b"{}", b'{"errors": "x"}'])
@pytest.mark.parametrize("status", [201, 301, 400, 502])
def test_an_answer_that_is_none_of_its_own_breaks_nothing(
    notify: NotifyStandIn, status: int, body: bytes
) -> None:
    notify.planned.append(Answer(status, body, {"Location": "http://127.0.0.1:9/"}))
    error = refused(gateway(notify))
    assert error.permanent is (status == 400)
    assert error.unsure is (status != 400)


def test_a_wrong_key_is_refused_by_the_stand_in_as_by_notify(notify: NotifyStandIn) -> None:
    error = refused(gateway(notify, notify_api_key=KEY[:-1] + "1"))
    assert (error.code, error.permanent) == ("key", False)
    assert notify.texts == []


def test_a_landline_and_a_number_abroad(notify: NotifyStandIn) -> None:
    for number in ("+441134960100", "+33612345678"):
        assert refused(gateway(notify), number).dead


def test_a_lost_answer_can_be_looked_up(notify: NotifyStandIn) -> None:
    notify.lose = True
    error = refused(gateway(notify))
    assert (error.code, error.unsure, error.permanent) == ("connection", True, False)
    [taken] = notify.texts
    [found] = gateway(notify).find(ALEX, "Hello", "17")
    assert found.provider_id == taken.id
    assert gateway(notify).find(ALEX, "Hello", "18") == []
    assert gateway(notify).find("+447700900102", "Hello", "17") == []


def test_nobody_at_home_has_surely_not_taken_it(notify: NotifyStandIn) -> None:
    sender = gateway(notify, notify_base_url="http://127.0.0.1:9")
    error = refused(sender)
    assert (error.code, error.unsure, error.permanent) == ("connection", False, False)
    with pytest.raises(GatewayError):
        sender.find(ALEX, "Hello", "17")


def test_its_client_says_nothing_in_logs(
    notify: NotifyStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "notifications_python_client")
    sender = gateway(notify)
    sender.send(ALEX, "Hello", "1")
    refused(sender, "+441134960100")
    assert [r for r in caplog.records if "notifications" in r.name] == []


# --- settings


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ({"notify_api_key": ""}, "NOTIFY_API_KEY"),
        ({"notify_api_key": "short"}, "NOTIFY_API_KEY"),
        ({"notify_template_id": ""}, "NOTIFY_TEMPLATE_ID"),
        ({"notify_callback_token": ""}, "NOTIFY_CALLBACK_TOKEN"),
        ({"notify_callback_token": "short"}, "NOTIFY_CALLBACK_TOKEN"),
        ({"notify_second_callback_token": "short"}, "NOTIFY_SECOND_CALLBACK_TOKEN"),
    ],
)
def test_what_is_missing_is_named(
    notify: NotifyStandIn, missing: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        choice.choose(replace(Settings.for_tests(**notify.settings()), **missing))
    assert named in str(raised.value)
    assert KEY not in str(raised.value)


# --- where it reaches us


@pytest.fixture
def texting(app: Flask, notify: NotifyStandIn) -> Iterator[FlaskClient]:
    """A client of the app while Notify is its second provider."""
    settings = notify.settings() | {"notify_second_callback_token": "another-token-of-ours"}
    with using(app, second_gateway=NotifyGateway(Settings.for_tests(**settings))):
        yield app.test_client()


def post(
    client: FlaskClient, path: str, auth: str | None = f"Bearer {TOKEN}", **fields: Any
) -> int:
    headers = {"Authorization": auth} if auth is not None else {}
    return client.post(path, json=fields, headers=headers).status_code


TEXT = {"id": "n1", "source_number": "447700900101", "message": "1", "destination_number": "447"}


def test_a_text_is_kept_once(app: Flask, texting: FlaskClient) -> None:
    for message in ("1", "1", "2"):
        assert post(texting, INBOUND, **TEXT | {"message": message}) == 200
    [text] = kept(app)
    assert (text.gateway, text.provider_id, text.from_number) == ("notify", "n1", ALEX)


def test_receipts_are_kept_one_of_each(app: Flask, texting: FlaskClient) -> None:
    for status in ("sending", "delivered", "pending", "delivered", "temporary-failure"):
        fields = {"id": "n1", "reference": "17", "status": status, "notification_type": "sms"}
        assert post(texting, RECEIPT, **fields) == 200
    reports = kept(app, DeliveryReceipt)
    assert [(r.status, r.key, r.error) for r in reports] == [
        ("sent", "17", ""),
        ("delivered", "17", ""),
        ("undelivered", "17", "temporary-failure"),
    ]


@pytest.mark.parametrize("path", [INBOUND, RECEIPT])
@pytest.mark.parametrize(
    "auth",
    [None, "", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ", "Bearer", "Bearer ÿ"],
)
def test_without_the_token_nothing_is_kept(
    app: Flask, texting: FlaskClient, path: str, auth: str | None
) -> None:
    assert post(texting, path, auth, **TEXT, status="delivered") == 403
    assert kept(app) == kept(app, DeliveryReceipt) == []


def test_either_token_lets_in_while_they_are_changed(app: Flask, texting: FlaskClient) -> None:
    assert post(texting, INBOUND, "Bearer another-token-of-ours", **TEXT) == 200
    assert len(kept(app)) == 1


def test_where_notify_is_not_used_nobody_comes_in(app: Flask, client: FlaskClient) -> None:
    for path in (INBOUND, RECEIPT):
        assert post(client, path, **TEXT, status="delivered") == 403
    assert kept(app) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"id": 1, "source_number": {}, "message": []}',
        b'{"id": "", "source_number": "447700900101"}',
        b'{"id": "n1", "status": "lost"}',
        b'{"id": "n1", "status": "delivered", "notification_type": "email"}',
        b"\xff\xfe",
        b"[" * 60_000,
    ],
)
def test_what_makes_no_sense_does_no_harm(app: Flask, texting: FlaskClient, data: bytes) -> None:
    for path in (INBOUND, RECEIPT):
        answer = texting.post(path, data=data, headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
    assert kept(app) == kept(app, DeliveryReceipt) == []


def test_a_receipt_of_each_kind_says_what_it_means(notify: NotifyStandIn) -> None:
    sender = gateway(notify)
    assert sender.meaning("permanent-failure").dead
    assert not sender.meaning("temporary-failure").permanent
    assert sender.meaning("technical-failure").elsewhere
    assert not sender.meaning("something new").permanent
