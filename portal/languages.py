"""Languages: which are offered, which one is being spoken now, and how it writes dates.

Works with and without a request, inside an application context. Digits are 0-9 and the
calendar is Gregorian in every language, so that codes, letters and keypads match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from typing import Any

from babel import Locale
from babel.dates import format_date
from flask import current_app
from flask_babel import force_locale, get_locale, gettext, pgettext
from markupsafe import Markup, escape

from portal import catalogues, clock, marking
from portal.language_facts import DEFAULT, FOLDER, Language, date_of, known, month_of, time_of
from portal.refusals import Sentence

__all__ = ["DEFAULT", "Language", "known"]

TRANSLATIONS = FOLDER / "translations"


class CatalogueMissing(Exception):
    """A language has a catalogue that is not compiled: it would silently speak English."""


@cache
def offered() -> tuple[Language, ...]:
    """English and every language with a catalogue. A language is either whole or not offered.

    Raises CatalogueMissing when a catalogue was not compiled.
    """
    found = []
    for language in known().values():
        folder = TRANSLATIONS / language.code / "LC_MESSAGES"
        if language.code == DEFAULT:
            found.append(language)
        elif (folder / "messages.po").exists():
            if not (folder / "messages.mo").exists():
                raise CatalogueMissing(f"Compile the catalogue of {language.english_name}.")
            found.append(language)
    return tuple(found)


@cache
def review_state(code: str) -> str:
    """How far a language was checked: machine-drafted, part-reviewed or reviewed."""
    if code == DEFAULT:
        return "reviewed"
    return catalogues.state(TRANSLATIONS / code)


@cache
def unreviewed(code: str) -> frozenset[str]:
    """The ids of the sentences of a language that nobody has checked as they stand now."""
    return frozenset() if code == DEFAULT else catalogues.unreviewed(TRANSLATIONS / code)


@dataclass(frozen=True)
class Wording:
    """Exactly what was shown: its language, how far that was checked, and the words."""

    language: str
    review: str
    words: str

    @property
    def digest(self) -> str:
        """SHA-256 of the language, a line feed and the words, in hexadecimal."""
        return sha256(f"{self.language}\n{self.words}".encode()).hexdigest()


def wording(words: str) -> Wording:
    """What showing these words in the language being spoken puts before a person."""
    code = current().code
    return Wording(code, review_state(code), marking.first(words))


def is_offered(code: str | None) -> bool:
    return any(language.code == code for language in offered())


def best_of(wanted: list[str]) -> str | None:
    """The first offered language among codes like `cy`, `pt-BR` or `pa-Guru`."""
    for code in wanted:
        short = code.replace("_", "-").split("-")[0].lower()
        if is_offered(short):
            return short
    return None


def current() -> Language:
    """The language being spoken now; English outside an application context."""
    locale = get_locale() if current_app else None
    code = locale.language if locale else DEFAULT
    return known().get(code, known()[DEFAULT])


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Speak one language inside the block, request or no request.

    Raises RuntimeError outside an application context, where it would silently be English.
    """
    if not current_app:
        raise RuntimeError("Speaking a language needs an application context.")
    language = known()[code if is_offered(code) else DEFAULT]
    with force_locale(language.babel_locale):
        yield language


def _in_both(write: Callable[[], str]) -> str:
    """What is not of a catalogue, a date or a time, as a page of two languages needs it."""
    page = marking.current()
    text = write()
    if page is None or page.other is None:
        return text
    with marking.unmarked(), speaking(page.other):
        return marking.mark(text, write())


def day(moment: datetime | date) -> str:
    """Tuesday 3 February 2026, by the wall clock in the United Kingdom."""
    return _in_both(lambda: date_of(_as_day(moment), current().date, current()))


def other_day(moment: datetime | date) -> str:
    """The date with the month names of other readers of the same language, or nothing.

    Arabic has two sets of month names, Persian too: an appointment page shows both.
    """
    language = current()
    if not language.date_alt_locale:
        return ""
    text = format_date(_as_day(moment), "d MMMM y", locale=language.date_alt_locale)
    page = marking.current()
    return marking.mark(text, "") if page and page.other else text


def month(moment: datetime | date) -> str:
    """February 2026: a month without a day, which some languages write in another form."""
    return _in_both(lambda: month_of(_as_day(moment), current()))


def weekday(number: int) -> str:
    """The name of a day of the week; 0 is Monday."""
    return _in_both(lambda: date_of(date(2024, 1, 1 + number), "EEEE", current()))


def name_of(code: str) -> str:
    """A language as the language being spoken calls it, for inside a sentence; the code itself
    where nobody knows it."""
    return _in_both(lambda: _name(code, current()))


def _name(code: str, spoken: Language) -> str:
    if code not in known():
        return code
    if spoken.code == DEFAULT:
        return known()[code].english_name
    names = Locale.parse(spoken.babel_locale).languages
    return spoken.name_override.get(code) or names.get(code) or known()[code].endonym


def _as_day(moment: datetime | date) -> date:
    return clock.local(moment).date() if isinstance(moment, datetime) else moment


def clock_time(moment: datetime | time) -> str:
    """10:30am, 14:30, 2:30 with a word: as this language reads the clock."""
    at = clock.local(moment).time() if isinstance(moment, datetime) else moment
    return _in_both(lambda: time_of(at, current()))


def when(moment: datetime) -> str:
    """Day and time in one phrase."""
    return pgettext("day and time", "%(day)s, %(time)s", day=day(moment), time=clock_time(moment))


def when_in_text(moment: datetime) -> str:
    """Day and time for a text: short, and in no language ambiguous."""
    language = current()
    return f"{date_of(_as_day(moment), language.sms_date, language)} {clock_time(moment)}"


def day_in_text(day: datetime | date) -> str:
    """The day alone, for a text."""
    language = current()
    return date_of(_as_day(day), language.sms_date, language)


def isolate(value: Any, *, ltr: bool = False) -> Markup:
    """A value inside a sentence, kept from disturbing the direction of the words around it."""
    page = marking.current()
    rtl = current().rtl or (page is not None and known()[page.other or DEFAULT].rtl)
    if not rtl or isinstance(value, Markup):
        return escape(value)
    if ltr:
        return Markup('<bdi dir="ltr">{}</bdi>').format(value)
    return Markup("<bdi>{}</bdi>").format(value)


def say(said: Sentence, *, html: bool = False) -> str:
    """A sentence of the rules in the language being spoken, with its values in that language."""
    values = {name: _say_value(value, html) for name, value in said.values.items()}
    text = gettext(said.english)
    if html:
        return Markup(text) % values if values else Markup(text)  # noqa: S704
    return text % values if values else text


def _say_value(value: Any, html: bool) -> Any:
    match value:
        case Sentence():
            return say(value, html=html)
        case datetime():
            text: Any = when(value)
        case date():
            text = day(value)
        case _:
            text = value
    return isolate(text) if html else text
