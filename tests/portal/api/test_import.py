"""Appointments from a file, through the command that an office runs every night."""

import csv
import io
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from portal import clock, languages
from portal.account.queries import claimant_by_reference
from portal.actors import Actor, Assurance, Channel, Kind
from portal.api import cli
from portal.api.importing import Importer, Table, batches
from portal.api.sources import Outcome
from portal.appointments import actions, office_actions
from portal.appointments.models import Answer, Appointment, How, Slot
from portal.appointments.queries import from_source
from portal.database import db, transaction
from portal.record import log
from portal.record.models import Entry
from tests.portal.api.partners import NOW, make_partner

pytestmark = pytest.mark.usefixtures("office")

ROW: dict[str, str] = {
    "claimant_reference": "LDS-1",
    "external_reference": "A-1",
    "starts_at": "2027-02-03T10:30",
    "how": "in_person",
    "purpose": "work_search_review",
    "with_name": "Sam Okafor",
    "bring": "photo_id cv",
}
NEW = {"full_name": "Lin", "office": "LDS"}
DESK = Actor(Kind.staff, None, Channel.desk, Assurance.staff)


def row(**changes: str) -> dict[str, str]:
    return {**ROW, **changes}


def csv_of(*rows: dict[str, str]) -> bytes:
    """A file with every column that any of the rows has."""
    columns = list(dict.fromkeys(name for each in rows for name in each))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def load(app: Flask, *rows: dict[str, str], options: tuple[str, ...] = ()) -> Result:
    return load_bytes(app, csv_of(*rows), *options)


def load_bytes(app: Flask, data: bytes, *options: str) -> Result:
    result = app.test_cli_runner().invoke(
        args=["appointments", "import", "-", *options], input=data
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def counts(result: Result) -> dict[str, int]:
    """What the summary says, without what is nought."""
    found = re.findall(r"(\w+) (\d+)", result.stdout.splitlines()[-1])
    return {name: int(number) for name, number in found if number != "0"}


def everything(app: Flask) -> list[Any]:
    """All rows that a file could touch."""
    with app.app_context():
        return [
            db.session.execute(sa.select(table).order_by(*table.primary_key)).all()
            for table in Appointment.metadata.sorted_tables
        ]


def appointment(app: Flask, reference: str = "A-1", source: str = "file") -> Appointment:
    with app.app_context():
        found = from_source(source, reference)
        assert found is not None
        return found


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


def test_new_people_are_registered_once_and_known_ones_left_alone(app: Flask) -> None:
    new = row(
        claimant_reference="LDS-9",
        full_name="👩‍👩‍👧 Nguyễn\u202e",
        mobile="+44 7700 900009",
        language="CY",
        office="LDS",
    )
    result = load(
        app,
        new,
        row(claimant_reference="LDS-9", external_reference="A-2"),
        row(external_reference="A-3", full_name="Not Amina", mobile="07700900005", office="YRK"),
    )
    assert counts(result) == {"read": 3, "booked": 3}
    with app.app_context():
        person = claimant_by_reference("LDS-9")
        assert (person.full_name, person.mobile, person.language, person.office.code) == (
            "👩‍👩‍👧 Nguyễn",
            "+447700900009",
            "cy",
            "LDS",
        )
        amina = claimant_by_reference("LDS-1")
        assert (amina.full_name, amina.mobile, amina.office.code) == (
            "Amina Yusuf",
            "+447700900001",
            "LDS",
        )


def test_a_bad_row_registers_nobody(app: Flask) -> None:
    new = {"claimant_reference": "N", "full_name": "Lin", "office": "LDS"}
    result = load(
        app,
        row(**new, how="owl"),
        row(**new | {"full_name": ""}, external_reference="A-2", mobile="020 7946 0000"),
        row(**new | {"office": "X"}, external_reference="A-3", language="xx"),
        row(**new, external_reference="A-4", starts_at="2026-01-01T10:00"),
    )
    assert counts(result) == {"read": 4, "bad": 4}
    assert "line 3: full_name: Give the person's full name. | mobile: Enter a UK" in result.stdout
    assert "line 4: office: Give the code of an office" in result.stdout
    with app.app_context():
        assert claimant_by_reference("N") is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2027-03-28T01:30", "2027-03-28 01:30"),
        ("2027-10-31T01:30", "2027-10-31 00:30"),
        ("2027-07-01T10:30", "2027-07-01 09:30"),
        ("2028-02-29T10:30", "2028-02-29 10:30"),
        ("٢٠٢٧-٠٢-٠٣T١٠:٣٠", "2027-02-03 10:30"),
    ],
)
def test_times_are_those_of_the_wall_clock(app: Flask, written: str, meant: str) -> None:
    assert counts(load(app, row(starts_at=written))) == {"read": 1, "booked": 1}
    assert f"{appointment(app).starts_at:%Y-%m-%d %H:%M}" == meant
    assert counts(load(app, row(starts_at=written))) == {"read": 1, "unchanged": 1}


