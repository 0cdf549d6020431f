"""Words about danger that nobody reads: an alarm after a quarter of an hour of working hours."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from notifications import alarms, health
from portal import working_days
from portal.account import concern_actions, concern_queries
from portal.database import transaction
from tests.people import NOW, Desk, People, StoppedClock, actor, again


def raised(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        concern_actions.raise_concern(again(people.alex), "no food", by=actor(people.alex, "text"))


def from_a_stranger(app: Flask) -> None:
    with app.app_context(), transaction():
        concern_actions.raise_strangers_concern("+447700900777", "he hits me")


def read(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        for each in concern_queries.unread_concerns(people.office.id):
            concern_actions.read_concern(
                each,
                saw=concern_actions.shown(each),
                staff=again(people.coach),
                by=actor(people.coach),
            )


def late(app: Flask) -> int:
    with app.app_context():
        return len(concern_queries.overdue())


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line[:1] == "{"]
    return [line["level"] for line in lines if line["event"] == "unread words about danger"]


@pytest.mark.parametrize(
    ("at", "minutes", "overdue"),
    [
        (NOW, 14, False),
        (NOW, 15, True),
        # Ten minutes before closing: the rest is the next working day's.
        (NOW.replace(hour=16, minute=50), 60 * 15, False),
        (NOW.replace(hour=16, minute=50), 16 * 60 + 14, False),
        (NOW.replace(hour=16, minute=50), 16 * 60 + 15, True),
        # Friday night, Saturday and Sunday count for nothing.
        (datetime(2027, 2, 5, 18, 0, tzinfo=UTC), 62 * 60, False),
        (datetime(2027, 2, 5, 18, 0, tzinfo=UTC), 63 * 60 + 15, True),
    ],
)
def test_a_quarter_of_an_hour_of_working_hours(
    app: Flask, people: People, clock_stopped: StoppedClock, at: datetime, minutes: int,
    overdue: bool,
):  # fmt: skip
    clock_stopped.at(at)
    raised(app, people)
    clock_stopped.later(minutes=minutes)
    assert bool(late(app)) is overdue


def test_a_bank_holiday_counts_for_nothing_in_its_nation() -> None:
    since = datetime(2027, 3, 17, 9, 0, tzinfo=UTC)
    until = since + timedelta(hours=2)
    assert working_days.open_time(since, until, "northern_ireland") == timedelta()
    assert working_days.open_time(since, until, "england") == timedelta(hours=2)
    assert working_days.open_time(until, since, "england") == timedelta()


def test_it_is_sounded_exactly_once(
    app: Flask, people: People, clock_stopped: StoppedClock, capsys: pytest.CaptureFixture[str]
):
    raised(app, people)
    from_a_stranger(app)
    clock_stopped.later(minutes=16)
    with app.app_context():
        assert alarms.step() is True
        assert said(capsys) == ["error", "error"]
        assert alarms.step() is False
    clock_stopped.later(hours=3)
    with app.app_context():
        assert alarms.step() is False
    assert said(capsys) == []


def test_what_was_read_in_time_sounds_none(app: Flask, people: People, clock_stopped: StoppedClock):
    raised(app, people)
    clock_stopped.later(minutes=5)
    read(app, people)
    clock_stopped.later(hours=5)
    with app.app_context():
        assert alarms.step() is False


def test_ready_says_how_many(app: Flask, people: People, clock_stopped: StoppedClock):
    raised(app, people)
    from_a_stranger(app)
    with app.app_context():
        assert health.concerns() == {"unread": 2, "overdue": 0, "oldest_overdue_seconds": 0}
    clock_stopped.later(minutes=20)
    with app.app_context():
        found = health.concerns()
        assert found == {"unread": 2, "overdue": 2, "oldest_overdue_seconds": 20 * 60}


def test_it_stands_on_every_page_of_the_desk_until_it_is_read(
    app: Flask, people: People, clock_stopped: StoppedClock
):
    raised(app, people)
    desk = Desk(app).sign_in(people.coach)
    desk.open("/staff/people").does_not_see("has not been read")
    clock_stopped.later(minutes=16)
    desk = Desk(app).sign_in(people.coach)
    for page in ("/staff", "/staff/people", f"/staff/people/{people.alex.id}", "/staff/times"):
        desk.open(page).sees("1 text about danger has not been read", "Waiting 16 minutes")
    desk.follow("Read the oldest").sees("no food", "nothing that they text is carried out")
    desk.press("I have read this and look after them").does_not_see("has not been read")


def test_strangers_words_are_on_every_offices_desk(
    app: Flask, people: People, clock_stopped: StoppedClock
):
    from_a_stranger(app)
    clock_stopped.later(minutes=16)
    there = Desk(app).sign_in(people.other_coach)
    there.open("/staff").sees("Nobody we know: 07700 900777", "has not been read")
    there.follow("Read the oldest").sees("he hits me", "07700 900777")
    there.press("I have read this and look after them")
    Desk(app).sign_in(people.coach).open("/staff").does_not_see("Nobody we know")


def test_of_several_on_one_phone_each_office_sees_its_own(app: Flask, people: People):
    with app.app_context(), transaction():
        concern_actions.raise_concern(
            again(people.alex), "help", number="+447700900101", one_of=True,
            by=actor(people.alex, "text"),
        )  # fmt: skip
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("One of those who share this phone").press("Read")
    desk.sees("Several people share this phone", "07700 900101")
    Desk(app).sign_in(people.other_coach).open("/staff").does_not_see("Alex Morgan")
