"""What texts cost, by the prices in force on a day. Pure: data and days, no database.

The prices are data with a date and a source, in `prices.toml`; a setting may name one of its own.
Figures are in pence a part, before VAT.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "prices.toml"


@dataclass(frozen=True)
class Price:
    """One provider's price from `since` on."""

    gateway: str
    since: date
    pence: Decimal
    estimate: bool
    source: str = ""
    checked: date | None = None
    """None where a setting of this service names the price."""


@cache
def prices() -> tuple[Price, ...]:
    """Every block of the file, oldest first. Raises TypeError when one lacks a figure."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["price"]
    found = [Price(**row | {"pence": Decimal(row["pence"])}) for row in rows]
    return tuple(sorted(found, key=lambda each: each.since))


def in_force(gateway: str, day: date, own: Decimal | None = None) -> Price | None:
    """A provider's price on a day; None when nobody wrote one down. `own` is the setting's."""
    if own is not None:
        return Price(gateway, day, own, estimate=False)
    found = [p for p in prices() if p.gateway == gateway and p.since <= day]
    return found[-1] if found else None
