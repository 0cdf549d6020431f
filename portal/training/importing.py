"""One row of the list of training, read and kept. Pure but for `keep`; the command that reads the
file is in `api`, beside the one for appointments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal import clock, languages
from portal.database import db
from portal.training.models import Training
from portal.web.text import clean, one_line, western_digits

NEEDED = ("reference", "name", "provider", "last_checked")
COLUMNS = (
    *NEEDED, "office", "about", "place", "language", "online", "lunch_paid", "fares_paid",
    "free_places", "starts_on", "contact",
)  # fmt: skip
LONGEST = {
    "reference": 64, "name": 200, "provider": 200, "about": 1000, "place": 120, "contact": 200,
}  # fmt: skip
MOST_PLACES = 9999
_YES, _NO = frozenset({"yes", "y", "1", "true"}), frozenset({"", "no", "n", "0", "false"})


class Outcome(StrEnum):
    """What became of a row."""

    added = "added"
    changed = "changed"
    same = "unchanged"
    bad = "bad"


@dataclass
class Reading:
    """What a row says, by the fields of `Training`; and what is wrong with it, by column."""

    values: dict[str, object] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def wrong(self, column: str, what: str) -> None:
        self.faults.setdefault(column, []).append(what)


def read(row: Mapping[str, str], offices: Collection[str], today: date) -> Reading:
    """Read one row; `offices` are the codes that exist. Every fault is named."""
    found = Reading()
    for column, longest in LONGEST.items():
        text = row.get(column, "")
        text = clean(text) if column == "about" else one_line(text)
        if len(text) > longest:
            found.wrong(column, f"Use at most {longest} characters, not {len(text)}.")
        if column in NEEDED and not text:
            found.wrong(column, "This must not be empty.")
        found.values[column] = text
    for column in ("online", "lunch_paid", "fares_paid"):
        found.values[column] = _yes_or_no(row.get(column, ""), column, found)
    _read_office(row, offices, found)
    _read_language(row, found)
    _read_places(row, found)
    found.values["starts_on"] = _day(row.get("starts_on", ""), "starts_on", found)
    checked = _day(row.get("last_checked", ""), "last_checked", found)
    if checked is None and "last_checked" not in found.faults:
        found.wrong("last_checked", "This must not be empty.")
    if checked is not None and checked > today:
        found.wrong("last_checked", "This day is still to come.")
    found.values["last_checked"] = checked
    return found


def keep(source: str, reading: Reading, known: Training | None) -> Outcome:
    """Follow a row that was read without faults, in the caller's transaction."""
    if known is None:
        db.session.add(Training(source=source, changed_at=clock.now(), **reading.values))
        return Outcome.added
    if not differs(reading, known):
        return Outcome.same
    for name, value in reading.values.items():
        setattr(known, name, value)
    known.changed_at, known.gone_at = clock.now(), None
    return Outcome.changed


def differs(reading: Reading, known: Training) -> bool:
    """True when the row says something else than what is kept."""
    if known.gone_at is not None:
        return True
    return any(getattr(known, name) != value for name, value in reading.values.items())


def _read_office(row: Mapping[str, str], offices: Collection[str], found: Reading) -> None:
    code = one_line(row.get("office", ""))
    if code and code not in offices:
        found.wrong("office", f"There is no office with the code {code[:40]}.")
    found.values["office_code"] = code


def _read_language(row: Mapping[str, str], found: Reading) -> None:
    code = one_line(row.get("language", "")).lower() or languages.DEFAULT
    if code not in languages.known():
        found.wrong("language", f"Use a code like {', '.join(languages.known())}.")
    found.values["language"] = code


def _read_places(row: Mapping[str, str], found: Reading) -> None:
    text = western_digits(one_line(row.get("free_places", "")))
    found.values["free_places"] = None
    if not text:
        return
    if not (text.isascii() and text.isdecimal()) or int(text[:6]) > MOST_PLACES:
        found.wrong("free_places", f"Write a number from 0 to {MOST_PLACES}, or nothing.")
        return
    found.values["free_places"] = int(text)


def _yes_or_no(text: str, column: str, found: Reading) -> bool:
    said = one_line(text).lower()
    if said not in _YES | _NO:
        found.wrong(column, "Write yes or no.")
    return said in _YES


def _day(text: str, column: str, found: Reading) -> date | None:
    said = western_digits(one_line(text))
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        found.wrong(column, "Write the day like 2027-02-03.")
        return None
