"""Whom people can call: read once from portal/data/contacts.toml (facts 6).

A contact keeps where it was seen, how sure that is and when it was last checked, because a
wrong number costs a person half an hour and a call they may not be able to pay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path

from portal.dated_data import FOLDER, Checked, DataError, read
from portal.refusals import Sentence, sentence

FILE = FOLDER / "contacts.toml"
URGENT = "uc_helpline"
"""Whom error pages name."""

COSTS = ("free", "unknown")
NATIONS = ("great-britain", "england", "scotland", "wales", "northern-ireland")

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
}


@dataclass(frozen=True, kw_only=True)
class Contact(Checked):
    """One number. `opens` and `closes` are UK wall-clock times, Monday to Friday, or unknown."""

    cost: str
    language: str
    nation: str
    number: str = ""
    email: str = ""
    address: str = ""
    opens: time | None = None
    closes: time | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, allowed in (("key", tuple(NAMES)), ("cost", COSTS), ("nation", NATIONS)):
            if getattr(self, name) not in allowed:
                raise DataError(f"{self.key}: {name} must be one of {', '.join(allowed)}.")
        if (self.opens is None) != (self.closes is None):
            raise DataError(f"{self.key}: give both opens and closes, or neither.")

    @property
    def name(self) -> Sentence:
        return NAMES[self.key]

    @property
    def note(self) -> Sentence | None:
        return NOTES.get(self.key)


def load(file: Path = FILE) -> Mapping[str, Contact]:
    """The contacts of a file, by key, in its order. Raises DataError."""
    found = read(file, Contact)
    if URGENT not in found or not found[URGENT].number:
        raise DataError(f"{URGENT}: error pages need its number.")
    return found


@cache
def known() -> Mapping[str, Contact]:
    """The contacts of this service. Raises DataError."""
    return load()


def urgent() -> Contact:
    """Whom to call when something cannot wait and this service cannot help."""
    return known()[URGENT]
