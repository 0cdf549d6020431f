"""The date of a source as people read it. Apart from `words`: it needs a language."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext

from portal import languages
from portal.costs.table import Source


def dated(source: Source) -> str:
    """A day, a month, a year, or that our copy has no date."""
    parts = [int(part) for part in source.dated.split("-") if part]
    if not parts:
        return gettext("our copy has no date")
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 3:
        return languages.day(date(*parts))
    return languages.month(date(parts[0], parts[1], 1))
