"""The table of every text in every language, worded once for all tests that look at it."""

from __future__ import annotations

from functools import cache

from notifications import budget


@cache
def every_text() -> tuple[budget.Row, ...]:
    """Needs an application context the first time."""
    return tuple(budget.rows())
