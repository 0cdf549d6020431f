"""How old one must be to read what we write: `python -m tools.reading_age`, or `make reading-age`.

Every page and every text in English, by two formulas that need no dictionary to be fetched:
the Automated Readability Index counts letters in a word and words in a sentence; Coleman-Liau
counts letters and sentences in a hundred words. Both give a school year; five years more is the
age. A page is all sentences of its template together, for a single line is too short to measure.
A longer text is measured by itself too, a short one with the others of its file. No sentence
anywhere may have more than 25 words.

Official names are no measure of our words: they are counted as one short name. The official
wording of a commitment is the Jobcentre's own, is no sentence of ours, and is not among them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import textstat
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from portal.translating.source import KEYWORDS

ROOT = Path(__file__).parents[1]
MOST = 11
"""The oldest that a reader may have to be."""
_SCHOOL_STARTS_AT = 5
LONGEST = 25
"""Words of one sentence."""
_FEWEST_WORDS = {"page": 30, "text": 20}
"""Below this the formulas say more about chance than about the words: what is shorter is measured
together with the others of its folder, or its file; a folder that is still too short, with the
other such folders."""
NAMES = (
    "Equality Advisory and Support Service",
    "Equality and Human Rights Commission",
    "Web Content Accessibility Guidelines",
    "Department for Work and Pensions",
    "National Living Wage",
    "Claimant Commitment",
    "Flexible Support Fund",
    "Universal Credit",
    "Citizens Advice",
    "Carer's Allowance",
    "Help to Claim",
    "Jobcentre",
    "Relay UK",
    "SignVideo",
)
"""Official names, the longest first. Each is explained where it comes first."""
_VALUE = re.compile(r"%\(\w+\)[sd]")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Measured:
    """One page or text, and the age that each formula gives it."""

    name: str
    words: str
    ari: float
    coleman_liau: float

    @property
    def age(self) -> float:
        """The higher of both."""
        return max(self.ari, self.coleman_liau)

    @property
    def fits(self) -> bool:
        return self.age <= MOST


def sentences() -> Iterator[tuple[str, str, str]]:
    """Every sentence of the source: its file, its context, its English."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for file_name, _line, message, _comments, context in extract_from_dir(
        str(ROOT), methods, options, keywords=KEYWORDS
    ):
        english = message[-1] if isinstance(message, tuple) else message
        yield file_name, context or "", english


def plain(text: str) -> str:
    """A sentence as somebody hears it: values and official names as one short word each."""
    text = _TAG.sub(" ", text)
    for name in NAMES:
        text = text.replace(name, "Ann")
    text = _VALUE.sub("six", text).replace("%%", "%")
    text = re.sub(r"\s+", " ", text).strip()
    return text if re.search(r"[.?:;]$", text) else f"{text}."


def measure(name: str, texts: list[str]) -> Measured:
    """All of these together."""
    words = " ".join(plain(text) for text in texts)
    return Measured(
        name,
        words,
        round(textstat.automated_readability_index(words) + _SCHOOL_STARTS_AT, 1),
        round(textstat.coleman_liau_index(words) + _SCHOOL_STARTS_AT, 1),
    )


def groups() -> dict[str, list[str]]:
    """The sentences of each page and of each file of texts, without those said twice in one."""
    found: dict[str, dict[str, None]] = {}
    for file_name, _context, english in sentences():
        found.setdefault(file_name, {})[english] = None
    whole: dict[str, list[str]] = {}
    for file_name, texts in found.items():
        here = list(texts)
        # Entries are read one after the other on the page of the record.
        short = _is_short(here) or "/entries/" in file_name
        key = str(Path(file_name).parent / "…") if short else file_name
        whole.setdefault(key, []).extend(here)
    for key in [key for key in whole if key.endswith("/…") and _is_short(whole[key])]:
        whole.setdefault("…", []).extend(whole.pop(key))
    return whole


def _is_short(texts: list[str]) -> bool:
    return sum(len(text.split()) for text in texts) < _FEWEST_WORDS["page"]


def everything() -> list[Measured]:
    """Every page and text, the hardest first."""
    found = [measure(name, texts) for name, texts in groups().items()]
    for file_name, context, english in sentences():
        if context == "sms" and len(english.split()) >= _FEWEST_WORDS["text"]:
            found.append(measure(f"{file_name}: {english}", [english]))
    return sorted(found, key=lambda each: -each.age)


def too_long() -> list[str]:
    """Sentences with more words than somebody takes in at once, and the file they are in."""
    return [
        f"{file_name}: {part}"
        for file_name, _context, english in sentences()
        for part in re.split(r"(?<=[.?!])\s+", english)
        if len(part.split()) > LONGEST
    ]


def main() -> int:
    """Print a line for each; 1 when one is too hard."""
    found = everything()
    for each in found:
        mark = " " if each.fits else "!"
        sys.stdout.write(f"{mark} {each.ari:5} {each.coleman_liau:5}  {each.name}\n")
    hard = [each for each in found if not each.fits]
    sys.stdout.write(f"{len(found)} pages and texts, {len(hard)} above {MOST}.\n")
    long = too_long()
    for line in long:
        sys.stdout.write(f"More than {LONGEST} words: {line}\n")
    return 1 if hard or long else 0


if __name__ == "__main__":
    raise SystemExit(main())
