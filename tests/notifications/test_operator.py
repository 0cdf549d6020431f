"""What managers see of texts and their cost, and what everybody at the desk sees of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from notifications import kinds, prices, tallies, traffic, worker
from notifications.gateways.choice import NAMES
from notifications.models import State
from notifications.texts import WORDINGS
from portal import clock
from portal.account.rules import MANAGERS
from portal.database import transaction
from tests.notifications.sending import put, rows, using
from tests.notifications.test_spend import limited, used
from tests.people import NOW, Desk, People, StoppedClock, again, appointment, staff, work


@pytest.fixture
def manager(app: Flask, people: People) -> Desk:
    with app.app_context(), transaction():
        mo = staff(again(people.office), "Mo Hill", role="manager")
    return Desk(app).sign_in(mo)


def handed_over(app: Flask, days_ago: int = 0, **facts: object) -> None:
    """A text that went out some days ago."""
    values = {"language": "en", "kind": "appointments.offer", "gateway": "twilio", "segments": 1}
    values |= facts  # type: ignore[arg-type]
    gateway, parts = values.pop("gateway"), values.pop("segments")
    with app.app_context():
        found = put(**values)
        with transaction():
            row = next(each for each in rows() if each.id == found)
            at = clock.now() - timedelta(days=days_ago)
            row.state, row.sent_at, row.settled_at = State.delivered, at, at
            row.gateway, row.segments = gateway, parts  # type: ignore[assignment]


def test_only_managers_may_see_it(app: Flask, people: People, manager: Desk) -> None:
    coach = Desk(app).sign_in(people.coach)
    coach.open("/staff/texts", 404)
    coach.open("/staff").does_not_see("Texts and costs", "See all texts")
    manager.open("/staff").sees("See all texts and what they cost")
    links = [link.get("href") for link in manager.page.all("a")]
    assert links.count("/staff/texts") == 2, "in the navigation, and under today's figures"
    manager.open("/staff/texts").sees("No texts were sent.")
    with app.app_context(), transaction():
        again(people.coach).role = "operator"
    coach.open("/staff/texts")
    assert "work coach" not in MANAGERS


def test_texts_parts_and_cost_by_kind_language_provider_and_day(app: Flask, manager: Desk) -> None:
    handed_over(app, kind="appointments.offer")
    handed_over(app, kind="appointments.reminder_morning", language="ar", segments=2)
    handed_over(app, 1, kind="conversation.reply", language="ar", segments=3)
    manager.open("/staff/texts")
    manager.sees("3 texts", "6 parts", "About £0.24")
    manager.sees("News from the office 1 text 1 part About £0.04")
    manager.sees("Reminders, alone or in a list 1 text 2 parts About £0.08")
    manager.sees("Replies while people text with us 1 text 3 parts About £0.12")
    manager.sees("العربية 2 texts 5 parts About £0.20", "English 1 text 1 part")
    manager.sees("Monday 1 February 2027 2 texts 3 parts", "Sunday 31 January 2027 1 text 3 parts")
    manager.sees("twilio 3 texts 6 parts")
    manager.sees("twilio: about 4 pence a part. This is an estimate, last checked on")
    assert "<script" not in manager.response.text


def test_the_last_thirty_days_count_and_no_others(app: Flask, manager: Desk) -> None:
    handed_over(app, 29)
    handed_over(app, 30)
    put_back = manager.open("/staff/texts")
    put_back.sees("All together 1 text 1 part")


def test_a_day_is_a_day_of_the_wall_clock(app: Flask, clock_stopped: StoppedClock) -> None:
    summer = clock.start_of_day(date(2027, 7, 10))
    for minutes in (-1, 1):
        clock_stopped.at(summer + timedelta(minutes=minutes))
        handed_over(app)
    with app.app_context():
        assert [(s.day.day, s.texts) for s in traffic.sent()] == [(10, 1), (9, 1)]


def test_what_was_never_handed_over_costs_nothing(app: Flask, manager: Desk) -> None:
    with app.app_context():
        put(not_after=clock.now() - timedelta(minutes=1))
        put(not_before=clock.now() + timedelta(hours=1))
    work(app)
    manager.open("/staff/texts").sees("No texts were sent.")


def test_a_setting_names_the_price(app: Flask, manager: Desk, people: People) -> None:
    dear = replace(app.extensions["settings"], sms_pence_per_part=Decimal("3.25"))
    with using(app, settings=dear):
        handed_over(app, segments=1000)
        manager.open("/staff/texts").sees("£32.50", "from the settings of this service")
        manager.does_not_see("About £")


def test_a_provider_without_a_price_is_not_free(app: Flask, manager: Desk) -> None:
    handed_over(app, gateway="pigeon")
    manager.open("/staff/texts").sees("pigeon 1 text 1 part Not known")


def test_every_provider_has_a_dated_price_with_its_source() -> None:
    for name in NAMES:
        found = prices.in_force(name, NOW.date())
        assert found is not None, name
        assert len(found.source) > 20
        assert found.checked is not None
        assert found.estimate or not found.pence, "a figure that is nobody's bill is an estimate"


def test_the_price_of_a_day_is_the_one_in_force_then(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (
        prices.Price("x", date(2027, month, 1), Decimal(month), estimate=True) for month in (1, 3)
    )
    monkeypatch.setattr(prices, "prices", lambda: (old, new))
    assert prices.in_force("x", date(2026, 12, 31)) is None
    assert prices.in_force("x", date(2027, 2, 28)) is old
    assert prices.in_force("x", date(2027, 3, 1)) is new


def test_every_kind_of_text_is_counted_under_a_name() -> None:
    found = {kind: kinds.group_of(kind) for kind in WORDINGS}
    assert set(found.values()) <= set(kinds.NAMES)
    assert [kind for kind, group in found.items() if group == "other"] == []
    assert found["account.code"] == "codes"
    assert found["account.concern"] == "safety"
    assert found["appointments.moved"] == "office"
    assert found["appointments.accepted"] == "receipts"


def test_the_desk_says_how_the_texts_of_today_are_doing(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        appointment(again(people.alex))
    work(app)
    with app.app_context():
        put(not_before=clock.now() + timedelta(hours=3))
        put("+447700900777")
        lost = put("+447700900778")
        with transaction():
            row = next(each for each in rows() if each.id == lost)
            row.state, row.settled_at = State.undelivered, clock.now()
    clock_stopped.later(minutes=5)
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Texts today", "Sent 1", "Waiting to be sent now 1", "Waiting 5 minutes")
    desk.sees("Waiting for a later hour 1", "Not delivered 1")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [(79, ""), (80, "near the limit"), (100, "at the limit for today.")],
)
def test_the_desk_and_the_page_say_when_the_limit_is_near(
    app: Flask, people: People, manager: Desk, parts: int, sentence: str
) -> None:
    used(app, parts, clock.now())
    with limited(app, 100):
        for path in ("/staff", "/staff/texts"):
            manager.open(path).sees(sentence)
            assert ("the limit for today" in manager.text) is bool(sentence)
        manager.sees(f"Parts used today: {parts} of 100, which is {parts}%.")
    manager.open("/staff/texts").sees("There is no daily limit.")


def test_the_page_counts_calls_that_nobody_can_return(
    app: Flask, manager: Desk, clock_stopped: StoppedClock
) -> None:
    said = "Calls from hidden numbers, which nobody can call back: "
    manager.open("/staff/texts").sees(f"{said}0.")
    with app.app_context(), transaction():
        tallies.count(tallies.CALLS_WITHHELD)
        tallies.count("something else")
    for days, times in ((0, 1), (29, 1), (30, 0)):
        with app.app_context(), clock.frozen(NOW + timedelta(days=days)):
            assert tallies.in_last(30, tallies.CALLS_WITHHELD) == times
    manager.open("/staff/texts").sees(f"{said}1.")


def test_ready_tells_how_the_day_is_going_and_is_not_bad_for_it(app: Flask, people: People) -> None:
    used(app, 100, clock.now())
    with app.app_context():
        put(not_before=clock.now())
        worker.beat()
    with limited(app, 100):
        answer = app.test_client().get("/health/ready")
    assert answer.status_code == 200
    checks = answer.json["checks"]
    assert checks["daily_limit"] == {
        "ok": True,
        "level": "reached",
        "parts_today": 100,
        "limit": 100,
        "percent": 100,
    }
    assert checks["texts"] == {
        "ok": True,
        "sent_today": 1,
        "not_delivered_today": 0,
    }
    assert checks["queue"] == {
        "ok": True,
        "waiting": 1,
        "oldest_seconds": 0,
        "waiting_for_later": 0,
    }
