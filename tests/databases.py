"""One migrated database for each kind, emptied before every test that uses it.

Each test process (pytest-xdist starts several) has its own. Migrating takes a second, emptying
a few milliseconds, so the migrations run once and what they left is put back for every test.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from portal.database import engine_options, migrate, prepare
from tests.postgres import drop_database, fresh_database, postgres_server

DIALECTS = ("sqlite", "postgresql")


class SqliteDatabase:
    """A file; `reset` writes the migrated template over it, below any open connection."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'portal.db'}"
        self._file = folder / "portal.db"
        self._template = folder / "template.db"
        _migrate(f"sqlite:///{self._template}")

    def reset(self) -> None:
        """Make the database as the migrations left it."""
        with (
            contextlib.closing(sqlite3.connect(self._template)) as template,
            contextlib.closing(sqlite3.connect(self._file, timeout=10)) as file,
        ):
            template.backup(file)


class PostgresqlDatabase:
    """A database on a server; `reset` deletes every row and starts the numbers again.

    Deleting from some thirty small tables takes 2 ms, TRUNCATE 20 ms, a copy of a template 50.
    """

    def __init__(self, server: str, name: str) -> None:
        self.url = fresh_database(server, name)
        _migrate(self.url)
        self._engine = sa.create_engine(self.url, poolclass=sa.pool.NullPool)
        with self._engine.begin() as connection:
            tables = sorted(set(sa.inspect(connection).get_table_names()) - {"alembic_version"})
            seeded = [table for table in tables if _has_rows(connection, table)]
            for table in seeded:
                connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS seeds")
                connection.exec_driver_sql(f'CREATE TABLE seeds."{table}" AS TABLE "{table}"')
        # Entries refuse to be deleted; a replica's session, which fires no trigger, may.
        self._script = ";\n".join(
            [
                "SET LOCAL session_replication_role = replica",
                *(f'DELETE FROM "{table}"' for table in tables),
                *(f'INSERT INTO "{table}" SELECT * FROM seeds."{table}"' for table in seeded),
                "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass,"
                " start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL",
            ]
        )

    def reset(self) -> None:
        """Make the database as the migrations left it."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
            connection.connection.cursor().execute(self._script)


@contextlib.contextmanager
def migrated_database(
    dialect: str, folder: Path, name: str
) -> Iterator[SqliteDatabase | PostgresqlDatabase]:
    """Yields a migrated database of this dialect; what it needs is gone afterwards.

    `folder` is an empty folder for files, `name` is unique among the processes of this run.
    """
    if dialect == "sqlite":
        yield SqliteDatabase(folder)
        return
    with postgres_server() as server:
        yield PostgresqlDatabase(server, name)
        if "TEST_DATABASE_URL" in os.environ:
            drop_database(server, name)


def _migrate(url: str) -> None:
    engine = sa.create_engine(**engine_options(url))
    prepare(engine)
    migrate(engine)
    engine.dispose()


def _has_rows(connection: sa.Connection, table: str) -> bool:
    return connection.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first() is not None
