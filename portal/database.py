"""The database: one metadata, column types that cannot be misread, and who may write when.

Only entry points (views, webhooks, worker steps, commands) open `transaction()`. Everything
below them takes part in it and never commits.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import orm
from sqlalchemy.engine import Connection, Dialect, make_url

from portal import marking

MIGRATIONS = Path(__file__).parent / "migrations"


class Base(orm.DeclarativeBase):
    """Every table. The naming convention lets a migration name what it changes."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware moment in UTC. A naive one is refused, for nobody can say when it was."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(sa.types.TypeDecorator[str]):
    """Text that is encrypted before it reaches the database, with the keys of this service.

    An empty text stays empty, so that one can see which words were erased."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return _seal().encrypt(value.encode()).decode() if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return _seal().decrypt(value.encode()).decode() if value else value


def _seal() -> MultiFernet:
    seal: MultiFernet = current_app.extensions["seal"]
    return seal


def make_seal(secrets: Sequence[str]) -> MultiFernet:
    """Keys for sealed columns: the first one seals, all of them open."""

    def key(secret: str) -> Fernet:
        derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"sealed columns")
        return Fernet(urlsafe_b64encode(derived.derive(secret.encode())))

    return MultiFernet([key(secret) for secret in secrets])


def new_id() -> UUID:
    return uuid4()


db = SQLAlchemy(session_options={"expire_on_commit": False})


def init_app(app: Flask) -> None:
    """Attach the database to an application.

    The extension also closes sessions of asynchronous engines after every request and every step
    of the worker, and starts a thread each time to do so. We have no such engines.
    """
    db.init_app(app)
    after = app.teardown_appcontext_funcs
    app.teardown_appcontext_funcs = [each for each in after if not iscoroutinefunction(each)]
    with app.app_context():
        prepare(db.engine)


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for `url`: SQLite as an honest neighbour, PostgreSQL kept alive."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        return {"url": url, "hide_parameters": True, "connect_args": {"timeout": 15}}
    return {
        "url": url,
        "hide_parameters": True,
        "pool_pre_ping": True,
        "connect_args": {"connect_timeout": 5},
    }


def prepare(engine: sa.Engine) -> None:
    """Give SQLite real transactions: readers read a snapshot, writers queue at the start."""
    if engine.dialect.name != "sqlite":
        return

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        # busy_timeout first: switching to WAL takes a lock and would not wait without it.
        for pragma in ("busy_timeout=15000", "journal_mode=wal", "synchronous=normal"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA foreign_keys=on")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[orm.Session]:
    """One writing transaction: all of it happens, or none of it.

    Whatever was read before is read again inside, so that a rule never decides on what was
    true a moment ago. Raises RuntimeError when changes were made outside.
    """
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Something was changed outside a transaction.")
    session.rollback()
    session.expire_all()
    session.connection(execution_options={"writes": True})
    try:
        with marking.unmarked():
            yield session
            session.commit()
    except BaseException:
        session.rollback()
        raise


def count(query: sa.Select[Any]) -> int:
    """How many rows a query would find; none of them is read."""
    counted = query.with_only_columns(sa.func.count(), maintain_column_froms=True)
    return db.session.scalar(counted) or 0


def alembic_config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(engine: sa.Engine) -> None:
    """Bring the database up to the newest migration."""
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")
