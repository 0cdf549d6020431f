"""Is there a pause or lower hours for me? The rules of facts 3 as plain questions. Apart from
`rules`, for it is a file of data: what each rests on is in portal/data/easements.toml, its
sentences are in `easement_words`, so that they are translated. Pure: nothing that a person ticks
is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from portal import dated_data
from portal.commitment.easement_words import EASEMENTS, Easement
from portal.dated_data import Checked
from portal.refusals import Sentence, sentence

FILE = dated_data.FOLDER / "easements.toml"


class Effect(StrEnum):
    """What a rule does to what is asked."""

    off = "off"
    no_search = "no_search"
    meetings = "meetings"
    prepare = "prepare"
    fewer = "fewer"
    ask = "ask"


EFFECTS: dict[Effect, Sentence] = {
    Effect.off: sentence("Nothing should be asked of you for a time."),
    Effect.no_search: sentence("You should not be asked to look for work for a time."),
    Effect.meetings: sentence("Only meetings should be asked of you."),
    Effect.prepare: sentence("Only meetings and getting ready for work should be asked of you."),
    Effect.fewer: sentence("Fewer hours should be asked of you."),
    Effect.ask: sentence("It depends. It is worth asking."),
}


@dataclass(frozen=True, kw_only=True)
class Source(Checked):
    """What a rule rests on, and what it does."""

    effect: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.effect not in list(Effect):
            raise dated_data.DataError(f"{self.key}: effect must be one of {', '.join(Effect)}.")


@dataclass(frozen=True)
class Answer:
    """A rule that may hold for somebody, with what it rests on."""

    key: str
    easement: Easement
    source: Source

    @property
    def effect(self) -> Sentence:
        return EFFECTS[Effect(self.source.effect)]


@cache
def sources() -> Mapping[str, Source]:
    """What each rule rests on. Raises DataError when the file and the sentences differ."""
    found = dated_data.read(FILE, Source)
    if set(found) != set(EASEMENTS):
        raise dated_data.DataError(f"{FILE.name}: its rules are not those of easements.py.")
    return found


def answers(keys: Iterable[str]) -> list[Answer]:
    """The rules for what somebody ticked, in the order of the page; unknown keys are left out."""
    wanted = set(keys)
    return [
        Answer(key, easement, sources()[key])
        for key, easement in EASEMENTS.items()
        if key in wanted
    ]


def last_checked(found: Iterable[Answer]) -> date:
    """The day on which the oldest of these was checked; of all rules when none is given."""
    days = [answer.source.last_checked for answer in found]
    return min(days or [source.last_checked for source in sources().values()])
