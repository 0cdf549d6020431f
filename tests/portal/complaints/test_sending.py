"""Sending a complaint: what was checked is sent, once, and only to those who may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.account.models import Staff
from portal.complaints import actions, form_views, queries, rules
from portal.complaints import drafts as writing
from portal.complaints.models import Complaint, Level
from portal.database import db, transaction
from tests.people import Browser, People, StoppedClock, actor, again, staff
from tests.phone import code_for
from tests.portal.complaints.pages import NEW, complaints, drafts, written


def test_nothing_yet(browser: Browser) -> None:
    browser.open("/complaints").sees("You have not complained about anything.")


def test_what_is_checked_is_what_is_sent(app: Flask, browser: Browser) -> None:
    written(browser).sees(
        "I was told two different days.",
        "It is not sent yet.",
        "Hana Handler, who deals with complaints at Leeds Jobcentre",
        "Priya Shah does not see it.",
        "A reply is due by Monday 22 February 2027.",
        "A complaint does not stop the one month",
    )
    assert complaints(app) == []
    browser.press("Send the complaint").sees("Your complaint is sent", "Your receipt")
    (sent,) = complaints(app)
    assert (sent.what, sent.level) == ("I was told two different days.", Level.office)
    assert drafts(app) == []
    with app.app_context():
        assert [each.name for each in queries.kept_from(again(sent))] == ["Priya Shah"]


def test_two_presses_send_once(app: Flask, browser: Browser) -> None:
    written(browser).press("Send the complaint")
    first = browser.text
    browser.again()
    assert browser.text == first
    assert len(complaints(app)) == 1


def test_past_the_office_it_goes_to_the_team(app: Flask, browser: Browser) -> None:
    written(browser, level="The complaints team, past my Jobcentre")
    browser.sees("Theo Team, of the complaints team").does_not_see("Hana Handler")
    browser.press("Send the complaint")
    assert [each.level for each in complaints(app)] == [Level.team]


def test_where_nobody_could_see_it_the_team_gets_it(app: Flask, people: People) -> None:
    """The only one who deals with complaints there is the one it is about."""
    with app.app_context(), transaction():
        again(people.coach).role = rules.HANDLER
    browser = written(Browser(app).sign_in(people.alex))
    browser.sees("so it goes to the complaints team", "Priya Shah does not see it.")
    browser.press("Send the complaint")
    assert [each.level for each in complaints(app)] == [Level.team]


def test_a_coach_who_deals_with_complaints_later_sees_nothing(
    app: Flask, people: People, browser: Browser
) -> None:
    written(browser).press("Send the complaint")
    (sent,) = complaints(app)
    with app.app_context(), transaction():
        coach = again(people.coach)
        coach.role, coach.office_id = rules.TEAM, people.other_office.id
        actions.take_further(_late(again(sent)), by=actor(people.alex))
    with app.app_context():
        assert queries.for_staff(again(people.coach), sent.id) is None
        assert queries.open_for(again(people.coach)) == []
    browser.open(f"/complaints/{sent.id}").sees("Priya Shah does not see it.", "Theo Team")


@pytest.mark.parametrize("when", ["before", "while it is written", "before it is sent"])
def test_a_coach_who_moved_away_is_kept_out_all_the_same(
    app: Flask, people: People, browser: Browser, when: str
) -> None:
    def moves() -> None:
        with app.app_context(), transaction():
            coach = again(people.coach)
            coach.office_id, coach.role = people.other_office.id, rules.TEAM
            coach.active = when != "before it is sent"

    if when == "before":
        moves()
    browser.open(f"{NEW}/hidden")
    if when == "while it is written":
        moves()
    written(browser).sees("Priya Shah does not see it.")
    if when == "before it is sent":
        moves()
    browser.press("Send the complaint")
    with app.app_context():
        (sent,) = complaints(app)
        assert [each.name for each in queries.kept_from(again(sent))] == ["Priya Shah"]


def test_the_team_can_be_kept_out_by_name(app: Flask, browser: Browser) -> None:
    with app.app_context(), transaction():
        other = db.session.scalar(sa.select(Staff).where(Staff.name == "Theo Team"))
        assert other is not None
        staff(other.office, "Tea Team", role=rules.TEAM)
    browser.open(f"{NEW}/hidden").choose("Theo Team").press("Continue")
    written(browser).sees("Theo Team does not see it.").press("Send the complaint")


def test_who_stands_in_for_the_office_is_named(
    app: Flask, people: People, browser: Browser
) -> None:
    written(browser).press("Send the complaint")
    (sent,) = complaints(app)
    with app.app_context(), transaction():
        member = db.session.scalar(sa.select(Staff).where(Staff.name == "Hana Handler"))
        assert member is not None
        member.active = False
    with app.app_context():
        level, who = queries.who_sees(again(sent))
        assert (level, [each.name for each in who]) == (Level.team, ["Theo Team"])
        assert [queries.for_staff(each, sent.id) is not None for each in who] == [True]
    browser.open(f"/complaints/{sent.id}").sees("Theo Team")
    browser.open(f"/complaints/{sent.id}/document").sees("Theo Team, of the complaints team")


def test_somebody_must_be_left_who_can_read_it(browser: Browser) -> None:
    browser.open(f"{NEW}/hidden").choose("Theo Team").press("Continue")
    written(browser, level="The complaints team, past my Jobcentre")
    browser.press("Send the complaint", None).sees("Leave at least one person who can read it.")


def test_words_that_came_while_it_was_sent_are_not_deleted(
    app: Flask, people: People, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second window keeps a page between the look at what was checked and the sending."""

    def meanwhile(*_names: str) -> bool:
        with transaction():
            writing.keep(again(people.alex), {"what": "Written in the other window."})
        return True

    written(browser)
    monkeypatch.setattr(form_views.throttle, "allow", meanwhile)
    browser.press("Send the complaint", None)
    browser.sees("Something was changed in another window.")
    browser.open(f"{NEW}/check").sees("Written in the other window.")
    assert complaints(app) == []


