"""A record grows and never changes, and whoever changes it anyway is found out."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import events
from portal.actors import Actor
from portal.database import db, transaction
from portal.record import log, receipts
from portal.record.models import Chain, Details, Entry, Outbox
from tests.people import NOW, People, actor
from tests.portal.record.faults import faults


def test_an_entry_says_who_did_what_when_and_how_sure_we_are(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        entry = log.append(
            people.alex.id, events.WayChosen("text", "call"), by=actor(people.alex, "text")
        )
    with app.app_context():
        kept = log.by_receipt(entry.receipt)
        assert kept is not None
        assert (kept.claimant_id, kept.number, kept.kind) == (
            people.alex.id,
            2,
            "account.way_chosen",
        )
        assert (kept.actor_kind, kept.actor_id) == ("claimant", people.alex.id)
        assert (kept.channel, kept.assurance, kept.at) == ("sms", 1, NOW)
        assert log.event_of(kept) == events.WayChosen("text", "call")
        assert receipts.read_code(kept.receipt) == kept.receipt


def test_entry_details_and_outbox_are_written_together_or_not_at_all(
    app: Flask, people: People
) -> None:
    def counts() -> list[int]:
        with app.app_context():
            tables = (Entry, Details, Outbox)
            return [
                db.session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables
            ]

    before = counts()
    assert before == [2, 2, 2]

    def append_and_fail() -> None:
        with transaction():
            log.append(people.alex.id, events.SignedIn("code"), by=actor(people.alex))
            raise ZeroDivisionError

    with app.app_context(), pytest.raises(ZeroDivisionError):
        append_and_fail()
    assert counts() == before
    assert faults(app, people.alex.id) == []
    with app.app_context(), transaction():
        log.append(people.alex.id, events.SignedIn("code"), by=actor(people.alex))
    assert counts() == [3, 3, 3]


def test_each_entry_is_bound_to_the_one_before(app: Flask, five: UUID) -> None:
    with app.app_context():
        entries = log.entries(five, newest_first=False)
        assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
        assert [entry.previous for entry in entries] == ["", *(e.hash for e in entries[:-1])]
        head = db.session.get(Chain, five)
        assert head is not None
        assert (head.length, head.head) == (5, entries[-1].hash)
        assert [e.number for e in log.entries(five)] == [5, 4, 3, 2, 1]
    assert faults(app, five) == []


def test_records_do_not_know_each_other(app: Flask, people: People, five: UUID) -> None:
    with app.app_context():
        assert [e.number for e in log.entries(people.stranger.id)] == [1]
        checked = {whose: (length, found) for whose, length, found in log.verify_all()}
    assert checked == {five: (5, []), people.stranger.id: (1, [])}


def test_entries_about_one_thing_come_oldest_first(app: Flask, people: People) -> None:
    card = uuid4()
    with app.app_context(), transaction():
        for event in (events.CardIssued(card), events.SignedIn("card"), events.CardRevoked(card)):
            log.append(people.alex.id, event, by=Actor.system())
    with app.app_context():
        kinds = [entry.kind for entry in log.entries_about(people.alex.id, card)]
        assert kinds == ["account.card_issued", "account.card_revoked"]
        assert log.entries_about(people.stranger.id, card) == []


def test_erased_details_leave_a_record_that_verifies(app: Flask, five: UUID) -> None:
    with app.app_context(), transaction() as session:
        gone = log.entries(five)[2]
        session.delete(gone.details)
    assert faults(app, five) == []
    with app.app_context():
        entry = log.entries(five)[2]
        assert (entry.kind, entry.details, log.event_of(entry)) == (
            "account.signed_in",
            None,
            None,
        )


def test_a_digest_does_not_confirm_a_guess(app: Flask, five: UUID) -> None:
    """Once the salt is erased with the details, trying out what they may have been is no use."""
    with app.app_context():
        digests = {entry.digest for entry in log.entries(five) if entry.kind == "account.signed_in"}
        assert len(digests) == 4, "the same details give another digest each time"


REFUSED = [
    "UPDATE record_entry SET kind = 'x'",
    "UPDATE record_entry SET kind = kind",
    "DELETE FROM record_entry",
]
REFUSED_BY = {
    "sqlite": [
        "INSERT OR REPLACE INTO record_entry SELECT * FROM record_entry WHERE number = 5",
        "UPDATE OR REPLACE record_entry SET number = 4 WHERE number = 5",
    ],
    "postgresql": [
        "TRUNCATE record_entry CASCADE",
        "MERGE INTO record_entry e USING (SELECT 5 AS n) s ON e.number = s.n"
        " WHEN MATCHED THEN DELETE",
    ],
}


def test_the_database_refuses_to_change_entries(app: Flask, five: UUID, dialect: str) -> None:
    with app.app_context():
        for statement in REFUSED + REFUSED_BY[dialect]:
            with (
                db.engine.connect() as connection,
                pytest.raises(sa.exc.DBAPIError, match="never changed"),
            ):
                connection.exec_driver_sql(statement)
        assert len(log.entries(five)) == 5
    assert faults(app, five) == []


def test_the_session_cannot_change_entries_either(app: Flask, five: UUID) -> None:
    def change() -> None:
        with transaction():
            log.entries(five)[0].channel = "desk"

    def remove() -> None:
        with transaction() as session:
            session.execute(sa.delete(Outbox))
            session.execute(sa.delete(Details))
            session.execute(sa.delete(Entry))

    for attempt in (change, remove):
        with app.app_context(), pytest.raises(sa.exc.DBAPIError):
            attempt()
    assert faults(app, five) == []


def test_writers_at_the_same_time_keep_one_chain(app: Flask, people: People) -> None:
    def write(each: int) -> None:
        for _ in range(6):
            with app.app_context(), transaction():
                log.append(people.alex.id, events.SignedIn(str(each)), by=Actor.system())

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))
    with app.app_context():
        entries = log.entries(people.alex.id, newest_first=False)
        assert [entry.number for entry in entries] == list(range(1, 26))
        assert len({entry.receipt for entry in entries}) == 25
    assert faults(app, people.alex.id) == []
