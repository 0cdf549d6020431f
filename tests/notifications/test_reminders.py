"""Reminders follow from time: each is due once, and said only while it is so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import due, policy, reminders
from notifications.models import Notification
from notifications.policy import CALL, DAY_BEFORE, MORNING, OFFER_AGAIN, TWO_DAYS
from portal import clock
from portal.appointments import actions
from portal.appointments.models import Appointment, How
from portal.database import db, transaction
from tests.notifications.reminding import ALEX, accept, book, reminded, tasks, through
from tests.notifications.sending import provider, rows
from tests.people import (
    SOON,
    Browser,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    appointment,
    work,
)


def test_accepted_gets_three_reminders_each_once(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    through(app, clock_stopped, SOON + timedelta(hours=1), minutes=30)
    assert reminded(app) == [
        (TWO_DAYS, SOON - timedelta(hours=48)),
        (DAY_BEFORE, SOON - timedelta(hours=24)),
        (MORNING, SOON.replace(hour=8, minute=0)),
    ]
    assert tasks(app) == []


def test_unanswered_is_offered_again_and_then_called(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    book(app, people)
    through(app, clock_stopped, SOON - timedelta(hours=2), minutes=30)
    assert reminded(app) == [
        (OFFER_AGAIN, SOON - timedelta(hours=48)),
        (MORNING, SOON.replace(hour=8, minute=0)),
    ]
    assert tasks(app) == [(CALL, datetime(2027, 2, 9, 9, 0, tzinfo=UTC))]
    # Once it has begun, nobody needs to call about it any more.
    clock_stopped.at(SOON + timedelta(minutes=1))
    work(app)
    assert tasks(app) == []


@pytest.mark.parametrize(("digit", "answer"), [("1", "accepted"), ("3", "asked_for_phone_call")])
def test_a_digit_answers_the_second_offer(
    app: Flask, people: People, clock_stopped: StoppedClock, digit: str, answer: str
) -> None:
    visit = book(app, people)
    clock_stopped.at(SOON - timedelta(hours=47))
    phone = Phone(app, ALEX)
    assert phone.received[-1].startswith("Jobcentre: does Wed 10 Feb 10:30am, Leeds suit you?")
    phone.texts(digit)
    with app.app_context():
        assert again(visit).answer == answer


def test_a_digit_after_a_reminder_means_that_appointment(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    clock_stopped.at(SOON - timedelta(hours=24))
    phone = Phone(app, ALEX)
    assert phone.received[-1].startswith("Reminder: Jobcentre, Wed 10 Feb 10:30am, Leeds.")
    phone.texts("3")
    with app.app_context():
        assert again(visit).answer == "asked_for_phone_call"
        # Not cancelled by one text: the second step is asked for.
    phone.texts("2")
    with app.app_context():
        assert again(visit).answer == "asked_for_phone_call"


def test_a_request_nobody_answered_is_said_to_stand(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    with app.app_context(), transaction():
        actions.ask_to_cancel(again(visit), by=actor(people.alex))
    through(app, clock_stopped, SOON, minutes=30)
    assert [kind for kind, _ in reminded(app)] == [policy.STILL_STANDS]
    text = Phone(app, ALEX).received[-1]
    assert "still stands" in text
    assert "0113 496 0100" in text


def test_a_call_is_reminded_of_as_a_call(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people, how=How.phone)
    accept(app, people, visit)
    clock_stopped.at(SOON - timedelta(hours=24))
    text = Phone(app, ALEX).received[-1]
    assert text.startswith("Reminder: the Jobcentre calls you on Wed 10 Feb 10:30am")
    assert "0113 496 0111" in text
    assert "3 phone" not in text


def test_nothing_is_queued_ahead_of_its_time(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    clock_stopped.at(SOON - timedelta(hours=48, minutes=1))
    work(app)
    with app.app_context():
        assert not [row for row in rows() if row.kind in policy.TEXTS]


def test_two_workers_at_once_remind_once(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    clock_stopped.at(SOON - timedelta(hours=24))
    with app.app_context():
        found = list(due.due_now())
        assert found == [(visit.id, DAY_BEFORE)]
        assert reminders._take(*found[0])
        assert not reminders._take(*found[0])
        count = db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Notification)
            .where(Notification.kind == DAY_BEFORE)
        )
        assert count == 1


def test_one_that_cannot_be_worded_does_not_stop_the_others(
    app: Flask, people: People, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    with app.app_context(), transaction():
        other = appointment(again(people.stranger), SOON)
        actions.accept(other, by=actor(people.stranger))
    real = reminders._queue

    def broken(found: Appointment, *more: object) -> bool:
        if found.id == visit.id:
            raise KeyError
        return real(found, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(reminders, "_queue", broken)
    clock_stopped.at(SOON - timedelta(hours=24))
    with app.app_context(), provider(app) as planned:
        work(app)
        assert {number for number, text, _ in planned.handed if "Reminder" in text} == {
            people.stranger.mobile
        }


def test_the_morning_text_is_turned_off_by_text_and_on_the_web(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    phone = Phone(app, ALEX).texts("SETTINGS").texts("3")
    assert phone.received[-1].startswith("You will get no text on the morning of an appointment.")
    browser = Browser(app).sign_in(people.alex).open("/settings")
    assert not browser.value("morning_text")
    through(app, clock_stopped, SOON)
    assert [kind for kind, _ in reminded(app)] == [TWO_DAYS, DAY_BEFORE]
    browser = Browser(app).sign_in(people.alex).open("/settings")
    browser.choose("Text me on the morning of an appointment").press("Save")
    with app.app_context():
        assert again(people.alex).morning_text


def test_the_day_is_looked_through_once_a_minute(
    app: Flask, people: People, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[datetime] = []

    def look() -> list[tuple[UUID, str]]:
        looked.append(clock.now())
        return []

    monkeypatch.setattr(due, "due_now", look)
    for _ in range(5):
        with app.app_context():
            reminders.step()
        clock_stopped.later(seconds=30)
    assert len(looked) == 3
