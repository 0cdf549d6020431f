"""The record: every entry, newest first, in plain sentences, on screen and on paper."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import sqlalchemy as sa
from flask import Flask

from portal import languages
from portal.account import actions as account
from portal.appointments import actions, office_actions
from portal.appointments.models import Appointment
from portal.database import db, transaction
from portal.record import events, log
from portal.record.models import Details
from portal.record.receipts import grouped
from tests.pages import words
from tests.people import Browser, People, Phone, StoppedClock, actor, again, appointment

FIRST_VIEW = 7300
"""Bytes of a page's first view: page, stylesheet and heads, as brotli carries them."""
STYLE = Path(__file__).parents[3] / "portal" / "static" / "site.css"


def lines(browser: Browser) -> list[str]:
    """What the entries on the page say, in their order."""
    return [words(dd) for dd in browser.page.one("main").iter("dd")]


def days(browser: Browser) -> list[str]:
    return [words(h2) for h2 in browser.page.one("main").iter("h2")]


@pytest.fixture
def visit(app: Flask, people: People) -> Appointment:
    with app.app_context(), transaction():
        return appointment(again(people.alex))


def receipts_of(app: Flask, people: People) -> list[str]:
    with app.app_context():
        return [grouped(entry.receipt) for entry in log.entries(people.alex.id)]


def many(app: Flask, people: People, visit: Appointment, number: int) -> None:
    """Let Alex change her mind until her record has so many entries."""
    with app.app_context(), transaction():
        found, by = again(visit), actor(people.alex)
        steps = [actions.accept, actions.ask_to_cancel, actions.ask_for_phone_call]
        for turn in range(number - len(log.entries(people.alex.id))):
            steps[turn % 3](found, by=by)


