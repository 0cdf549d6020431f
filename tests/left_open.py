"""What a request must not leave behind: changes that nobody committed, or an open transaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import Flask, request_tearing_down

from portal.database import db

_writing: set[int] = set()
"""Connections on which something was written and not yet committed."""
_watched: WeakKeyDictionary[Flask, sa.Engine] = WeakKeyDictionary()


@contextmanager
def leaves_nothing_open(app: Flask) -> Iterator[None]:
    """Fail when a request ends with changes that nobody committed, or keeps a connection."""
    found: list[str] = []

    def look(*_args: Any, **_more: Any) -> None:
        session = db.session
        if session.new or session.dirty or session.deleted:
            found.append("changed objects that nobody committed")
        if _writing:
            found.append("rows that nobody committed")

    engine = _watched_engine(app)
    with request_tearing_down.connected_to(look, sender=app):
        yield
    if engine.pool.checkedout():  # type: ignore[attr-defined]
        found.append("a transaction that nobody ended")
    assert not found, found


def _watched_engine(app: Flask) -> sa.Engine:
    if app not in _watched:
        with app.app_context():
            engine = _watched[app] = db.engine
        sa.event.listen(engine, "before_cursor_execute", _note_write)
        sa.event.listen(engine, "commit", _forget)
        sa.event.listen(engine, "rollback", _forget)
    return _watched[app]


def _note_write(connection: sa.Connection, _cursor: Any, statement: str, *_more: Any) -> None:
    if re.match(r"\s*(INSERT|UPDATE|DELETE|WITH)\b", statement, re.IGNORECASE):
        _writing.add(id(connection))


def _forget(connection: sa.Connection) -> None:
    _writing.discard(id(connection))
