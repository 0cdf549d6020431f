"""A number, then a code from a text: for people who know each other's numbers too."""

import re
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.account import sign_in_actions
from portal.account.models import CodeAttempt, Visit
from portal.database import Base, db, transaction
from tests.crowd import together
from tests.people import Browser, People, Phone, StoppedClock, actor, again, claimant, recorded
from tests.phone import code_for

UNKNOWN = "+447700900199"
RUN_OUT = "That code has run out. Ask for a new one."
WRONG = "That code does not match. Check it, or ask for a new one."


def asked(app: Flask, number: str) -> Browser:
    return Browser(app).open("/sign-in").fill(number=number).press("Text me a code")


def wrong_for(app: Flask, number: str) -> str:
    return f"{(int(code_for(app, number)) + 1) % 1_000_000:06d}"


def test_the_code_from_the_text_lets_a_person_in(app: Flask, people: People) -> None:
    browser = asked(app, "07700 900101").sees("Enter the code", "07700 900101")
    phone = Phone(app, "+447700900101")
    phone.reads("Your code is ", "Do not share this code.")
    (code,) = re.findall(r"\b\d{6}\b", phone.last)
    browser.fill(code=code).press("Sign in")
    browser.open("/settings").sees("07700 900101")
    assert recorded(app, people.alex) == [
        "account.registered",
        "account.code_asked",
        "account.signed_in",
    ]


@pytest.mark.parametrize(
    "pasted",
    ["{}", " {} ", "Your code is {}. Do not share this code.", "\u202a{}\u202c", "{}\n"],
)
def test_a_code_can_be_pasted_with_what_stood_around_it(
    app: Flask, people: People, pasted: str
) -> None:
    browser = asked(app, "07700 900101")
    browser.fill(code=pasted.format(code_for(app, "+447700900101"))).press("Sign in")
    browser.open("/settings")


def test_a_code_can_be_typed_in_the_digits_of_any_script(app: Flask, people: People) -> None:
    browser = asked(app, "٠٧٧٠٠ ٩٠٠١٠١")
    code = code_for(app, "+447700900101").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    browser.fill(code=f"{code[:3]} {code[3:]}").press("Sign in").open("/settings")


