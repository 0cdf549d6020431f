"""What a person can ask their work coach for: read once from portal/data/offers.toml (facts 4).

Apart from `rules`: an offer is a fact from outside, with a source and a day it was last checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from portal.dated_data import FOLDER, Checked, DataError, read
from portal.refusals import Sentence, sentence

FILE = FOLDER / "offers.toml"
NATIONS = ("england", "wales", "scotland")
VOLUNTARY = ("yes", "no", "unknown")

NAMES: dict[str, Sentence] = {
    "cv": sentence("Help with your CV, job applications and interviews"),
    "careers": sentence("A talk about careers"),
    "training": sentence("Training, English or maths"),
    "swap": sentence("A short course with a work placement and an interview"),
    "restart": sentence("Restart: a year of help from another organisation"),
    "pathways": sentence("A Pathways to Work adviser"),
    "connect": sentence("Connect to Work: local help to find and keep a job"),
    "disability_adviser": sentence("A disability employment adviser"),
    "psychologist": sentence("A work psychologist"),
    "self_employment": sentence("Help to work for yourself"),
    "complex_needs": sentence("A work coach for when life is hard"),
    "access_to_work": sentence("Access to Work: money for costs of a disability at work"),
    "fund": sentence("Money for the costs of finding work"),
    "youth": sentence("Youth Guarantee and Youth Hubs"),
    "fifty_plus": sentence("A review of work, money and health after 50"),
    "money_advice": sentence("Money advice, or help with food or fuel"),
}

FOR_WHOM: dict[str, Sentence] = {
    "cv": sentence("For everybody. It can be in a group."),
    "careers": sentence("For everybody. Who gives it has changed in England: ask who does it now."),
    "training": sentence("For everybody. Agree the hours in your Claimant Commitment first."),
    "swap": sentence("For people who are ready to start work soon."),
    "restart": sentence(
        "For people in England and Wales who have been out of work for 6 to 9 months. "
        "Ask if it takes new people now."
    ),
    "pathways": sentence(
        "For people whose health affects the work they can do. If a decision says you need not "
        "get ready for work, it is voluntary."
    ),
    "connect": sentence(
        "Local help that the government pays for. Ask if it is near you, and who it is for."
    ),
    "disability_adviser": sentence(
        "For people with a health condition or disability. Ask by name."
    ),
    "psychologist": sentence("Ask by name, and ask who it is for."),
    "self_employment": sentence("For people who want to work for themselves. Ask by name."),
    "complex_needs": sentence(
        "For example without a home, after prison or care, or with an addiction. Ask by name."
    ),
    "access_to_work": sentence(
        "For people from 16 who have paid work or are about to start. It does not replace what "
        "an employer has to change."
    ),
    "fund": sentence("For costs like travel, clothes or tools. A work coach decides."),
    "youth": sentence("For young people who get Universal Credit."),
    "fifty_plus": sentence("For people of 50 and over."),
    "money_advice": sentence("For everybody. It is free."),
}


@dataclass(frozen=True, kw_only=True)
class Offer(Checked):
    """One thing to ask for. `voluntary` is whether saying no is free of consequences."""

    voluntary: str
    nations: list[str]

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.key not in NAMES:
            raise DataError(f"{self.key}: this offer has no name here.")
        if self.voluntary not in VOLUNTARY:
            raise DataError(f"{self.key}: voluntary must be one of {', '.join(VOLUNTARY)}.")
        if not self.nations or set(self.nations) - set(NATIONS):
            raise DataError(f"{self.key}: nations must be some of {', '.join(NATIONS)}.")

    @property
    def name(self) -> Sentence:
        return NAMES[self.key]

    @property
    def for_whom(self) -> Sentence:
        return FOR_WHOM[self.key]


@cache
def known() -> Mapping[str, Offer]:
    """Every offer, by key. Raises DataError."""
    return read(FILE, Offer)


def of_nation(nation: str) -> list[Offer]:
    """What there is in the nation of an office."""
    return [offer for offer in known().values() if nation in offer.nations]
