"""The tests' own ground: an empty database each time, and no server left behind."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests.databases import PostgresqlDatabase, SqliteDatabase
from tests.postgres import postgres_server

OFFICE = (
    "INSERT INTO account_office (id, code, name, short_name, address, phone, nation)"
    " VALUES (:id, 'LD1', 'Leeds', 'Leeds', 'Leeds', '0800', 'england')"
)
ENTRY = (
    "INSERT INTO record_entry (claimant_id, number, kind, at, actor_kind, channel, assurance,"
    " receipt, digest, previous, hash) VALUES (:id, 1, 'x', '2027-02-03 10:30:00+00:00',"
    " 'office', 'desk', 1, 'AAAAAAAA', '', '', '')"
)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_starts_on_an_empty_database(database_url: str, turn: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        for table in ("account_office", "record_entry"):
            assert connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 0, turn
        connection.execute(sa.text(OFFICE), {"id": uuid4().hex})
        connection.execute(sa.text(ENTRY), {"id": uuid4().hex})
        # Numbers start again too: a test means the same whichever ran before it.
        assert connection.scalar(sa.text("SELECT id FROM record_entry")) == 1
    engine.dispose()


def test_emptying_reaches_a_connection_that_is_already_open(
    migrated: SqliteDatabase | PostgresqlDatabase, database_url: str
) -> None:
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        connection.execute(sa.text(OFFICE), {"id": uuid4().hex})
        connection.commit()
        migrated.reset()
        assert connection.scalar(sa.text("SELECT count(*) FROM account_office")) == 0
    engine.dispose()


def test_emptying_leaves_the_triggers_in_force(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text(ENTRY), {"id": uuid4().hex})
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.execute(sa.text("DELETE FROM record_entry"))
    engine.dispose()


def test_no_server_outlives_tests_that_are_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    program = (
        "import time; from tests.postgres import postgres_server\n"
        "with postgres_server() as url: print(url, flush=True); time.sleep(60)"
    )
    killed = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    with killed:
        assert killed.stdout
        folder = Path(killed.stdout.readline().strip().partition("host=")[2])
        assert any(folder.glob(".s.PGSQL.*"))
        killed.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 60
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()


def test_a_borrowed_server_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql+psycopg://tester@db.example/postgres")
    with postgres_server() as url:
        assert url == "postgresql+psycopg://tester@db.example/postgres"
