"""Is the process up, and can it do its work? For those who run the service; no personal data.

Other parts of the service add their own checks with `register`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import structlog

from portal.database import db

Check = Callable[[], dict[str, Any]]
log = structlog.get_logger()


def _database() -> dict[str, Any]:
    """The database answers, and its tables are there."""
    with db.engine.connect() as connection:
        version = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
        return {"migration": version.scalar_one()}


_checks: dict[str, Check] = {"database": _database}


def register(name: str, check: Check) -> None:
    """Add a check, or replace the one of this name.

    `check` returns details that may be published (numbers and versions, nothing about
    people), or raises when the service cannot do its work.
    """
    _checks[name] = check


def ready() -> tuple[bool, dict[str, dict[str, Any]]]:
    """Ask every check. A check that raises is bad; only the kind of its error is told."""
    found: dict[str, dict[str, Any]] = {}
    for name, check in list(_checks.items()):
        try:
            found[name] = {"ok": True, **check()}
        except Exception as error:
            log.error("not ready", check=name, error=type(error).__name__)
            found[name] = {"ok": False, "error": type(error).__name__}
    return all(each["ok"] for each in found.values()), found
