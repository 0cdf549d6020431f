"""Times an office offers: whoever needs another time can take one without asking."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.appointments import actions, slot_actions
from portal.appointments.models import Appointment, How, Slot
from portal.clock import local
from portal.database import db, transaction
from tests.people import Desk, People, actor, again, overtaken, slot

WHEN = {"day": ["4", "2", "2027"], "time": "10:30", "minutes": "15", "count": "3"}


def offer(desk: Desk, status: int = 200, **values: Any) -> Desk:
    fields = WHEN | {"how": "in_person", "coach": ""} | values
    return desk.open("/staff/times").post("/staff/times", status, **fields)


def offered(app: Flask) -> list[str]:
    with app.app_context():
        found = db.session.scalars(sa.select(Slot).order_by(Slot.starts_at)).all()
    return [local(each.starts_at).strftime("%d %H:%M") for each in found]


def test_times_follow_one_after_the_other(app: Flask, people: People, desk: Desk) -> None:
    desk.open("/staff/times").sees("You offer no times now.")
    desk.fill(**WHEN).choose("By phone").press("Offer these times")
    assert offered(app) == ["04 10:30", "04 10:45", "04 11:00"]
    desk.sees("Thursday 4 February 2027, 10:45am", "By phone", "15 minutes", "Priya Shah")
    with app.app_context():
        first = db.session.scalars(sa.select(Slot).order_by(Slot.starts_at)).first()
        assert first is not None
        assert (first.how, first.coach_id, first.office_id) == (
            How.phone,
            people.coach.id,
            people.office.id,
        )


def test_pressing_twice_offers_once(app: Flask, desk: Desk) -> None:
    desk.open("/staff/times").fill(**WHEN).choose("In person").press("Offer these times").again()
    assert len(offered(app)) == 3


def test_pressing_twice_at_once_offers_once(app: Flask, people: People, desk: Desk) -> None:
    desk.open("/staff/times").fill(**WHEN).choose("In person")
    first = uuid5(UUID(desk.value("_once")), "0")
    moment = datetime(2027, 2, 4, 10, 30, tzinfo=UTC)

    def press_first() -> None:
        slot_actions.offer_slot(people.office.id, moment, How.in_person, 15, None, first)

    assert (
        overtaken(app, press_first, lambda: desk.press("Offer these times")).path == "/staff/times"
    )
    assert offered(app)[0] == "04 10:30"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"day": ["31", "1", "2027"]}, "Choose a time that has not passed yet."),
        ({"day": ["", "", ""]}, "Write the day as three numbers, like 3 2 2027."),
        ({"time": "3"}, "Write am or pm too, like 2:30pm, or use the 24-hour clock."),
        ({"time": ""}, "Write the first time."),
        ({"count": "21"}, "Write a number from 1 to 20."),
        ({"count": "-1"}, "Write a number from 1 to 20."),
        ({"minutes": "0"}, "Write a number from 1 to 480."),
        ({"minutes": "9" * 5000}, "Write a number from 1 to 480."),
        ({"how": ""}, "Choose how you meet."),
        ({"coach": "nobody"}, "Choose one of the answers."),
    ],
)
def test_bad_times_are_not_offered(
    app: Flask, desk: Desk, values: dict[str, Any], said: str
) -> None:
    offer(desk, 422, **values).sees(said)
    assert offered(app) == []


def test_a_time_is_taken_back(app: Flask, desk: Desk) -> None:
    offer(desk, count="1").press("Take back")
    assert offered(app) == []
    desk.sees("You offer no times now.").again(404)


def test_a_time_that_was_taken_stays(
    app: Flask, people: People, desk: Desk, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        free = slot(again(people.office), visit.starts_at.replace(day=12))
    desk.open("/staff/times")
    with app.app_context(), transaction():
        actions.pick_time(again(visit), again(free), by=actor(people.alex))
    desk.press("Take back", 409).sees("Somebody took this time a moment ago.")
    desk.press("Look again").sees("Taken")
    assert "Take back" not in desk.buttons()
