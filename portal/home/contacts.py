"""Whom people can call: read once from portal/data/contacts.toml (facts 6).

A contact keeps where it was seen, how sure that is and when it was last checked, because a
wrong number costs a person half an hour and a call they may not be able to pay.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from portal.refusals import Sentence, sentence

FILE = Path(__file__).parent.parent / "data" / "contacts.toml"
URGENT = "uc_helpline"
"""Whom error pages name."""

COSTS = ("free", "unknown")
NATIONS = ("great-britain", "england", "scotland", "wales", "northern-ireland")
CONFIDENCE = ("high", "medium")

NAMES: dict[str, Sentence] = {
    "uc_helpline": sentence("Universal Credit helpline"),
    "uc_helpline_welsh": sentence("Universal Credit helpline in Welsh"),
    "uc_textphone": sentence("Universal Credit helpline by textphone"),
    "uc_relay": sentence("Universal Credit helpline by Relay UK"),
    "uc_sign_language": sentence("Universal Credit in British Sign Language"),
    "help_to_claim_england": sentence("Help to Claim in England"),
    "help_to_claim_scotland": sentence("Help to Claim in Scotland"),
    "northern_ireland": sentence("Universal Credit in Northern Ireland"),
    "northern_ireland_textphone": sentence("Universal Credit in Northern Ireland by textphone"),
    "independent_case_examiner": sentence("Independent Case Examiner"),
    "service": sentence("The people who run this service"),
}

NOTES: dict[str, Sentence] = {
    "independent_case_examiner": sentence(
        "For a complaint, free, and only after its final response. Write to them."
    ),
    "uc_sign_language": sentence("By video relay, with the SignVideo app. No booking needed."),
    "help_to_claim_england": sentence("For help until your first full payment."),
    "help_to_claim_scotland": sentence("For help until your first full payment."),
}


class ContactsError(Exception):
    """The file of contacts cannot be used. The message says which contact, and why."""


@dataclass(frozen=True)
class Contact:
    """One number. `opens` and `closes` are UK wall-clock times, Monday to Friday, or unknown."""

    key: str
    cost: str
    language: str
    nation: str
    source: str
    confidence: str
    last_checked: date
    check_again_by: date
    number: str = ""
    email: str = ""
    address: str = ""
    opens: time | None = None
    closes: time | None = None

    def __post_init__(self) -> None:
        for name, allowed in (
            ("key", tuple(NAMES)),
            ("cost", COSTS),
            ("nation", NATIONS),
            ("confidence", CONFIDENCE),
        ):
            if getattr(self, name) not in allowed:
                raise ContactsError(f"{self.key}: {name} must be one of {', '.join(allowed)}.")
        if (self.opens is None) != (self.closes is None):
            raise ContactsError(f"{self.key}: give both opens and closes, or neither.")

    @property
    def name(self) -> Sentence:
        return NAMES[self.key]

    @property
    def note(self) -> Sentence | None:
        return NOTES.get(self.key)

    @property
    def sure(self) -> bool:
        return self.confidence == "high"


def load(file: Path = FILE) -> Mapping[str, Contact]:
    """The contacts of a file, by key, in its order. Raises ContactsError."""
    found = {
        key: _contact(key, values)
        for key, values in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }
    if URGENT not in found or not found[URGENT].number:
        raise ContactsError(f"{URGENT}: error pages need its number.")
    return found


def _contact(key: str, values: dict[str, Any]) -> Contact:
    known = {f.name: f for f in fields(Contact)}
    needed = {n for n, f in known.items() if f.default is MISSING and n != "key"}
    if missing := needed - set(values):
        raise ContactsError(f"{key}: {', '.join(sorted(missing))} is missing.")
    if unknown := set(values) - set(known) | {"key"} & set(values):
        raise ContactsError(f"{key}: {', '.join(sorted(unknown))} is not known here.")
    for name in ("last_checked", "check_again_by"):
        if type(values[name]) is not date:
            raise ContactsError(f"{key}: {name} must be a date like 2027-05-21.")
    return Contact(key=key, **values)


@cache
def known() -> Mapping[str, Contact]:
    """The contacts of this service. Raises ContactsError."""
    return load()


def urgent() -> Contact:
    """Whom to call when something cannot wait and this service cannot help."""
    return known()[URGENT]
