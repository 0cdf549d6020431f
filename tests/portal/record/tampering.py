"""What somebody could do who owns the database: take the triggers away, and change what they like.

Nothing in the service can do this; the tests do, to see whether `verify` notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from portal.database import db


@contextmanager
def without_triggers(app: Flask) -> Iterator[sa.Connection]:
    """A connection on which entries can be changed; the triggers are back afterwards."""
    with app.app_context():
        engine = db.engine
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        put_back = list(_drop(connection))
        assert put_back, "There were no triggers to drop."
        yield connection
        for statement in put_back:
            connection.exec_driver_sql(statement)


def _drop(connection: sa.Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        known = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        drop = "DROP TRIGGER {name}"
    else:
        known = (
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgrelid = 'record_entry'::regclass AND NOT tgisinternal"
        )
        drop = "DROP TRIGGER {name} ON record_entry"
    for name, definition in connection.exec_driver_sql(known).all():
        connection.exec_driver_sql(drop.format(name=name))
        yield definition
