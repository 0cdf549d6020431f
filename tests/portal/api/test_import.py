"""Appointments from a file, through the command that an office runs every night."""

from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.account.queries import claimant_by_reference
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, busy_actions, office_actions
from portal.appointments.busy_actions import Busy
from portal.appointments.models import Answer, How, Slot
from portal.appointments.queries import from_source
from portal.database import db, transaction
from portal.record import log
from tests.portal.api.files import DESK, ROW, appointment, counts, everything, load, row
from tests.portal.api.partners import NOW

pytestmark = pytest.mark.usefixtures("office")


def test_good_rows_are_booked_and_bad_ones_named(app: Flask) -> None:
    result = load(
        app,
        row(),
        row(external_reference="A-2", claimant_reference="LDS-2", starts_at="soon", how="owl"),
        row(external_reference="A-3", claimant_reference="LDS-404"),
        row(external_reference="", with_name="x" * 10_000),
        row(external_reference="A-5", claimant_reference="LDS-2", starts_at="2026-12-01T10:00"),
        row(external_reference="A-6", claimant_reference="LDS-2"),
    )
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "line 3: starts_at: Write the date and time like 2027-02-03T10:30. | "
        "how: Write one of these: in_person, phone, video.",
        "line 4: claimant_reference: Nobody has this reference. "
        "To register a new person, give full_name and office too.",
        "line 5: with_name: Use at most 200 characters here. There are 10000.",
        "line 6: starts_at: Choose a time that has not passed yet.",
        "read 6, booked 2, moved 0, corrected 0, unchanged 0, bad 4.",
    ]
    found = appointment(app)
    assert found.starts_at == datetime(2027, 2, 3, 10, 30, tzinfo=UTC)
    assert found.bring == ["photo_id", "cv"]
    with app.app_context():
        entry = log.entries(found.claimant_id)[0]
        assert (entry.kind, entry.actor_kind, entry.actor_id, entry.channel) == (
            "appointments.offered",
            "partner",
            None,
            "file",
        )


def test_a_time_at_which_they_can_never_come_is_taken_and_named(app: Flask) -> None:
    with app.app_context(), transaction():
        amina = claimant_by_reference("LDS-1")
        by = Actor(Kind.claimant, amina.id, Channel.web, Assurance.signed_in)
        busy_actions.say_busy_times(amina, [Busy(2, time(9), time(11))], by=by)
    rows = row(), row(external_reference="A-2", starts_at="2027-02-03T11:00")
    for dry_run in ("--dry-run",), ():
        result = load(app, *rows, options=dry_run)
        assert result.exit_code == 0
        (said,) = (line for line in result.stdout.splitlines() if line.startswith("line "))
        assert said.startswith("line 2: booked. The person said that they cannot come")
    assert load(app, *rows).stdout.startswith("read 2, ")
    moved = load(app, row(), row(external_reference="A-2", starts_at="2027-02-10T10:59"))
    assert moved.stdout.startswith("line 3: moved. The person said that they cannot come")


def test_the_same_file_twice_changes_nothing(app: Flask) -> None:
    new = row(claimant_reference="LDS-9", full_name="Lin", mobile="07700900009", office="LDS")
    rows = (new, row(external_reference="A-2"))
    assert counts(load(app, *rows)) == {"read": 2, "booked": 2}
    before = everything(app)
    for later in (0, 1, 60):
        with clock.frozen(NOW + timedelta(days=later)):
            again = load(app, *rows)
        assert (again.exit_code, counts(again)) == (0, {"read": 2, "unchanged": 2})
    assert everything(app) == before


def test_how_a_thing_is_written_is_not_what_it_says(app: Flask) -> None:
    load(app, row())
    before = everything(app)
    columns = reversed(list(ROW))
    other = {name: ROW[name] for name in columns} | {
        "starts_at": "2027-02-03 11:30:00+01:00",
        "how": " In Person ",
        "bring": "photo_id; CV",
        "with_name": "Sam  Okafor",
        "minutes": "",
        "private_room": "no",
    }
    assert counts(load(app, other)) == {"read": 1, "unchanged": 1}
    assert everything(app) == before


def test_a_dry_run_says_the_same_and_changes_nothing(app: Flask) -> None:
    load(app, row(), row(external_reference="A-2"))
    before = everything(app)
    rows = (
        row(starts_at="2027-02-04T09:00"),
        row(external_reference="A-2", with_name="Jo"),
        row(external_reference="A-3", claimant_reference="N", full_name="Lin", office="LDS"),
        row(external_reference="A-4", claimant_reference="N"),
        row(external_reference="A-5", how="owl"),
        row(external_reference="A-6", starts_at="2026-01-01T09:00"),
    )
    dry = load(app, *rows, options=("--dry-run",))
    assert everything(app) == before
    wet = load(app, *rows)
    assert dry.stdout.replace("Nothing was changed. It would be: ", "") == wet.stdout
    assert (dry.exit_code, wet.exit_code) == (1, 1)
    assert counts(wet) == {"read": 6, "booked": 2, "moved": 1, "corrected": 1, "bad": 2}