def test_it_tells_what_was_done_by_whom_through_which_door(
    app: Flask, people: People, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        found = again(visit)
        actions.ask_to_cancel(
            found, reason="fare", note="Only £4\nleft <b>", by=actor(people.alex, "link")
        )
        clock_stopped.later(days=1)
        request = found.open_request
        assert request is not None
        office_actions.mark_seen(request, by=actor(people.coach))
        clock_stopped.later(minutes=5)
        office_actions.refuse(request, why="Please come.", by=actor(people.coach))
    browser = Browser(app).sign_in(people.alex).open("/record")
    codes = receipts_of(app, people)
    said = lines(browser)
    on = "your appointment on Wednesday 10 February 2027, 10:30am"
    assert said[2:] == [
        f"Your Jobcentre did not agree to cancel {on}. It still stands. "
        f"They wrote: Please come. By staff. Receipt {codes[2]}",
        f"Your Jobcentre has seen that you asked to cancel {on}. By staff. Receipt {codes[3]}",
        f"You asked to cancel {on}. Your reason: I cannot pay the fare. "
        f"You wrote: Only £4 left <b> Through the link in a text. Receipt {codes[4]}",
        "Your Jobcentre booked an appointment for you on Wednesday 10 February 2027, 10:30am. "
        "It is in person. To talk about how you look for work. "
        f"By this service. Receipt {codes[5]}",
        "Your record was opened. Your Jobcentre: Leeds Jobcentre. "
        f"By this service. Receipt {codes[6]}",
    ]
    assert said[0].startswith("You signed in with a code from a text. On the website.")
    assert days(browser) == ["Tuesday 2 February 2027", "Monday 1 February 2027"]
    assert words(next(browser.page.one("main").iter("dt"))) == "9:05am"


def test_an_answer_by_text_is_told_as_one(app: Flask, people: People, visit: Appointment) -> None:
    assert people.alex.mobile is not None
    phone = Phone(app, people.alex.mobile)
    assert phone.received
    phone.texts("1")
    browser = Browser(app).sign_in(people.alex).open("/record")
    assert any(
        line.startswith("You accepted your appointment on Wednesday") and "By text." in line
        for line in lines(browser)
    )


def test_the_day_is_the_day_on_the_wall(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(datetime(2027, 6, 30, 23, 30, tzinfo=UTC))
    browser = Browser(app).sign_in(people.alex).open("/record")
    assert days(browser)[0] == "Thursday 1 July 2027"


def test_each_receipt_leads_to_its_check(app: Flask, people: People, visit: Appointment) -> None:
    browser = Browser(app).sign_in(people.alex).open("/record")
    code = receipts_of(app, people)[-1]
    assert browser.follow(code).heading == f"Receipt {code}"


def test_fifty_to_a_page_and_none_twice(app: Flask, people: People, visit: Appointment) -> None:
    many(app, people, visit, 118)
    browser = Browser(app).sign_in(people.alex).open("/record")
    seen = [lines(browser)]
    assert browser.heading == "Your record"
    for _ in range(2):
        browser.follow("Older entries")
        assert browser.heading == "Your record, older entries"
        seen.append(lines(browser))
    assert [len(page) for page in seen] == [50, 50, 20]
    assert len({line for page in seen for line in page}) == 120
    assert "Older entries" not in browser.text
    assert browser.follow("Newest entries").path == "/record"


def test_exactly_fifty_have_no_older_page(app: Flask, people: People, visit: Appointment) -> None:
    many(app, people, visit, 48)
    browser = Browser(app).sign_in(people.alex).open("/record")
    assert len(lines(browser)) == 50
    browser.does_not_see("Older entries")


@pytest.mark.parametrize("before", ["0", "-5", "x", "99999999999999999999"])
def test_a_page_that_is_not_there(app: Flask, people: People, before: str) -> None:
    browser = Browser(app).sign_in(people.alex).open(f"/record?before={before}")
    assert browser.heading.startswith("Your record")


def test_fifty_entries_fit_a_slow_line(app: Flask, people: People, visit: Appointment) -> None:
    many(app, people, visit, 60)
    browser = Browser(app).sign_in(people.alex)
    answer = browser.client.get("/record", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    heads = sum(len(name) + len(value) + 4 for name, value in answer.headers) + 400
    style = len(brotli.compress(STYLE.read_bytes(), quality=11, mode=brotli.MODE_TEXT))
    assert len(answer.data) + heads + style <= FIRST_VIEW


def test_on_paper_it_is_whole_and_can_be_compared(
    app: Flask, people: People, visit: Appointment
) -> None:
    many(app, people, visit, 70)
    browser = Browser(app).sign_in(people.alex).open("/record").follow("Print all of it")
    assert len(lines(browser)) == 72
    with app.app_context():
        head = log.entries(people.alex.id)[0].hash
    browser.sees(
        "Name: Alex Morgan",
        f"Reference: {people.alex.reference}",
        "It has 72 entries. We checked it: nothing is missing and nothing was changed.",
        f"Its fingerprint: {head}",
    )


def test_on_paper_a_fault_is_admitted(app: Flask, people: People, visit: Appointment) -> None:
    browser = Browser(app).sign_in(people.alex)
    with app.app_context(), transaction() as session:
        session.execute(sa.update(Details).values(salt="other"))
    browser.open("/record/print").sees("We checked it, and something in it does not fit.")


def test_entries_whose_details_are_gone_still_stand(
    app: Flask, people: People, visit: Appointment
) -> None:
    browser = Browser(app).sign_in(people.alex)
    with app.app_context(), transaction() as session:
        session.execute(sa.delete(Details))
    browser.open("/record").sees(
        "News about an appointment was recorded on Monday 1 February 2027, 9:00am. "
        "The details were deleted after the time we keep them."
    )
    browser.open("/record/print").sees("nothing is missing and nothing was changed")


def test_an_entry_of_a_kind_nobody_knows_any_more(
    app: Flask, people: People, visit: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(app).sign_in(people.alex)
    monkeypatch.delitem(events._registry, "appointments.offered")
    browser.open("/record").sees("News about an appointment was recorded on")


def test_somebody_else_sees_nothing_of_it(app: Flask, people: People, visit: Appointment) -> None:
    with app.app_context(), transaction():
        actions.ask_to_cancel(again(visit), note="My secret", by=actor(people.alex))
    stranger = Browser(app).sign_in(people.stranger)
    for path in ("/record", "/record/print", "/record.json"):
        assert Browser(app).client.get(path).status_code == 303
        text = stranger.client.get(path).get_data(as_text=True)
        for secret in ("My secret", "Alex", str(people.alex.id), *receipts_of(app, people)):
            assert secret not in text


def test_names_of_languages_are_their_own(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        alex = again(people.alex)
        alex.language = "ar"
        account.choose_language(alex, "en", by=actor(alex))
        db.session.flush()
    arabic = languages.known()["ar"].endonym
    Browser(app).sign_in(people.alex).open("/record").sees(
        f"You changed your language from {arabic} to English."
    )


def test_nothing_on_the_page_is_markup_of_somebody(
    app: Flask, people: People, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        actions.ask_for_another_time(again(visit), note='<img src="x">"\'&', by=actor(people.alex))
    html = Browser(app).sign_in(people.alex).client.get("/record").get_data(as_text=True)
    assert "<img" not in html
    assert re.search(r"You wrote: <bdi>&lt;img src=&#34;x&#34;&gt;&#34;&#39;&amp;</bdi>", html)
