"""An import that somebody crosses, doubles or interrupts."""

import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import languages
from portal.api import cli
from portal.api.importing import Importer, Rows, batches
from portal.api.sources import Outcome
from portal.appointments.models import Appointment
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from tests.portal.api.files import NEW, counts, csv_of, load, row
from tests.portal.api.partners import make_partner

pytestmark = pytest.mark.usefixtures("office")


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
                for batch in batches(Rows(io.BytesIO(data)), 10)
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