def test_a_new_time_is_a_move_and_asks_again(app: Flask) -> None:
    load(app, row())
    found = appointment(app)
    with app.app_context(), transaction():
        by = Actor(Kind.claimant, found.claimant_id, Channel.web, Assurance.signed_in)
        actions.accept(from_source("file", "A-1"), by=by)
    assert counts(load(app, row(with_name="Jo Bell"))) == {"read": 1, "corrected": 1}
    corrected = appointment(app)
    assert (corrected.with_name, corrected.answer) == ("Jo Bell", Answer.accepted)
    assert counts(load(app, row(starts_at="2027-02-04T09:00"))) == {"read": 1, "moved": 1}
    moved = appointment(app)
    assert (moved.id, moved.answer, moved.with_name) == (found.id, Answer.none, "Sam Okafor")
    assert moved.moved_from == found.starts_at
    with app.app_context():
        kinds = [entry.kind for entry in log.entries_about(found.claimant_id, found.id)]
        assert kinds == ["appointments.offered", "appointments.accepted", "appointments.moved"]
        assert log.verify(found.claimant_id) == []


def test_what_was_agreed_is_not_undone_by_a_file_that_repeats_itself(app: Flask) -> None:
    """The person took another time and, for the other one, was promised a phone call."""
    rows = [row(), row(external_reference="A-2")]
    load(app, *rows)
    first, second = appointment(app), appointment(app, "A-2")
    with app.app_context(), transaction():
        by = Actor(Kind.claimant, first.claimant_id, Channel.web, Assurance.signed_in)
        slot = Slot(
            office_id=first.office_id,
            starts_at=datetime(2027, 2, 5, 9, 0, tzinfo=UTC),
            minutes=20,
            how=How.in_person,
        )
        db.session.add(slot)
        db.session.flush()
        actions.pick_time(from_source("file", "A-1"), slot, by=by)
        actions.ask_for_phone_call(from_source("file", "A-2"), by=by)
        request = from_source("file", "A-2").open_request
        office_actions.agree(request, caller_name="Jo", caller_number="0113 496 0000", by=DESK)
    before = everything(app)
    assert counts(load(app, *rows)) == {"read": 2, "unchanged": 2}
    assert everything(app) == before
    # Something else is said anew: only that changes.
    rows[0]["bring_note"] = "Your glasses"
    rows[1]["interpreter"] = "Polish"
    assert counts(load(app, *rows)) == {"read": 2, "corrected": 2}
    first, second = appointment(app), appointment(app, "A-2")
    assert (first.starts_at.day, first.minutes, first.answer) == (5, 20, Answer.accepted)
    assert (first.bring_note, second.interpreter) == ("Your glasses", "Polish")
    assert (second.how, second.caller_name) == (How.phone, "Jo")
    # The file has heard of the new time: that is no move.
    rows[0] |= {"starts_at": "2027-02-05T09:00", "minutes": "20"}
    assert counts(load(app, *rows)) == {"read": 2, "unchanged": 2}
    # And later it says another one: that is.
    rows[0]["starts_at"] = "2027-02-09T09:00"
    assert counts(load(app, *rows)) == {"read": 2, "moved": 1, "unchanged": 1}


def test_what_is_over_or_called_off_is_left_alone(app: Flask) -> None:
    rows = [row(), row(external_reference="A-2", starts_at="2027-03-01T10:00")]
    load(app, *rows)
    with app.app_context(), transaction():
        office_actions.call_off(from_source("file", "A-2"), by=DESK)
    with clock.frozen(datetime(2027, 2, 3, 11, 0, tzinfo=UTC)):
        assert counts(load(app, *rows)) == {"read": 2, "unchanged": 2}
        for each in rows:
            each["starts_at"] = "2027-04-01T10:00"
        result = load(app, *rows)
    assert result.stdout.splitlines()[:2] == [
        "line 2: external_reference: This appointment has started already.",
        "line 3: external_reference: This appointment was called off.",
    ]
    assert counts(result) == {"read": 2, "bad": 2}


def test_references_are_unique_in_a_source_and_in_a_file(app: Flask) -> None:
    result = load(app, row(), row(starts_at="2027-02-05T09:00"), row(external_reference="a-1"))
    assert "line 3: external_reference: Line 2 has this reference too." in result.stdout
    assert counts(result) == {"read": 3, "booked": 2, "bad": 1}
    other = load(app, row(starts_at="2027-02-06T09:00"), options=("--source", "other"))
    assert counts(other) == {"read": 1, "booked": 1}
    assert appointment(app).starts_at.day == 3
    stolen = load(app, row(claimant_reference="LDS-2"))
    assert "external_reference: This reference belongs to an appointment of somebody else." in (
        stolen.stdout
    )
    new = row(claimant_reference="N", full_name="Lin", office="LDS")
    assert counts(load(app, new)) == {"read": 1, "bad": 1}
    with app.app_context():
        assert claimant_by_reference("N") is None