def test_a_code_works_for_ten_minutes(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    in_time, too_late = asked(app, "07700 900101"), asked(app, "07700 900102")
    codes = [code_for(app, number) for number in ("+447700900101", "+447700900102")]
    clock_stopped.later(minutes=9, seconds=59)
    in_time.fill(code=codes[0]).press("Sign in")
    clock_stopped.later(seconds=1)
    too_late.fill(code=codes[1]).press("Sign in", 422).sees(RUN_OUT)
    too_late.open("/settings").sees("What is your mobile number?")


def test_five_tries_and_no_more(app: Flask, people: People) -> None:
    browser = asked(app, "07700 900101")
    for _ in range(5):
        browser.fill(code=wrong_for(app, "+447700900101")).press("Sign in", 422).sees(WRONG)
    browser.fill(code=code_for(app, "+447700900101")).press("Sign in", 422).sees(RUN_OUT)


def test_the_fifth_try_still_counts(app: Flask, people: People) -> None:
    browser = asked(app, "07700 900101")
    for _ in range(4):
        browser.fill(code=wrong_for(app, "+447700900101")).press("Sign in", 422)
    browser.fill(code=code_for(app, "+447700900101")).press("Sign in").open("/settings")


def test_tries_of_two_browsers_count_together(app: Flask, people: People) -> None:
    one, other = asked(app, "07700 900101"), asked(app, "07700 900101")
    for browser in (one, other, one, other, one):
        browser.fill(code=wrong_for(app, "+447700900101")).press("Sign in", 422)
    other.fill(code=code_for(app, "+447700900101")).press("Sign in", 422).sees(RUN_OUT)


def test_a_code_works_once(app: Flask, people: People) -> None:
    one, other = asked(app, "07700 900101"), asked(app, "07700 900101")
    code = code_for(app, "+447700900101")
    one.fill(code=code).press("Sign in")
    other.fill(code=code).press("Sign in", 422).sees(RUN_OUT)


def test_a_code_is_for_the_browser_that_asked(app: Flask, people: People) -> None:
    asked(app, "07700 900101")
    stranger = asked(app, "07700 900102")
    stranger.fill(code=code_for(app, "+447700900101")).press("Sign in", 422).sees(WRONG)
    Browser(app).open("/sign-in/code").sees("What is your mobile number?")


def test_a_code_is_kept_nowhere(app: Flask, people: People) -> None:
    asked(app, "07700 900101")
    code = code_for(app, "+447700900101")
    Phone(app, "+447700900101").reads(code)
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            if table.name != "notifications_local_text":  # the phone itself
                rows = [list(map(str, row)) for row in db.session.execute(sa.select(table))]
                assert code not in re.findall(r"\d{6,}", str(rows)), table.name


# An unknown number looks the same


def without_tokens(browser: Browser, number: str) -> tuple[Any, ...]:
    page = re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", browser.response.text)
    heads = [(name, value) for name, value in browser.response.headers if name != "Set-Cookie"]
    cookies = [c.split("=")[0] for c in browser.response.headers.getlist("Set-Cookie")]
    sizes = [(n, v) for n, v in heads if n != "Content-Length"]
    return (browser.response.status, browser.path, page.replace(number, "…"), sizes, cookies)


def test_known_unknown_and_shared_numbers_look_the_same(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        claimant(again(people.office), "Ash Vale", people.stranger.mobile)
    shown = {
        number: without_tokens(asked(app, number), number)
        for number in ("07700 900101", "07700 900199", "07700 900102")
    }
    assert len(set(map(str, shown.values()))) == 1


@pytest.mark.parametrize("number", ["+447700900101", UNKNOWN])
def test_wrong_codes_look_the_same_for_an_unknown_number(
    app: Flask, people: People, number: str
) -> None:
    browser = asked(app, number)
    for _ in range(5):
        browser.fill(code="000001" if code_for(app, number) != "000001" else "000002")
        browser.press("Sign in", 422).sees(WRONG)
    browser.fill(code="000003").press("Sign in", 422).sees(RUN_OUT)


def test_even_the_right_code_of_an_unknown_number_opens_nothing(app: Flask, people: People) -> None:
    browser = asked(app, UNKNOWN)
    browser.fill(code=code_for(app, UNKNOWN)).press("Sign in", 422).sees(WRONG)
    assert Phone(app, UNKNOWN).received == []


def test_a_shared_number_lets_nobody_in_and_says_so_on_the_phone(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        claimant(again(people.office), "Ash Vale", people.alex.mobile)
    browser = asked(app, "07700 900101")
    browser.fill(code=code_for(app, "+447700900101")).press("Sign in", 422).sees(WRONG)
    phone = Phone(app, "+447700900101")
    phone.reads("More than one person uses this number", "sign in with a card")
    assert len(phone.received) == 1


# Pressing twice, and pressing too often


def test_a_double_click_sends_one_code(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    browser = asked(app, "07700 900101")
    first = code_for(app, "+447700900101")
    browser.again()
    assert code_for(app, "+447700900101") == first
    assert len(Phone(app, "+447700900101").received) == 1
    clock_stopped.later(seconds=31)
    asked(app, "07700 900101")
    assert code_for(app, "+447700900101") != first
    assert len(Phone(app, "+447700900101").received) == 2


def test_two_presses_at_the_very_same_time_send_one_code(app: Flask, people: People) -> None:

    def press() -> UUID:
        with app.app_context(), transaction():
            nobody = actor(people.alex, "nobody")
            return sign_in_actions.ask_for_code("+447700900101", by=nobody).id

    assert len(set(together(*[press] * 4))) == 1
    assert len(Phone(app, "+447700900101").received) == 1


def test_after_a_try_the_next_code_is_another(app: Flask, people: People) -> None:
    browser = asked(app, "07700 900101")
    first = code_for(app, "+447700900101")
    browser.fill(code=wrong_for(app, "+447700900101")).press("Sign in", 422)
    asked(app, "07700 900101")
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(CodeAttempt)) == 2
    assert first


@pytest.mark.parametrize("number", ["07700 900101", "07700 900199"])
def test_too_many_codes_for_one_number_are_not_sent(
    app: Flask, people: People, clock_stopped: StoppedClock, number: str
) -> None:
    for _ in range(5):
        asked(app, number)
        clock_stopped.later(minutes=1)
    browser = Browser(app).open("/sign-in").fill(number=number).press("Text me a code", 422)
    browser.sees("There were too many tries. Wait 15 minutes, then try again.")
    assert browser.value("number") == number
    clock_stopped.later(minutes=15)
    asked(app, number)


def test_people_behind_one_address_do_not_lock_each_other_out(app: Flask, people: People) -> None:
    """A library shares one address: many numbers may ask from there, each a few times."""
    for last in range(40):
        asked(app, f"07700 9003{last:02d}")
    asked(app, "07700 900101").fill(code=code_for(app, "+447700900101")).press("Sign in")


@pytest.mark.parametrize("typed", ["", "0113 496 0100", "+33 6 12 34 56 78", "🙂", "7" * 10_000])
def test_what_is_no_number_is_said_at_the_field_and_kept(
    app: Flask, people: People, typed: str
) -> None:
    browser = Browser(app).open("/sign-in").fill(number=typed).press("Text me a code", 422)
    assert browser.page.title.startswith("Error: ")
    assert browser.text.count("Enter a UK mobile number, like 07700 900123") == 2
    assert browser.value("number") == typed
    field = browser.page.by_id("number")
    assert field is not None
    assert field.get("aria-invalid") == "true"


def test_signing_in_begins_a_new_session(app: Flask, people: People) -> None:
    """Whoever knew the cookie from before signing in knows nothing afterwards."""
    browser = asked(app, "07700 900101")
    before = browser.client.get_cookie("s")
    browser.fill(code=code_for(app, "+447700900101")).press("Sign in")
    after = browser.client.get_cookie("s")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    old = app.test_client()
    old.set_cookie("s", before.value)
    assert old.get("/settings").status_code == 303


def test_the_token_in_the_cookie_is_not_what_the_database_keeps(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex)
    with browser.client.session_transaction() as session:
        token = session["v"]
    with app.app_context():
        kept = [str(list(row)) for row in db.session.execute(sa.select(Visit.__table__))]
    assert len(kept) == 1
    assert token not in kept[0]


def test_a_code_of_nothing_is_refused_by_the_action_too(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        attempt = sign_in_actions.ask_for_code(UNKNOWN, by=actor(people.alex, "nobody"))
        assert attempt.claimant_id is None
        assert attempt.asked_at == clock.now()
