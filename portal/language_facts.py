"""What is known about each language (`languages.toml`), and how it writes days and times. Pure."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton

FOLDER = Path(__file__).parent
DEFAULT = "en"


@dataclass(frozen=True)
class Language:
    """One language as `languages.toml` describes it."""

    code: str
    endonym: str
    english_name: str
    html_lang: str
    dir: str
    babel_locale: str
    plural_forms: str
    date: str
    sms_date: str
    clock: str
    clock_suffix: str = ""
    date_alt_locale: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    month_override: Mapping[str, str] = field(default_factory=dict)
    name_override: Mapping[str, str] = field(default_factory=dict)

    @property
    def rtl(self) -> bool:
        return self.dir == "rtl"

    @property
    def forms(self) -> int:
        """How many plural forms its header names."""
        return int(self.plural_forms.removeprefix("nplurals=").partition(";")[0])

    @property
    def has_accents(self) -> bool:
        """Written in Latin letters, some of which a text message lacks or makes dear."""
        return self.code != DEFAULT and unicodedata.name(self.endonym[0]).startswith("LATIN")


@cache
def known() -> dict[str, Language]:
    """Every language we have facts about, by code."""
    facts = tomllib.loads((FOLDER / "languages.toml").read_text(encoding="utf-8"))
    return {code: Language(code=code, **values) for code, values in facts.items()}


def date_of(day: date, pattern: str, language: Language) -> str:
    """A day in a pattern of CLDR, with the months spelt as this language spells them today."""
    month = language.month_override.get(str(day.month))
    if month:
        pattern = pattern.replace("MMMM", f"'{month}'")
    return format_date(day, pattern, locale=Locale.parse(language.babel_locale))


def month_of(day: date, language: Language) -> str:
    """A month without a day, which some languages write in another form."""
    month = language.month_override.get(str(day.month))
    if month:
        return f"{month} {day.year}"
    return format_skeleton("yMMMM", day, locale=Locale.parse(language.babel_locale))


def time_of(at: time, language: Language) -> str:
    """A time of day as this language reads the clock."""
    if language.clock == "24h":
        return f"{at.hour:02d}:{at.minute:02d}"
    if language.clock == "joined" and (at.hour, at.minute) == (12, 0):
        return language.words["midday"]
    part = _part_of_day(at, language)
    figures = f"{(at.hour - 1) % 12 + 1}:{at.minute:02d}"
    word = language.words[part]
    if language.clock == "joined":
        return figures + (word if part != "midday" else "pm")
    if language.clock == "before":
        return f"{word} {figures}{language.clock_suffix}"
    return f"{figures} {word}"


def _part_of_day(at: time, language: Language) -> str:
    """Which of the language's words for a time of day. Some have one for four in the afternoon
    and one for the night, which goes on until four in the morning."""
    named = language.words
    if "night" in named and (at.hour >= 20 or at.hour < 4):
        return "night"
    if "late_afternoon" in named and 16 <= at.hour < 18:
        return "late_afternoon"
    if at.hour < 12:
        return "morning"
    if at.hour == 12:
        return "midday"
    return "afternoon" if at.hour < 18 else "evening"
