"""The numbers of the rules about complaints, each with its source and date: they come from
portal/data/complaints.toml. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from portal import dated_data
from portal.commitment.numbers import Number

FILE = dated_data.FOLDER / "complaints.toml"


@cache
def numbers() -> Mapping[str, Number]:
    """The numbers of the rules, by key. Raises DataError."""
    return dated_data.read(FILE, Number)


def number(key: str) -> int:
    """One of them. Raises KeyError."""
    return numbers()[key].number
