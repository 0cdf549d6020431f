"""Files as people and programs save them: what is read, and what is refused with a reason."""

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.portal.api.files import appointment, counts, csv_of, load, load_bytes, row

pytestmark = pytest.mark.usefixtures("office")


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
