"""How long things are kept: what the privacy page says, and no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications.models import InboundText, LocalText, Notification
from portal import clock
from portal.account import actions as account
from portal.account import concern_actions, concern_queries, phone_actions, sign_in_actions
from portal.account.models import (
    Claimant,
    CodeAttempt,
    Concern,
    NumberChange,
    TypedText,
    UnknownCall,
    Visit,
)
from portal.api import actions as partners
from portal.api import sources
from portal.api.models import GivenAnswer, Said
from portal.appointments import actions
from portal.appointments.models import Appointment, Request
from portal.database import Base, db, transaction
from portal.record import log, retention
from portal.record.models import Details, Entry
from tests.people import People, Phone, StoppedClock, actor, again, appointment, work


def count(app: Flask, table: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_short_lived_things_go_after_a_day(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        alex = again(people.alex)
        sign_in_actions.keep_typed_text(alex.id, "/settings", {"note": ["half a sentence"]})
        sign_in_actions.ask_for_code("+447700900101", by=actor(alex, "nobody"))
        account.ask_to_change_number(alex, "+447700900155", by=actor(alex))
    clock_stopped.later(hours=23, minutes=59)
    work(app)
    tables = (TypedText, CodeAttempt, NumberChange)
    assert [count(app, table) for table in tables] == [1, 1, 1]
    clock_stopped.later(minutes=10)
    work(app)
    assert [count(app, table) for table in tables] == [0, 0, 0]


def test_ended_visits_go_after_thirty_days_and_live_ones_stay(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        sign_in_actions.begin_visit(claimant=again(people.alex))
        sign_in_actions.begin_visit(staff=again(people.coach))
    clock_stopped.later(days=29)
    with app.app_context(), transaction():
        sign_in_actions.begin_visit(claimant=again(people.alex))
    work(app)
    assert count(app, Visit) == 3
    clock_stopped.later(days=1, minutes=10)
    work(app)
    assert count(app, Visit) == 1


def test_the_words_of_texts_go_after_four_weeks_and_the_rows_stay(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        appointment(again(people.alex))
    Phone(app, "+447700900101").texts("1")
    tables = (Notification, InboundText, LocalText)
    before = [count(app, table) for table in tables]
    clock_stopped.later(weeks=4)
    work(app)
    with app.app_context():
        assert all(db.session.scalars(sa.select(Notification.body)))
        assert db.session.scalars(sa.select(InboundText.body)).all() == ["1"]
    clock_stopped.later(minutes=10)
    work(app)
    assert [count(app, table) for table in tables] == before
    with app.app_context():
        for words in (Notification.body, InboundText.body, LocalText.body):
            assert set(db.session.scalars(sa.select(words))) == {""}
        assert all(db.session.scalars(sa.select(Notification.sent_at)))
        assert log.verify(people.alex.id) == []


def test_answers_to_programs_go_after_two_days_though_nobody_comes_again(
    app: Flask, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        key, _secret = partners.make_key(name="Diary", source="diary", office=None)
        assert partners.claim(key, "one", "print")
    clock_stopped.later(hours=47)
    work(app)
    assert count(app, GivenAnswer) == 1
    clock_stopped.later(hours=1, minutes=10)
    work(app)
    assert count(app, GivenAnswer) == 0


def test_what_strangers_wrote_goes_four_weeks_after_somebody_dealt_with_it(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    stranger = "+447700900777"
    with app.app_context(), transaction():
        concern_actions.raise_strangers_concern(stranger, "he hits me")
        phone_actions.ask_for_unknown_call(stranger)
    clock_stopped.later(weeks=9)
    work(app)
    assert (count(app, Concern), count(app, UnknownCall)) == (1, 1)
    with app.app_context(), transaction():
        coach = again(people.coach)
        (concern,) = concern_queries.unread_strangers_concerns(stranger)
        saw = concern_actions.shown(concern)
        concern_actions.read_concern(concern, saw=saw, staff=coach, by=actor(people.coach))
        (call,) = concern_queries.unknown_calls(people.office.id)
        phone_actions.settle_unknown_call(call, staff=coach)
    clock_stopped.later(weeks=4)
    work(app)
    assert (count(app, Concern), count(app, UnknownCall)) == (1, 1)
    clock_stopped.later(minutes=10)
    work(app)
    assert (count(app, Concern), count(app, UnknownCall)) == (0, 0)


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        (datetime(2028, 2, 29, 9, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2027, 7, 31, 9, tzinfo=UTC), datetime(2025, 7, 30, 23, tzinfo=UTC)),
        (datetime(2027, 1, 1, 0, 30, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)),
    ],
)
def test_twenty_four_months_are_counted_by_the_calendar(moment: datetime, start: datetime) -> None:
    assert retention.months_before(moment, 24) == start


def silent_for_two_years(app: Flask, people: People, clock_stopped: StoppedClock) -> None:
    """Alex answered once and was never heard of again; the stranger signed in a year later."""
    with app.app_context(), transaction():
        alex, number = again(people.alex), "+447700900101"
        concern_actions.raise_concern(alex, "no food", number=number, by=actor(alex))
        visit = appointment(alex, purpose_note="About her health", with_name="Priya")
        columns = sources.columns_of(visit)
        db.session.add(Said(appointment_id=visit.id, columns=columns))
        actions.ask_to_cancel(visit, reason="ill", note="I am in bed", by=actor(people.alex))
    Phone(app, "+447700900101").texts("HELP")
    clock_stopped.later(days=366)
    with app.app_context(), transaction():
        sign_in_actions.record_sign_in(again(people.stranger), "code", by=actor(people.stranger))
    clock_stopped.later(days=366)


def test_old_records_lose_their_details_and_still_verify(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    silent_for_two_years(app, people, clock_stopped)
    entries, details = count(app, Entry), count(app, Details)
    run = app.test_cli_runner().invoke
    assert (
        f"record {people.alex.id} would be erased"
        in run(args=["record", "erase-old", "--dry-run"]).output
    )
    assert count(app, Details) == details
    said = run(args=["record", "erase-old"]).output
    assert "1 records were erased." in said
    assert str(people.stranger.id) not in said
    assert count(app, Entry) == entries
    with app.app_context():
        assert log.verify(people.alex.id) == [] == log.verify(people.stranger.id)
        assert {entry.details for entry in log.entries(people.alex.id)} == {None}
        assert all(entry.details for entry in log.entries(people.stranger.id))
        gone = db.session.get_one(Claimant, people.alex.id)
        assert (gone.full_name, gone.mobile) == ("", None)
        visit = db.session.scalars(sa.select(Appointment)).one()
        assert (visit.purpose_note, visit.with_name) == ("", "")
        assert db.session.scalars(sa.select(Said)).all() == []
        concern = db.session.scalars(sa.select(Concern)).one()
        assert (concern.words, concern.number) == ("", "")
        request = db.session.scalars(sa.select(Request)).one()
        assert (request.reason, request.note) == ("", "")
        assert set(db.session.scalars(sa.select(Notification.to_number))) <= {""}
        assert set(db.session.scalars(sa.select(InboundText.from_number))) == {""}
    assert "0 records were erased." in run(args=["record", "erase-old"]).output


def test_somebody_heard_of_within_two_years_is_kept(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(clock.now() + timedelta(days=729))
    with app.app_context():
        assert retention.old_records() == []
