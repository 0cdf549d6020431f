"""Ten thousand rows, two hundred of them bad: the good ones are kept, the bad ones named."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.api.importing import BATCH, Rows, batches
from portal.appointments.models import Appointment
from portal.database import db
from portal.record import log

ROWS, BAD, PEOPLE = 10_000, 200, 500
WRONG = {
    0: ("starts_at", "next Tuesday"),
    1: ("how", "by owl"),
    2: ("external_reference", ""),
    3: ("claimant_reference", "nobody"),
    4: ("with_name", "x" * 10_000),
}


def lines(bad_every: int) -> Iterator[str]:
    yield (
        "claimant_reference,full_name,office,external_reference,starts_at,how,purpose,with_name\n"
    )
    for number in range(ROWS):
        person = number % PEOPLE
        cells = {
            "claimant_reference": f"P-{person}",
            "full_name": f"Person {person}",
            "office": "LDS",
            "external_reference": f"A-{number}",
            "starts_at": f"2027-{number % 9 + 2:02}-{number % 28 + 1:02}T{number % 8 + 9:02}:00",
            "how": "in_person",
            "purpose": "work_search_review",
            "with_name": "Sam Okafor",
        }
        if number % bad_every == bad_every - 1:
            column, cell = WRONG[number // bad_every % len(WRONG)]
            cells[column] = cell
            if cell == "nobody":
                cells["full_name"] = ""
        yield ",".join(cells.values()) + "\n"


@pytest.mark.slow
@pytest.mark.usefixtures("office")
def test_ten_thousand_rows_with_two_hundred_bad_ones(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("".join(lines(ROWS // BAD)))
    run = app.test_cli_runner().invoke
    first = run(args=["appointments", "import", str(file)])
    assert first.exit_code == 1
    *bad, summary = first.stdout.splitlines()
    assert summary == "read 10000, booked 9800, moved 0, corrected 0, unchanged 0, bad 200."
    wanted = [number + 1 for number in range(1, ROWS + 1) if number % (ROWS // BAD) == 0]
    assert [int(re.match(r"line (\d+): ", line)[1]) for line in bad] == wanted
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Appointment)) == 9800
        assert all(not faults for _person, _length, faults in log.verify_all())
    again = run(args=["appointments", "import", str(file)])
    assert again.stdout.splitlines()[:-1] == bad
    assert again.stdout.splitlines()[-1] == (
        "read 10000, booked 0, moved 0, corrected 0, unchanged 9800, bad 200."
    )


def test_rows_are_read_as_they_are_needed() -> None:
    """However long a file is, no more of it is in memory than one batch."""
    file = io.BytesIO("".join(lines(ROWS)).encode())
    for number, batch in enumerate(batches(Rows(file)), 1):
        assert len(batch) == BATCH
        read = file.getvalue()[: file.tell()].count(b"\n")
        assert read == number * BATCH + 1
        if number == 3:
            break
