"""Coming in to the desk: e-mail address, password, and a code that works once."""

from __future__ import annotations

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask
from limits import parse

from portal.account import throttle
from portal.account.models import Staff, Visit
from portal.appointments.models import Appointment
from portal.clock import now
from portal.database import db, transaction
from tests.people import PASSWORD, Desk, People, StoppedClock, again
from tests.portal.staff.conftest import Ask

WRONG = "The e-mail address, password or code is not right. Try again."


def code_of(app: Flask, member: Staff, steps: int = 0) -> str:
    with app.app_context():
        totp = pyotp.TOTP(again(member).totp_secret)
        return totp.at(int(now().timestamp()) + 30 * steps)


def try_with(app: Flask, member: Staff, status: int = 200, **values: str) -> Desk:
    desk = Desk(app)
    fields = {"email": member.email, "password": PASSWORD, "code": code_of(app, member)} | values
    return desk.open("/staff/sign-in").fill(**fields).press("Sign in", status)


def test_staff_sign_in_and_out(app: Flask, people: People) -> None:
    desk = try_with(app, people.coach, email="  Priya.SHAH@office.example ")
    assert desk.heading == "Who waits for you"
    desk.press("Sign out")
    assert desk.path == "/staff/sign-in"
    desk.open("/staff/people")
    assert desk.path == "/staff/sign-in"


def test_signing_in_leads_to_the_page_one_wanted(app: Flask, people: People) -> None:
    desk = Desk(app).open("/staff/people")
    desk.fill(email=people.coach.email, password=PASSWORD, code=code_of(app, people.coach))
    assert desk.press("Sign in").path == "/staff/people"


def test_signing_in_never_leads_into_the_claimants_pages(app: Flask, people: People) -> None:
    desk = Desk(app).open("/appointments")
    assert desk.path == "/sign-in"
    assert desk.sign_in(people.coach).path == "/staff"


def test_a_code_with_spaces_or_in_arabic_digits_is_understood(app: Flask, people: People) -> None:
    code = code_of(app, people.coach)
    written = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert try_with(app, people.coach, code=f" {written[:3]} {written[3:]} ").path == "/staff"


def test_a_code_works_once(app: Flask, people: People) -> None:
    code = code_of(app, people.coach)
    assert try_with(app, people.coach, code=code).path == "/staff"
    try_with(app, people.coach, status=422, code=code).sees(WRONG)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "not the password"},
        {"code": "000000"},
        {"email": "nobody@office.example"},
        {"email": "' OR 1=1 --"},
        {"password": "x" * 1000},
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(
    app: Flask, people: People, wrong: dict[str, str]
) -> None:
    desk = try_with(app, people.coach, status=422, **wrong)
    desk.sees(WRONG)
    assert desk.value("password") == desk.value("code") == ""


def test_an_old_code_and_one_of_tomorrow_are_refused(app: Flask, people: People) -> None:
    for steps in (-3, 3):
        try_with(app, people.coach, status=422, code=code_of(app, people.coach, steps)).sees(WRONG)


def test_empty_fields_say_what_to_write(app: Flask, people: People) -> None:
    desk = try_with(app, people.coach, status=422, email="", password="", code="")
    desk.sees("Write your e-mail address.", "Write your password.", "Write the code from your app.")
    assert desk.page.title.startswith("Error: ")


def test_guessing_is_slowed_down_for_one_account_only(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    for _ in range(10):
        try_with(app, people.coach, status=422, code="000000")
    try_with(app, people.coach, status=422).sees("There were too many tries. Wait 15 minutes")
    assert try_with(app, people.colleague).path == "/staff"
    clock_stopped.later(minutes=16)
    assert try_with(app, people.coach).path == "/staff"


def from_elsewhere(app: Flask, member: Staff, address: str, status: int, **values: str) -> Desk:
    desk = Desk(app)
    desk.client.environ_base["REMOTE_ADDR"] = address
    fields = {"email": member.email, "password": PASSWORD, "code": code_of(app, member)} | values
    return desk.open("/staff/sign-in").fill(**fields).press("Sign in", status)


def test_a_stranger_elsewhere_locks_nobody_out(app: Flask, people: People) -> None:
    for _ in range(30):
        from_elsewhere(app, people.coach, "203.0.113.9", 422, code="000000")
    assert try_with(app, people.coach).path == "/staff"


def test_spaces_and_capitals_are_no_other_account(app: Flask, people: People) -> None:
    for written in (f" {people.coach.email}", people.coach.email.upper()) * 5:
        try_with(app, people.coach, status=422, email=written, code="000000")
    try_with(app, people.coach, status=422).sees("There were too many tries.")


def test_guessing_from_everywhere_has_an_end_too(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.LIMITS, "staff", parse("15 per 15 minutes"))
    for n in range(15):
        from_elsewhere(app, people.coach, f"203.0.113.{n}", 422, code="000000")
    from_elsewhere(app, people.coach, "198.51.100.1", 422).sees("There were too many tries.")


def test_somebody_who_left_cannot_come_in_and_is_out_at_once(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        again(people.coach).active = False
    assert desk.open("/staff").path == "/staff/sign-in"
    try_with(app, people.coach, status=422).sees(WRONG)


def test_ten_idle_minutes_end_the_session(
    app: Flask, desk: Desk, clock_stopped: StoppedClock
) -> None:
    clock_stopped.later(minutes=9)
    assert desk.open("/staff").path == "/staff"
    clock_stopped.later(minutes=11)
    desk.open("/staff/people")
    assert desk.path == "/staff/sign-in"
    desk.sees("Your session ended")


def test_what_was_typed_too_late_is_shown_to_be_copied(
    app: Flask, people: People, desk: Desk, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    desk.open(f"/staff/appointments/{visit.id}/call-off").fill(why="The office is closed.")
    clock_stopped.later(minutes=11)
    desk.press("Call off and tell them", 400).sees("The office is closed.")
    desk.press("Open the page again")
    assert desk.path == "/staff/sign-in"
    desk.fill(email=people.coach.email, password=PASSWORD, code=code_of(app, people.coach))
    assert desk.press("Sign in").path == f"/staff/appointments/{visit.id}/call-off"


def test_a_button_pressed_too_late_leads_to_a_page_that_exists(
    app: Flask, people: People, desk: Desk, asks: Ask, clock_stopped: StoppedClock
) -> None:
    asks("cancel")
    desk.open("/staff")
    clock_stopped.later(minutes=11)
    desk.press("Open")
    assert desk.path == "/staff/sign-in"
    desk.fill(email=people.coach.email, password=PASSWORD, code=code_of(app, people.coach))
    assert desk.press("Sign in").path == "/staff"


def test_the_session_of_a_claimant_ends_when_staff_sign_in_on_the_same_browser(
    app: Flask, people: People
) -> None:
    desk = Desk(app)
    super(Desk, desk).sign_in(people.alex)
    desk.sign_in(people.coach)
    assert desk.open("/appointments").path == "/sign-in"
    with app.app_context():
        open_visits = db.session.scalars(sa.select(Visit).where(Visit.ended_at.is_(None))).all()
    assert [each.staff_id for each in open_visits] == [people.coach.id]


def test_a_signed_in_member_of_staff_need_not_sign_in_again(desk: Desk) -> None:
    assert desk.open("/staff/sign-in").path == "/staff"