def _late(found: Complaint) -> Complaint:
    found.reply_by = clock.today() - timedelta(days=1)
    return found


def test_a_complaint_that_nobody_wrote_is_not_sent(app: Flask, browser: Browser) -> None:
    browser.open(f"{NEW}/kind").press("Continue", 422).sees("Choose what comes nearest.")
    browser.open(f"{NEW}/what").press("Continue", 422).sees("Write what happened.")
    browser.fill(what=" \n ").press("Continue", 422).sees("Write what happened.")
    browser.open(f"{NEW}/check").sees("Choose what it is about.", "Write what happened.")
    assert "Send the complaint" not in browser.buttons()
    browser.post(f"{NEW}/check", 422, _once=str(drafts(app)[0].id), version="")
    assert complaints(app) == []


def test_sending_when_the_visit_ended_sends_nothing_and_loses_nothing(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock
) -> None:
    written(browser)
    clock_stopped.later(minutes=20)
    browser.press("Send the complaint").fill(number=people.alex.mobile or "")
    assert complaints(app) == []
    browser.press("Text me a code")
    browser.fill(code=code_for(app, people.alex.mobile or "")).press("Sign in")
    browser.sees("Check your complaint", "I was told two different days.")
    browser.press("Send the complaint").sees("Your complaint is sent")


def test_what_was_not_checked_is_not_sent(app: Flask, people: People, browser: Browser) -> None:
    written(browser)
    other = Browser(app).sign_in(people.alex).open(f"{NEW}/what")
    other.fill(what="Something else").press("Continue")
    browser.press("Send the complaint", 422).sees("changed in another window", "Something else")
    assert complaints(app) == []
    browser.press("Send the complaint")
    assert [each.what for each in complaints(app)] == ["Something else"]


def test_what_others_complain_about_is_not_found(
    app: Flask, people: People, browser: Browser
) -> None:
    written(browser).press("Send the complaint")
    (sent,) = complaints(app)
    stranger = Browser(app).sign_in(people.stranger)
    for path in ("", "/add", "/further", "/worse"):
        stranger.open(f"/complaints/{sent.id}{path}", 404)
    stranger.open(f"/complaints/sent/{sent.receipt}", 404)
    stranger.open("/complaints").sees("You have not complained about anything.")


def test_a_receipt_tells_a_stranger_nothing(app: Flask, browser: Browser) -> None:
    written(browser).press("Send the complaint")
    (sent,) = complaints(app)
    Browser(app).open(f"/receipts/{sent.receipt}").sees("An entry was recorded").does_not_see(
        "complain", "Complain"
    )


def test_a_record_for_somebody_else_says_nothing_of_it(browser: Browser) -> None:
    written(browser).press("Send the complaint")
    browser.open("/record").sees("You sent a complaint")
    browser.open("/record/for-others").sees("Your Jobcentre booked an appointment")
    browser.does_not_see("You sent a complaint")
