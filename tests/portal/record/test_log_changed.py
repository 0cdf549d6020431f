"""Whoever changes a record is found out."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.database import db, transaction
from portal.record import chain, log, receipts
from portal.record.models import Chain, Details, Entry, Outbox
from tests.people import NOW, People
from tests.portal.record.faults import faults
from tests.portal.record.tampering import without_triggers

COVERED = {
    "kind": "account.signed_out",
    "at": NOW,
    "actor_kind": "staff",
    "actor_id": UUID(int=7),
    "channel": "desk",
    "assurance": 0,
    "about": UUID(int=7),
    "receipt": "00000000",
    "digest": "0" * 64,
}


@pytest.mark.parametrize("column", COVERED)
def test_a_changed_entry_is_found(app: Flask, five: UUID, column: str) -> None:
    with without_triggers(app) as connection:
        connection.execute(
            sa.update(Entry)
            .where(Entry.claimant_id == five, Entry.number == 3)
            .values({column: COVERED[column]})
        )
    found = faults(app, five)
    assert (3, "the entry was changed") in found
    assert {number for number, _what in found} == {3}


def test_every_column_of_an_entry_is_covered_by_its_hash() -> None:
    others = {"id", "claimant_id", "number", "previous", "hash"}
    assert {column.name for column in Entry.__table__.columns} == set(COVERED) | others


@pytest.mark.parametrize("column", ["previous", "hash"])
def test_a_changed_link_is_found(app: Flask, five: UUID, column: str) -> None:
    with without_triggers(app) as connection:
        connection.execute(
            sa.update(Entry)
            .where(Entry.claimant_id == five, Entry.number == 3)
            .values({column: "f" * 64})
        )
    assert (3, "the entry was changed") in faults(app, five)


def test_an_entry_that_was_changed_with_its_hash_does_not_fit_the_next(
    app: Flask, five: UUID
) -> None:
    with app.app_context():
        entry = log.entries(five)[2]
        entry.kind = "account.signed_out"
        forged = chain.link(entry)
        db.session.rollback()
    with without_triggers(app) as connection:
        connection.execute(
            sa.update(Entry)
            .where(Entry.claimant_id == five, Entry.number == 3)
            .values(kind="account.signed_out", hash=forged)
        )
    assert faults(app, five) == [(4, "it does not follow the entry before it")]


def test_changed_details_are_found(app: Flask, five: UUID) -> None:
    with app.app_context(), transaction():
        entry = log.entries(five)[0]
        assert entry.details is not None
        entry.details.body = '{"how":"forged"}'
    assert faults(app, five) == [(5, "its details were changed")]


def test_a_missing_entry_is_found(app: Flask, five: UUID) -> None:
    _delete(app, five, 3)
    assert faults(app, five) == [
        (4, "entry 3 is missing"),
        (4, "it does not follow the entry before it"),
    ]


def test_missing_entries_at_the_end_are_found(app: Flask, five: UUID) -> None:
    _delete(app, five, 4, 5)
    assert faults(app, five) == [(4, "entries at the end are missing")]


def test_a_record_without_its_entries_is_found(app: Flask, five: UUID) -> None:
    _delete(app, five, 1, 2, 3, 4, 5)
    assert faults(app, five) == [(1, "entries at the end are missing")]


def test_a_record_without_its_head_is_found(app: Flask, five: UUID) -> None:
    with app.app_context(), transaction() as session:
        session.execute(sa.delete(Chain).where(Chain.claimant_id == five))
    assert faults(app, five) != []
    with app.app_context():
        assert five in {whose for whose, _length, found in log.verify_all() if found}


def test_reordered_entries_are_found(app: Flask, five: UUID) -> None:
    with without_triggers(app) as connection:
        for was, to in ((2, 99), (3, 2), (99, 3)):
            connection.execute(
                sa.update(Entry)
                .where(Entry.claimant_id == five, Entry.number == was)
                .values(number=to)
            )
    numbers = {number for number, _what in faults(app, five)}
    assert numbers == {2, 3, 4}


def test_an_entry_of_somebody_else_is_found(app: Flask, people: People, five: UUID) -> None:
    with without_triggers(app) as connection:
        connection.execute(
            sa.update(Entry)
            .where(Entry.claimant_id == five, Entry.number == 5)
            .values(claimant_id=people.stranger.id, number=2)
        )
    assert faults(app, five) == [(5, "entries at the end are missing")]
    assert (2, "the entry was changed") in faults(app, people.stranger.id)


def _delete(app: Flask, claimant_id: UUID, *numbers: int) -> None:
    with without_triggers(app) as connection:
        ids = sa.select(Entry.id).where(Entry.claimant_id == claimant_id, Entry.number.in_(numbers))
        connection.execute(sa.delete(Outbox).where(Outbox.entry_id.in_(ids)))
        connection.execute(sa.delete(Details).where(Details.entry_id.in_(ids)))
        connection.execute(sa.delete(Entry).where(Entry.id.in_(ids)))


def test_verify_command_says_which_entry_is_broken(app: Flask, five: UUID) -> None:
    runner = app.test_cli_runner()
    intact = runner.invoke(args=["record", "verify"])
    assert (intact.exit_code, intact.output) == (0, "2 records, 6 entries, 0 broken.\n")
    with app.app_context():
        receipt = log.entries(five)[2].receipt
    with without_triggers(app) as connection:
        connection.execute(
            sa.update(Entry)
            .where(Entry.claimant_id == five, Entry.number == 3)
            .values(channel="desk")
        )
    broken = runner.invoke(args=["record", "verify"])
    assert broken.exit_code == 1
    said = f"record {five} entry 3 receipt {receipts.grouped(receipt)}: the entry was changed"
    assert broken.output.splitlines() == [said, "2 records, 6 entries, 1 broken."]