@pytest.mark.parametrize(
    "cell", ["2027-02-29T10:00", "2100-02-29T10:00", "03/02/2027 10:30", "=NOW()", "45000.4375"]
)
def test_what_is_no_time_is_not_guessed(app: Flask, cell: str) -> None:
    result = load(app, row(starts_at=cell))
    assert result.stdout.startswith("line 2: starts_at: Write the date and time like")


def test_cells_that_look_like_formulas_are_text(app: Flask) -> None:
    cells = {"with_name": "=cmd|'/c calc'!A0", "bring_note": "+1-1", "place": "@SUM(1)\n-2"}
    load(app, row(**cells))
    found = appointment(app)
    assert {name: getattr(found, name) for name in cells} == cells


def test_signs_that_hide_text_are_taken_out(app: Flask) -> None:
    load(app, row(with_name="Sam\u202e\x00\x1b[2J Okafor", place="1 High St\r\nLeeds"))
    found = appointment(app)
    assert (found.with_name, found.place) == ("Sam[2J Okafor", "1 High St\nLeeds")


def test_files_as_spreadsheets_save_them(app: Flask) -> None:
    data = b"\xef\xbb\xbf" + csv_of(row(place="1 High St\nLeeds")).replace(b"\n", b"\r\n")
    data = data.replace(b"starts_at", b" Starts_At ") + b",,,,,,,\r\n"
    assert counts(load_bytes(app, data)) == {"read": 1, "booked": 1}


def test_lines_are_counted_as_an_editor_counts_them(app: Flask) -> None:
    data = csv_of(
        row(place="one\ntwo\nthree"), row(external_reference="A-2", how="owl"), row(how="owl")
    )
    result = load_bytes(app, data)
    assert re.findall(r"^line (\d+)", result.stdout, re.MULTILINE) == ["5", "6"]


