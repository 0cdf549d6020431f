"""A translation that somebody found wrong, in the world where everything has happened once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.catalogues import string_id
from portal.database import new_id
from portal.translating import queries, reporting

HELP = string_id("navigation", "Help")
ADDRESSES: dict[str, dict[str, Any]] = {"translating.report": {"code": "ar", "string_id": HELP}}


def wrong(words: str) -> UUID:
    """Somebody says so in these words, in the caller's transaction."""
    found, report_id = queries.sentence("ar", HELP), new_id()
    assert found is not None
    reporting.report(report_id, "ar", found, endpoint="home.help", wrong=words, better=words)
    return report_id
