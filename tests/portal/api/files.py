"""Files of appointments, and what the command that takes them says."""

import csv
import io
import re
from typing import Any

import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments.models import Appointment
from portal.appointments.queries import from_source
from portal.database import db

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