def test_rows_that_are_no_rows(app: Flask) -> None:
    lines = csv_of(row(), row(external_reference="A-2"), row(external_reference="A-3")).split(
        b"\r\n"
    )
    lines[2:2] = [b"one,two", b'"never closed,,,,,,', b"caf\xe9,,,,,,", b"", b"1,2,3,4,5,6,7,8"]
    result = load_bytes(app, b"\r\n".join(lines))
    assert result.stdout.splitlines()[:-1] == [
        "line 3: line: It has 2 cells; the header has 7.",
        "line 4: line: A quotation mark is opened here and not closed as it should be.",
        "line 5: line: This line is not in UTF-8. Save the file as CSV UTF-8.",
        "line 7: line: It has 8 cells; the header has 7.",
    ]
    assert counts(result) == {"read": 7, "booked": 3, "bad": 4}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        (b"\xff\xfea\x00,\x00", "This file is in UTF-16."),
        (b"caf\xe9,b\n", "line 1: This line is not in UTF-8."),
        (b"PK\x03\x04\x14\x00\x06\x00", "These columns are missing: claimant_reference"),
        (b"claimant_reference;starts_at\n", "with commas between"),
        (b"a,b\n1,2\n", "These columns are missing: claimant_reference, external_reference"),
        (csv_of(row()).replace(b"how,", b"starts_at,"), "columns are there twice: starts_at"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(app: Flask, data: bytes, says: str) -> None:
    result = load_bytes(app, data)
    assert result.exit_code == 2
    assert result.stderr.startswith("Nothing was read. ")
    assert says in result.stderr
    assert result.stdout == ""


def test_unknown_columns_are_named_and_ignored(app: Flask) -> None:
    result = load(app, row() | {"Colour": "red", "\x1b[2Jodd": "1", "": "x"})
    assert result.exit_code == 0
    assert result.stderr == (
        "These columns are not known and were not read: colour, [2jodd, (no name).\n"
    )


def test_a_file_that_is_not_there_and_a_source_with_spaces(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner().invoke
    missing = run(args=["appointments", "import", str(tmp_path / "no.csv")])
    assert missing.exit_code == 2
    assert "No such file" in missing.output
    file = tmp_path / "yes.csv"
    file.write_bytes(csv_of(row()))
    assert run(args=["appointments", "import", str(file), "--source", "a b"]).exit_code == 2
    assert run(args=["appointments", "import", str(file), "--source", "a.b"]).exit_code == 0


def test_a_file_and_the_api_of_one_source_know_of_each_other(app: Flask) -> None:
    diary = make_partner(app, "diary")
    booked = diary.book(bring=["photo_id", "cv"])
    same = load(app, row(), options=("--source", "diary"))
    assert counts(same) == {"read": 1, "unchanged": 1}
    moved = diary.post(f"/appointments/{booked['id']}/move", {"starts_at": "2027-02-08T09:00"})
    assert moved.status_code == 200
    back = load(app, row(), options=("--source", "diary"))
    assert counts(back) == {"read": 1, "moved": 1}
    assert diary.get(f"/appointments/{booked['id']}").json["starts_at"] == booked["starts_at"]


def test_a_batch_that_somebody_crossed_is_taken_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program books the same reference after we looked and before we wrote."""
    from portal.api import sources

    book, crossed = sources.book, []

    def late(*arguments: Any, **more: Any) -> Appointment:
        if not crossed:
            crossed.append(True)
            raise sa.exc.IntegrityError("INSERT", {}, Exception("unique"))
        return book(*arguments, **more)

    monkeypatch.setattr(sources, "book", late)
    assert counts(load(app, row(), row(external_reference="A-2"))) == {"read": 2, "booked": 2}
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Entry)) == 4


def test_two_imports_of_one_file_at_once_book_everything_once(app: Flask) -> None:
    data = csv_of(
        *(row(external_reference=f"A-{n}", claimant_reference=f"N-{n}") | NEW for n in range(40))
    )

    def take(_number: int) -> list[Outcome]:
        with app.app_context(), languages.speaking("en"):
            importer = Importer("file", dry_run=False)
            return [
                result.outcome
                for batch in batches(Table(io.BytesIO(data)), 10)
                for result in cli._take(importer, batch)
            ]

    with ThreadPoolExecutor(3) as threads:
        found = [outcome for outcomes in threads.map(take, range(3)) for outcome in outcomes]
    assert Counter(found) == {Outcome.booked: 40, Outcome.unchanged: 80}
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Appointment)) == 40
        assert all(not faults for _person, _length, faults in log.verify_all())


def test_without_a_database_it_says_what_is_kept(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.api import queries

    find, asked = queries.people, []

    def gone(references: Any) -> Any:
        asked.append(references)
        if len(asked) > 2:
            raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))
        return find(references)

    monkeypatch.setattr("portal.api.cli.BATCH", 2)
    monkeypatch.setattr(queries, "people", gone)
    rows = [row(external_reference=f"A-{number}") for number in range(6)]
    result = load(app, *rows)
    assert result.exit_code == 3
    assert result.stderr == (
        "The database does not answer. 4 rows were taken and are kept. Run the file again later.\n"
    )
    monkeypatch.undo()
    assert counts(load(app, *rows)) == {"read": 6, "booked": 2, "unchanged": 4}


def test_others_can_write_between_two_batches(
    app: Flask, dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's writers ask every tenth of a second; PostgreSQL has a queue."""
    pauses: list[float] = []
    monkeypatch.setattr("portal.api.cli.BATCH", 2)
    monkeypatch.setattr("portal.api.cli.time.sleep", pauses.append)
    rows = [row(external_reference=f"A-{number}") for number in range(5)]
    assert counts(load(app, *rows)) == {"read": 5, "booked": 5}
    assert len(pauses) == (3 if dialect == "sqlite" else 0)
    assert all(pause > 0.1 for pause in pauses)
    load(app, *rows)
    assert len(pauses) == (3 if dialect == "sqlite" else 0), "nothing was written"
