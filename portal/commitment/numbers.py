"""The numbers of the rules about commitments, each with its source and date. Apart from `rules`
because they come from a file: portal/data/commitment.toml. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from portal import dated_data
from portal.dated_data import Checked

FILE = dated_data.FOLDER / "commitment.toml"


@dataclass(frozen=True, kw_only=True)
class Number(Checked):
    """A number of a rule, with its unit."""

    number: int
    unit: str
    what: str
    since: date


@cache
def numbers() -> Mapping[str, Number]:
    """The numbers of the rules, by key. Raises DataError."""
    return dated_data.read(FILE, Number)


def number(key: str) -> int:
    """One of them. Raises KeyError."""
    return numbers()[key].number
