"""The demo's phones: what came, what was written, and a box to write in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications.conversation import grammar, tables
from notifications.models import InboundText, State
from notifications.phones import Phone
from portal import clock
from portal.database import db, transaction
from portal.settings import Settings
from tests.notifications.dialogues import EACH_LANGUAGE, word
from tests.notifications.sending import ALEX, put, row
from tests.people import Browser, People, again, appointment, claimant, work
from wsgi import create_app

STATES = (grammar.OFFER, grammar.FREE_TEXT)


def texts(app: Flask) -> list[InboundText]:
    with app.app_context():
        return list(db.session.scalars(sa.select(InboundText).order_by(InboundText.id)))


def test_every_phone_is_listed_with_its_owner(app: Flask, people: People):
    browser = Browser(app).open("/demo/phones")
    browser.sees("07700 900101", "Alex Morgan", "07700 900102", "Robin Vale")
    browser.follow("07700 900101").sees("There are no texts on this phone yet.")


def test_a_conversation(app: Flask, people: People):
    with app.app_context(), transaction():
        appointment(again(people.alex))
    work(app)
    browser = Browser(app).open("/demo/phones/07700900101")
    browser.sees(
        "Jobcentre appointment: Wed 10 Feb 10:30am", "Delivered 1 part, ", " units of GSM-7"
    )
    browser.fill(text="1").press("Send")
    browser.sees("Sent Monday 1 February 2027, 9:00am")
    work(app)
    browser.follow("Show new texts").sees("Accepted: Wed 10 Feb 10:30am")
    page = browser.page.text
    offer, answer, accepted = (
        page.index(words) for words in ("Jobcentre appointment", "Sent Monday", "Accepted")
    )
    assert offer < answer < accepted


@pytest.mark.parametrize("language", EACH_LANGUAGE)
def test_the_keys_text_digits_and_words_of_the_owners_language(
    app: Flask, people: People, language: str
):
    with app.app_context(), transaction():
        claimant(again(people.office), "Samir", "+447700900103", language=language)
    first = word(language, "menu")
    assert language != "en" or first == "MENU"
    browser = Browser(app).open("/demo/phones/07700900103").press(first)
    work(app)
    browser.follow("Show new texts").press("6")
    work(app)
    browser.follow("Show new texts")
    assert [text.body for text in texts(app)] == [first, "6"]
    assert [text.outcome for text in texts(app)] == ["menu", "option"]


def test_a_key_that_this_phone_does_not_have_sends_nothing(app: Flask, people: People):
    client = app.test_client()
    page = client.get("/demo/phones/07700900101").text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = client.post("/demo/phones/07700900101", data=fields | {"key": "DROP TABLE"})
    assert answer.status_code == 422
    assert texts(app) == []


def test_a_key_sends_its_word_and_not_what_is_in_the_box(app: Flask, people: People):
    Browser(app).open("/demo/phones/07700900101").fill(text="half a sentence").press("7")
    assert [text.body for text in texts(app)] == ["7"]


def test_what_was_made_for_a_phone_says_what_became_of_it(app: Flask, people: People):
    with app.app_context():
        for error in ("too-late", "held-for-digest", "daily-limit", "no-longer-true"):
            made = put(kind="appointments.reminder_morning")
            with transaction():
                text = row(made)
                text.state, text.error = State.dropped, error
        lost = put(kind="account.code")
        with transaction():
            row(lost).state = State.undelivered
        put(not_before=clock.now() + timedelta(hours=23))
    Browser(app).open("/demo/phones/07700900101").sees(
        "Reminders, alone or in a list English 1 part, 5 units of GSM-7 Not sent: it was too late",
        "Not sent: there were enough texts. The next digest tells it.",
        "Not sent: the limit of the day was reached.",
        "Not sent: something had changed",
        "Codes to sign in, and other codes English",
        "Not delivered. Staff were told.",
        "Waits until Tuesday 2 February 2027, 8:00am",
    )


def test_every_word_of_a_key_is_read_as_what_it_is_for():
    for language in tables.LANGUAGES:
        found = Phone("+447700900101", language=language).words
        assert len(found) > 15
        for each in found:
            read = [grammar.parse(each, language, state) for state in STATES]
            assert any(intent.exact for intent in read), (language, each)


def test_a_second_press_of_the_button_is_the_same_text(app: Flask, people: People):
    client = app.test_client()
    page = client.get("/demo/phones/07700900101").text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    for _ in range(2):
        answer = client.post("/demo/phones/07700900101", data=fields | {"text": "1\r\n2"})
        assert answer.status_code == 303
        assert answer.location == "/demo/phones/07700900101#end"
    [text] = texts(app)
    with app.app_context():
        assert db.session.merge(text, load=False).body == "1\n2"


def test_an_empty_text_is_not_sent(app: Flask, people: People):
    browser = Browser(app).open("/demo/phones/07700900101").press("Send", status=422)
    browser.sees("Write a text first.")
    browser.fill(text="x" * 1601).press("Send", status=422)
    browser.sees("Use 1600 characters or fewer. You have used 1601.")
    assert texts(app) == []


def test_texts_keep_their_language_and_direction(app: Flask, people: People):
    with app.app_context():
        with transaction():
            claimant(again(people.office), "Samir", "+447700900103", language="ar")
        put("+447700900103", "موعد\nWed 10:30", language="ar")
        put("+447700900103", "<b>1 & 2</b>")
    work(app)
    page = app.test_client().get("/demo/phones/07700900103").text
    assert '<p class="words" lang="ar" dir="rtl">موعد<br>Wed 10:30</p>' in page
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in page


def test_what_waits_for_the_morning_is_said(app: Flask, people: People):
    with app.app_context():
        put(not_before=clock.now() + timedelta(hours=23))
    Browser(app).open("/demo/phones/07700900101").sees(
        "1 more text waits to be sent. It can go from Tuesday 2 February 2027, 8:00am."
    )


def test_a_phone_that_nobody_has(app: Flask, people: People):
    browser = Browser(app).open("/demo/phones")
    browser.fill(number="07700 900555").press("Open this phone")
    browser.sees("Demo phone 07700 900555").fill(text="START").press("Send")
    assert texts(app)[0].from_number == "+447700900555"
    browser.open("/demo/phones").sees("07700 900555")


def test_what_is_no_phone(app: Flask, people: People):
    client = app.test_client()
    for digits in ("12", "02079460000", "x", ALEX[1:3]):
        assert client.get(f"/demo/phones/{digits}").status_code == 404


def test_a_real_service_has_no_such_pages(tmp_path):
    settings = Settings(
        secret_key="s" * 32,
        public_url="https://portal.example",
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path}/portal.db",
        sms_gateway="twilio",
        twilio_account_sid="AC1",
        twilio_auth_token="token",
        twilio_from="+447700900900",
    )
    rules = {rule.rule for rule in create_app(settings).url_map.iter_rules()}
    assert not any(rule.startswith("/demo") for rule in rules)


def test_a_demo_that_texts_elsewhere_has_a_code_app_and_no_phones(tmp_path):
    settings = Settings.for_tests(
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path}/portal.db",
        sms_gateway="twilio",
        twilio_account_sid="AC1",
        twilio_auth_token="token",
        twilio_from="+447700900900",
    )
    rules = {rule.rule for rule in create_app(settings).url_map.iter_rules()}
    assert {rule for rule in rules if rule.startswith("/demo")} == {"/demo/code-app"}
