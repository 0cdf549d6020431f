"""Short notice, moments on odd nights, and what comes first."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.actors import Actor
from portal.appointments import actions, calendar, notice, office_actions, rules
from portal.appointments.bookings import read_moment
from portal.appointments.models import Answer, Appointment, How, Status
from portal.database import transaction
from portal.languages import speaking, when, when_in_text
from portal.record import log
from portal.refusals import Refusal
from tests.people import NOW, People, StoppedClock, actor, again, appointment

LONDON = ZoneInfo("Europe/London")
HOURS = timedelta(hours=1)
SECOND = timedelta(seconds=1)


# Notice (facts 2.2: what staff described, not law)


@pytest.mark.parametrize(
    ("ahead", "short"),
    [
        (48 * HOURS, False),
        (48 * HOURS - SECOND, True),
        (48 * HOURS + SECOND, False),
        (SECOND, True),
        (timedelta(days=30), False),
    ],
)
def test_less_than_48_hours_is_short_notice(
    app: Flask, people: People, ahead: timedelta, short: bool
) -> None:
    assert notice.is_short_notice(NOW, NOW + ahead) is short
    with app.app_context(), transaction():
        row = appointment(again(people.alex), NOW + ahead)
        offered: Any = log.event_of(log.entries_about(people.alex.id, row.id)[0])
        assert (offered.short_notice, offered.notice_hours) == (short, 48)


def test_notice_is_counted_in_hours_that_pass() -> None:
    """From Saturday 10:30 to Monday 10:30 are 47 hours when the clocks go forward, and 49 when
    they go back."""
    spring = datetime(2027, 3, 27, 10, 30, tzinfo=LONDON)
    autumn = datetime(2027, 10, 30, 10, 30, tzinfo=LONDON)
    assert notice.is_short_notice(spring.astimezone(UTC), _two_days_on(spring))
    assert not notice.is_short_notice(autumn.astimezone(UTC), _two_days_on(autumn))


def _two_days_on(moment: datetime) -> datetime:
    on_the_wall = moment.replace(tzinfo=None) + timedelta(days=2)
    return clock.from_wall_clock(on_the_wall)


def test_a_move_gives_notice_anew(app: Flask, people: People, clock_stopped: StoppedClock) -> None:
    with app.app_context(), transaction():
        row = appointment(again(people.alex), NOW + timedelta(days=9))
    clock_stopped.later(days=8)
    with app.app_context(), transaction():
        row = again(row)
        booking = rules.Booking(clock.now() + 47 * HOURS, row.how, row.purpose)
        office_actions.move(row, booking, by=Actor.system())
        moved: Any = log.event_of(log.entries_about(people.alex.id, row.id)[-1])
        assert moved.short_notice
        assert row.notice_given_at == clock.now()


# Odd nights and days. 28 March 2027: 01:00 becomes 02:00. 31 October 2027: 02:00 becomes 01:00.


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("2027-03-28T00:30", "2027-03-28T00:30"),
        ("2027-03-28T01:30", "2027-03-28T01:30"),  # there is none: the hour after, 02:30
        ("2027-03-28T02:30", "2027-03-28T01:30"),
        ("2027-10-31T00:30", "2027-10-30T23:30"),
        ("2027-10-31T01:30", "2027-10-31T00:30"),  # there are two: the first
        ("2027-10-31T01:30+00:00", "2027-10-31T01:30"),  # unless it says which
        ("2027-10-31T02:30", "2027-10-31T02:30"),
        ("2028-02-29T10:30", "2028-02-29T10:30"),
        ("2027-07-01T10:30", "2027-07-01T09:30"),
        ("2027-12-31T23:59", "2027-12-31T23:59"),
    ],
)
def test_times_on_the_wall_are_read_even_when_the_wall_is_odd(wall: str, utc: str) -> None:
    assert read_moment(wall) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@given(st.datetimes(NOW.replace(year=2020, tzinfo=None), NOW.replace(year=2040, tzinfo=None)))
def test_every_time_on_the_wall_is_some_moment(naive: datetime) -> None:
    moment = clock.from_wall_clock(naive)
    assert moment.tzinfo is UTC
    shown = clock.local(moment).replace(tzinfo=None)
    assert shown - naive in (timedelta(0), HOURS), "skipped times are the hour after"
    assert clock.from_wall_clock(shown) in (moment, moment - HOURS)


SHOWN = {
    "2027-03-28T00:59+00:00": ("Sunday 28 March 2027, 12:59am", "Sun 28 Mar 12:59am"),
    "2027-03-28T01:00+00:00": ("Sunday 28 March 2027, 2:00am", "Sun 28 Mar 2:00am"),
    "2027-10-31T00:30+00:00": ("Sunday 31 October 2027, 1:30am", "Sun 31 Oct 1:30am"),
    "2027-10-31T01:30+00:00": ("Sunday 31 October 2027, 1:30am", "Sun 31 Oct 1:30am"),
    "2028-02-29T12:00+00:00": ("Tuesday 29 February 2028, midday", "Tue 29 Feb midday"),
    "2027-06-30T23:30+00:00": ("Thursday 1 July 2027, 12:30am", "Thu 1 Jul 12:30am"),
}


@pytest.mark.parametrize("moment", SHOWN)
def test_moments_are_shown_as_the_wall_shows_them(app: Flask, moment: str) -> None:
    with app.app_context(), speaking("en"):
        at = datetime.fromisoformat(moment)
        assert (when(at), when_in_text(at)) == SHOWN[moment]


@pytest.mark.parametrize("moment", SHOWN)
def test_an_appointment_on_an_odd_night_goes_all_the_way(
    app: Flask, people: People, clock_stopped: StoppedClock, moment: str
) -> None:
    starts_at = datetime.fromisoformat(moment)
    clock_stopped.at(starts_at - timedelta(days=3))
    with app.app_context(), transaction():
        row = appointment(again(people.alex), starts_at)
    clock_stopped.at(starts_at - SECOND)
    with app.app_context(), transaction():
        actions.accept(again(row), by=actor(people.alex))
    with app.app_context():
        row = again(row)
        assert row.starts_at == starts_at
        assert starts_at.strftime("DTSTART:%Y%m%dT%H%M00Z").encode() in calendar.file_of(row)
    clock_stopped.at(starts_at)
    with app.app_context(), transaction(), pytest.raises(Refusal, match="started"):
        actions.ask_to_cancel(again(row), by=actor(people.alex))


# What comes first


def made(
    starts_in: int, answer: Answer = Answer.none, status: Status = Status.booked
) -> Appointment:
    return Appointment(starts_at=NOW + timedelta(hours=starts_in), answer=answer, status=status)


def test_what_waits_for_an_answer_comes_first_then_what_starts_first() -> None:
    accepted, waits_later = made(1, Answer.accepted), made(9)
    waits, off = made(5), made(2, status=Status.called_off)
    ordered = rules.most_urgent([accepted, waits_later, off, waits], NOW)
    assert ordered == [waits, waits_later, accepted, off]


def test_only_a_coming_booked_appointment_without_an_answer_waits() -> None:
    assert rules.waits_for_answer(made(1), NOW)
    for row in (made(0), made(-1), made(1, Answer.accepted), made(1, status=Status.called_off)):
        assert not rules.waits_for_answer(row, NOW)


# What the office may book


@pytest.mark.parametrize(
    ("booking", "code"),
    [
        ({"starts_at": NOW}, "past"),
        ({"starts_at": NOW - SECOND}, "past"),
        ({"purpose": "punishment"}, "purpose"),
        ({"purpose": "other"}, "purpose"),
        ({"purpose": "other", "purpose_note": "  "}, "purpose"),
        ({"how": How.phone}, "caller"),
        ({"how": How.phone, "caller_name": "Priya"}, "caller"),
        ({"how": How.video}, "video"),
    ],
)
def test_a_booking_nobody_could_understand_is_refused(booking: dict[str, Any], code: str) -> None:
    values = {"starts_at": NOW + HOURS, "how": How.in_person, "purpose": "support"} | booking
    with pytest.raises(Refusal) as refused:
        rules.check_booking(rules.Booking(**values), NOW)
    assert refused.value.code == code


@pytest.mark.parametrize("when_it_is", [NOW + SECOND, NOW + timedelta(days=3000)])
def test_a_booking_that_says_enough_is_fine(when_it_is: datetime) -> None:
    rules.check_booking(rules.Booking(when_it_is, How.in_person, "support"), NOW)
