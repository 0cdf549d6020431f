"""Reminders follow from time: each is due once, and said only while it is so."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import due, policy, reminders
from notifications.models import Notification, State
from notifications.policy import CALL, DAY_BEFORE, MORNING, OFFER_AGAIN, TELL, TWO_DAYS
from portal import clock
from portal.account import actions as account
from portal.account import number_actions
from portal.account.models import UndeliveredText, Way
from portal.appointments import actions, desk_actions, office_actions
from portal.appointments.bookings import booking_of
from portal.appointments.models import Appointment, How
from portal.database import db, transaction
from tests.notifications.sending import provider, rows
from tests.people import (
    SOON,
    Browser,
    Desk,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    appointment,
    work,
)

ALEX = "+447700900101"


def book(app: Flask, people: People, starts_at: datetime = SOON, **more: Any) -> Appointment:
    with app.app_context(), transaction():
        return appointment(again(people.alex), starts_at, **more)


def accept(app: Flask, people: People, visit: Appointment) -> None:
    with app.app_context(), transaction():
        actions.accept(again(visit), by=actor(people.alex, "text"))


def through(app: Flask, stopped: StoppedClock, until: datetime, **every: float) -> None:
    """Let time pass until a moment, from three days before it. The reminders come round again
    and again; the rest of the worker does when there is something for it to do."""
    step = timedelta(**(every or {"hours": 1}))
    work(app)
    if clock.now() < until - timedelta(days=3):
        stopped.at(until - timedelta(days=3))
    while clock.now() < until:
        stopped.at(min(until, clock.now() + step))
        with app.app_context():
            found = reminders.step()
        if found:
            work(app)
    work(app)


def reminded(app: Flask) -> list[tuple[str, datetime]]:
    """The kind and time of each reminder that went out."""
    with app.app_context():
        return [
            (row.kind, row.sent_at)
            for row in rows()
            if row.kind in policy.TEXTS and row.sent_at is not None
        ]


def tasks(app: Flask) -> list[tuple[str, datetime]]:
    """What staff have still to do about reminders."""
    with app.app_context():
        found = db.session.scalars(
            sa.select(UndeliveredText)
            .where(UndeliveredText.what.in_(policy.TASKS), UndeliveredText.settled_at.is_(None))
            .order_by(UndeliveredText.at)
        )
        return [(each.what, each.at) for each in found]


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


def test_a_call_is_no_longer_asked_for_once_the_person_answered(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    clock_stopped.at(SOON - timedelta(hours=20))
    work(app)
    assert [what for what, _ in tasks(app)] == [CALL]
    accept(app, people, visit)
    clock_stopped.later(minutes=2)
    work(app)
    assert tasks(app) == []
    # Taken back: somebody has to call after all.
    with app.app_context(), transaction():
        actions.withdraw(again(visit), by=actor(people.alex, "text"))
    clock_stopped.later(minutes=2)
    work(app)
    assert [what for what, _ in tasks(app)] == [CALL]


def test_a_call_that_was_made_is_not_asked_for_again(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    clock_stopped.at(SOON - timedelta(hours=20))
    work(app)
    with app.app_context(), transaction():
        desk_actions.record_contact(
            again(visit), staff=people.coach, way="call", reached=True, by=actor(people.coach)
        )
    clock_stopped.later(minutes=30)
    work(app)
    assert tasks(app) == []


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


@pytest.mark.parametrize(
    ("back", "kinds"),
    [(50, [TWO_DAYS, DAY_BEFORE, MORNING]), (26, [TWO_DAYS]), (20, [DAY_BEFORE]), (2, [MORNING])],
)
def test_after_a_standstill_only_what_still_makes_sense_goes_out(
    app: Flask, people: People, clock_stopped: StoppedClock, back: int, kinds: list[str]
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    work(app)
    clock_stopped.at(SOON - timedelta(hours=back))
    if back == 50:
        through(app, clock_stopped, SOON)
    else:
        work(app)
    assert [kind for kind, _ in reminded(app)] == kinds


def test_a_worker_that_was_down_until_half_an_hour_before_says_nothing(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    clock_stopped.at(SOON - timedelta(minutes=30))
    work(app)
    assert reminded(app) == []


@pytest.mark.parametrize("what", ["moved", "called off", "asked to cancel", "taken back"])
def test_what_changed_since_it_was_queued_is_not_sent(
    app: Flask, people: People, clock_stopped: StoppedClock, what: str
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    work(app)
    clock_stopped.at(SOON - timedelta(hours=24))
    with app.app_context():
        assert reminders.step()
        clock_stopped.later(seconds=30)
        with transaction():
            person, desk = actor(people.alex), actor(people.coach)
            match what:
                case "moved":
                    moved = booking_of(again(visit))
                    later = type(moved)(**{**vars(moved), "starts_at": SOON + timedelta(days=7)})
                    office_actions.move(again(visit), later, by=desk)
                case "called off":
                    office_actions.call_off(again(visit), why="", by=desk)
                case "asked to cancel":
                    actions.ask_to_cancel(again(visit), by=person)
                case "taken back":
                    actions.withdraw(again(visit), by=person)
    work(app)
    assert reminded(app) == []
    with app.app_context():
        dropped = [row for row in rows() if row.kind == DAY_BEFORE]
        assert [(row.state, row.error) for row in dropped] == [(State.dropped, "no-longer-true")]


def test_an_offer_answered_on_the_web_is_not_made_again(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    work(app)
    clock_stopped.at(SOON - timedelta(hours=48))
    with app.app_context():
        assert reminders.step()
    accept(app, people, visit)
    work(app)
    assert reminded(app) == []


def test_a_moved_appointment_is_reminded_of_at_its_new_time(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    clock_stopped.at(SOON - timedelta(hours=48))
    work(app)
    new = SOON + timedelta(days=5)
    with app.app_context(), transaction():
        moved = booking_of(again(visit))
        later = type(moved)(**{**vars(moved), "starts_at": new})
        office_actions.move(again(visit), later, by=actor(people.coach))
    accept(app, people, visit)
    work(app)
    clock_stopped.at(new - timedelta(hours=48))
    work(app)
    assert [at for kind, at in reminded(app) if kind == TWO_DAYS] == [
        SOON - timedelta(hours=48),
        new - timedelta(hours=48),
    ]


def test_reminders_keep_to_the_hours_and_to_the_persons_own(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    early = datetime(2027, 2, 10, 7, 15, tzinfo=UTC)
    visit = book(app, people, early)
    accept(app, people, visit)
    with app.app_context(), transaction():
        account.choose_quiet_times(
            again(people.alex), time(8, 0), time(12, 0), by=actor(people.alex)
        )
    through(app, clock_stopped, early, minutes=45)
    assert reminded(app) == [
        (TWO_DAYS, datetime(2027, 2, 8, 12, 30, tzinfo=UTC)),
        (DAY_BEFORE, datetime(2027, 2, 9, 12, 30, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("starts", "eight"),
    [
        # The clocks go forward on Sunday 28 March, and back on Sunday 31 October 2027.
        (datetime(2027, 3, 29, 8, 30, tzinfo=UTC), datetime(2027, 3, 29, 7, 0, tzinfo=UTC)),
        (datetime(2027, 11, 1, 9, 30, tzinfo=UTC), datetime(2027, 11, 1, 8, 0, tzinfo=UTC)),
    ],
)
def test_over_a_change_of_the_clocks_the_morning_begins_at_eight(
    app: Flask, people: People, clock_stopped: StoppedClock, starts: datetime, eight: datetime
) -> None:
    clock_stopped.at(starts - timedelta(days=6))
    with app.app_context(), transaction():
        # Half a year has passed since the number was given.
        number_actions.heard_from(again(people.alex))
    visit = book(app, people, starts)
    accept(app, people, visit)
    through(app, clock_stopped, starts, minutes=30)
    assert reminded(app)[-1] == (MORNING, eight)
    assert [kind for kind, _ in reminded(app)] == [TWO_DAYS, DAY_BEFORE, MORNING]


def test_on_bank_holidays_reminders_go_out_but_the_call_comes_before_them(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    tuesday = datetime(2027, 3, 30, 13, 0, tzinfo=UTC)  # Two in the afternoon, after Easter.
    clock_stopped.at(datetime(2027, 3, 22, 9, 0, tzinfo=UTC))
    visit = book(app, people, tuesday)
    accept(app, people, visit)
    with app.app_context(), transaction():
        appointment(again(people.stranger), tuesday)
    through(app, clock_stopped, datetime(2027, 3, 25, 12, 0, tzinfo=UTC))
    assert tasks(app) == [(CALL, datetime(2027, 3, 25, 9, 0, tzinfo=UTC))]
    through(app, clock_stopped, tuesday - timedelta(hours=5))
    easter_sunday, easter_monday = (tuesday - timedelta(days=days) for days in (2, 1))
    # The first two go out at one moment, to two people.
    assert sorted(reminded(app)) == sorted(
        [(TWO_DAYS, easter_sunday), (OFFER_AGAIN, easter_sunday), (DAY_BEFORE, easter_monday)]
    )


@pytest.mark.parametrize(
    ("way", "number", "first"),
    [
        (Way.letter, ALEX, datetime(2027, 2, 5, 9, 0, tzinfo=UTC)),
        (Way.call, ALEX, datetime(2027, 2, 9, 9, 0, tzinfo=UTC)),
        (Way.letter, None, datetime(2027, 2, 5, 9, 0, tzinfo=UTC)),
    ],
)
def test_whoever_wants_no_texts_or_has_no_number_is_reminded_by_staff(
    app: Flask,
    people: People,
    clock_stopped: StoppedClock,
    way: Way,
    number: str | None,
    first: datetime,
) -> None:
    visit = book(app, people)
    with app.app_context(), transaction():
        alex = again(people.alex)
        account.set_number(alex, number, by=actor(people.coach))
        alex.way = way
        actions.accept(again(visit), by=actor(alex))
    through(app, clock_stopped, first - timedelta(minutes=30))
    with app.app_context(), transaction():
        account.settle_undelivered_texts(people.alex.id)
    clock_stopped.at(first)
    work(app)
    assert tasks(app) == [(TELL, first)]
    through(app, clock_stopped, SOON - timedelta(hours=1))
    assert tasks(app) == [(TELL, first)]
    assert reminded(app) == []


@pytest.mark.parametrize("what", ["stopped", "suspended"])
def test_whoever_cannot_be_texted_and_has_not_answered_is_called(
    app: Flask, people: People, clock_stopped: StoppedClock, what: str
) -> None:
    book(app, people)
    work(app)
    with app.app_context(), transaction():
        alex = again(people.alex)
        if what == "stopped":
            account.stop_texts(alex, by=actor(alex, "text"))
        else:
            alex.number_suspended_at = clock.now()
    through(app, clock_stopped, SOON - timedelta(hours=22), minutes=30)
    assert tasks(app) == [(CALL, datetime(2027, 2, 9, 9, 0, tzinfo=UTC))]
    assert reminded(app) == []


def test_nobody_is_reminded_in_the_middle_of_a_question(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    visit = book(app, people)
    accept(app, people, visit)
    work(app)
    clock_stopped.at(SOON - timedelta(hours=24, minutes=5))
    phone = Phone(app, ALEX).texts("2")
    echo = phone.received[-1]
    clock_stopped.later(minutes=10)
    assert phone.received[-1] == echo
    clock_stopped.later(minutes=30)
    work(app)
    assert [kind for kind, _ in reminded(app)] == [TWO_DAYS, DAY_BEFORE] or [
        kind for kind, _ in reminded(app)
    ] == [DAY_BEFORE]


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


def test_staff_see_whom_to_call_and_whom_to_remind(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    book(app, people)
    with app.app_context(), transaction():
        robin = again(people.stranger)
        robin.way = Way.call
        actions.accept(appointment(robin), by=actor(robin))
    work(app)
    with app.app_context(), transaction():
        account.settle_undelivered_texts(people.stranger.id)
    clock_stopped.at(SOON - timedelta(hours=24))
    work(app)
    desk = Desk(app).sign_in(people.coach)
    desk.open("/staff").sees(
        "Please call: no answer yet about Wednesday 10 February 2027, 10:30am",
        "Please remind them of Wednesday 10 February 2027, 10:30am: they get no texts",
    )
    desk.follow("Alex Morgan").sees("Please talk to them about a coming appointment.")


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
