"""Facts from outside that run out: read from a file of `portal/data`, with where each was seen and
when it was last checked.

A file holds one table for each fact. Whoever changes a fact changes its dates too; a test fails
60 days after `check_again_by`. Pages say when a fact was last checked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

FOLDER = Path(__file__).parent / "data"
CONFIDENCE = ("high", "medium", "low")
GRACE = timedelta(days=60)
"""How long after `check_again_by` a fact may still be shown before a test fails."""


class DataError(Exception):
    """A file of facts cannot be used. The message says which fact, and why."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A fact with its source. `confidence` is high (an official or expert page that is recent),
    medium (old, partial or second-hand) or low (one weak source, or nothing but common knowledge);
    of all but high, pages say that we could not fully check it."""

    key: str
    source: str
    confidence: str
    last_checked: date
    check_again_by: date

    def __post_init__(self) -> None:
        if self.confidence not in CONFIDENCE:
            raise DataError(f"{self.key}: confidence must be one of {', '.join(CONFIDENCE)}.")
        if not self.source:
            raise DataError(f"{self.key}: source must say where it was seen.")
        if self.last_checked > self.check_again_by:
            raise DataError(f"{self.key}: check_again_by is before last_checked.")

    @property
    def sure(self) -> bool:
        return self.confidence == "high"


Fact = TypeVar("Fact", bound=Checked)


def read(file: Path, kind: type[Fact]) -> Mapping[str, Fact]:
    """The facts of a file, by key, in its order. Raises DataError."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {key: _fact(key, values, kind) for key, values in tables.items()}


def stale(found: Iterable[Checked], today: date) -> list[str]:
    """The keys of facts that somebody should have checked again some time ago."""
    return [fact.key for fact in found if today > fact.check_again_by + GRACE]


def _fact(key: str, values: dict[str, Any], kind: type[Fact]) -> Fact:
    known = {f.name: f for f in fields(kind)}
    needed = {
        name
        for name, f in known.items()
        if f.default is MISSING and f.default_factory is MISSING and name != "key"
    }
    if missing := needed - set(values):
        raise DataError(f"{key}: {', '.join(sorted(missing))} is missing.")
    if unknown := set(values) - set(known) | {"key"} & set(values):
        raise DataError(f"{key}: {', '.join(sorted(unknown))} is not known here.")
    for name in ("last_checked", "check_again_by"):
        if type(values[name]) is not date:
            raise DataError(f"{key}: {name} must be a date like 2027-05-21.")
    return kind(key=key, **values)


@dataclass(frozen=True, kw_only=True)
class Number(Checked):
    """A number of a rule. What it counts, and in what unit, is said in the file."""

    number: int


@cache
def numbers() -> Mapping[str, Number]:
    """The numbers of the rules, by key. Raises DataError."""
    return read(FOLDER / "numbers.toml", Number)


def number(key: str) -> int:
    """One of them. Raises KeyError."""
    return numbers()[key].number
