"""The commands, as somebody types them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from notifications.models import InboundText, LocalText
from portal.account import codes, sign_in_actions
from portal.actors import Actor
from portal.database import db, transaction
from tests.notifications.sending import ALEX, provider, put, using
from tests.people import People, again, appointment, work


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=words)


def sent(app: Flask, *more: str) -> list[dict[str, Any]]:
    result = run(app, "sms", "sent", "--json", *more)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def inbound() -> list[InboundText]:
    return list(db.session.scalars(sa.select(InboundText)))


@pytest.mark.parametrize("typed", ["07700900101", "+44 7700 900101", "0044 7700900101"])
def test_a_text_comes_in(app: Flask, people: People, typed: str):
    result = run(app, "sms", "receive", "--from", typed, "1")
    assert (result.exit_code, result.output) == (0, "Kept.\n")
    with app.app_context():
        [text] = inbound()
        assert (text.from_number, text.body, text.gateway) == (ALEX, "1", "local")
        assert not db.session.scalars(sa.select(LocalText)).one().incoming


def test_the_same_id_is_the_same_text(app: Flask, people: People):
    assert run(app, "sms", "receive", "--from", ALEX, "--id", "a", "1").output == "Kept.\n"
    again = run(app, "sms", "receive", "--from", ALEX, "--id", "a", "1")
    assert (again.exit_code, again.output) == (0, "We have this text already.\n")
    assert run(app, "sms", "receive", "--from", ALEX, "1").output == "Kept.\n"
    with app.app_context():
        assert len(inbound()) == 2


def test_an_empty_text_and_a_word_sender(app: Flask, people: People):
    assert run(app, "sms", "receive", "--from", "Vodafone", "").exit_code == 0
    with app.app_context():
        assert inbound()[0].from_number == "Vodafone"


def test_texts_come_by_hand_only_to_the_local_provider(app: Flask):
    with using(app, gateway=object()):
        result = run(app, "sms", "receive", "--from", ALEX, "1")
    assert result.exit_code == 1
    assert "SMS_GATEWAY is not local" in result.output


def test_an_offer_goes_out_and_is_listed(app: Flask, people: People):
    with app.app_context(), transaction():
        appointment(again(people.alex))
    assert sent(app) == []
    assert run(app, "worker", "--once").exit_code == 0
    [text] = sent(app)
    assert set(text) == {"time", "to", "language", "text", "encoding", "segments", "status"}
    assert (text["to"], text["language"], text["status"]) == (ALEX, "en", "delivered")
    assert text["text"].startswith("Jobcentre appointment: Wed 10 Feb")
    assert (text["encoding"], text["segments"]) == ("GSM-7", 1)
    assert text["time"] == "2027-02-01T09:00:00+00:00"
    assert sent(app, "--to", "07700 900101") == [text]
    assert sent(app, "--to", "07700 900102") == []
    plain = run(app, "sms", "sent").output
    assert "07700 900101" in plain
    assert "Jobcentre appointment: Wed 10 Feb" in plain


def test_a_number_that_is_none(app: Flask):
    result = run(app, "sms", "sent", "--to", "12")
    assert result.exit_code == 1
    assert "no UK mobile number" in result.output


def test_codes_are_shown_only_where_a_demo_phone_shows_them(app: Flask, people: People):
    with app.app_context(), transaction():
        attempt = sign_in_actions.ask_for_code(ALEX, by=Actor.system())
    with app.app_context():
        code = codes.digits("sign-in", attempt.id)
    assert sent(app) == []
    work(app)
    assert code in sent(app)[0]["text"]
    with app.app_context(), provider(app):
        put(body="", secret_of=attempt.id, kind="account.code")
        work(app)
    assert code not in sent(app)[1]["text"]
    assert code not in run(app, "sms", "sent").output.split("\n\n")[1]


def test_nothing_to_list(app: Flask):
    assert run(app, "sms", "sent").output == ""
    assert sent(app) == []
