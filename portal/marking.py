"""Sentences that say who they are: two languages of one page, paired by the sentence's own id.

While a page is made for two languages, every sentence of the catalogues and every date comes
marked: what it says in the first language, what it says in the second, and its id. Marks nest,
as a date stands in a sentence. `first` and `second` read one language out of a marked text.
Nothing is marked outside such a page: not what is stored, sent or recorded.

Where a page has one language, only a sentence that its catalogue lacks is marked, so that its
English can be named as English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

START, SECOND, KEY, END = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile(f"([{START}-{END}])")

# A sentence whose English stands where its translation is missing has this before its id.
MISSING = "!"


@dataclass
class Page:
    """A page being made: with which second language (a code), and what it lacked.

    `missing` has the language, context and English of each sentence without a translation, and
    `said` the English and the translation of every sentence by its id, values still to be put in.
    """

    other: str | None = None
    missing: list[tuple[str, str | None, str]] = field(default_factory=list)
    said: dict[str, tuple[str, str]] = field(default_factory=dict)


_page: ContextVar[Page | None] = ContextVar("page", default=None)


@contextmanager
def page(other: str | None) -> Iterator[Page]:
    """Mark what is said inside the block: for two languages, or what one of them lacks."""
    made = Page(other)
    token = _page.set(made)
    try:
        yield made
    finally:
        _page.reset(token)


@contextmanager
def unmarked() -> Iterator[None]:
    """Whatever is said inside the block is plain: it is stored, sent or looked up."""
    token = _page.set(None)
    try:
        yield
    finally:
        _page.reset(token)


def current() -> Page | None:
    return _page.get()


def string_id(context: str | None, english: str) -> str:
    """The short name of a sentence in all catalogues: eight hexadecimal digits."""
    return sha256(f"{context or ''}\x04{english}".encode()).hexdigest()[:8]


def mark(first: str, second: str, key: str = "") -> str:
    return f"{START}{first}{SECOND}{second}{KEY}{key}{END}"


def is_marked(text: str) -> bool:
    return START in text


def first(text: str) -> str:
    """The text in the page's own language, without marks."""
    return _read(text, 0)


def second(text: str) -> str:
    """The text in the second language; what belongs to none of them stands in both."""
    return _read(text, 1)


def _read(text: str, wanted: int) -> str:
    """One half of each mark. A stray end belongs to nobody, and says nothing."""
    out: list[str] = []
    halves: list[int] = []
    for piece in _MARKS.split(text):
        match piece:
            case "\ue000":
                halves.append(0)
            case "\ue001" | "\ue002" if halves:
                halves[-1] += 1
            case "\ue003" if halves:
                halves.pop()
            case "\ue001" | "\ue002" | "\ue003":
                pass
            case _ if all(half == wanted for half in halves):
                out.append(piece)
    return "".join(out)


def keys(text: str) -> list[str]:
    """The ids of the sentences in a text, in their order; dates have none."""
    return [key for key in re.findall(f"{KEY}([^{START}-{END}]*){END}", text) if key]


def cleaned(text: str) -> str:
    """A text of somebody else without the letters that are marks here."""
    return _MARKS.sub("", text)


@dataclass(frozen=True)
class Speaker:
    """A catalogue that marks what it says; in the place of a catalogue that does not."""

    own: Any
    other: Any
    page: Page
    languages: tuple[str, str | None]

    def ugettext(self, english: str) -> str:
        return self._say(None, english, "ugettext", english)

    def upgettext(self, context: str, english: str) -> str:
        return self._say(context, english, "upgettext", context, english)

    def ungettext(self, english: str, more: str, number: int) -> str:
        return self._say(None, english, "ungettext", english, more, number)

    def unpgettext(self, context: str, english: str, more: str, number: int) -> str:
        return self._say(context, english, "unpgettext", context, english, more, number)

    def _say(self, context: str | None, english: str, how: str, *words: Any) -> str:
        text = str(getattr(self.own, how)(*words))
        lacks = self.languages[0] != "en" and not _has(self.own, context, english)
        if lacks:
            self.page.missing.append((self.languages[0], context, english))
        key = string_id(context, english)
        self.page.said.pop(key, None)  # where it was said last, for a heading is the title before
        self.page.said[key] = (english, text)
        if self.other is None:
            return mark(text, text, MISSING) if lacks else text
        return mark(text, getattr(self.other, how)(*words), (MISSING if lacks else "") + key)


def _has(catalogue: Any, context: str | None, english: str) -> bool:
    found = catalogue._catalog
    key = english if context is None else f"{context}\x04{english}"
    return key in found or (key, 0) in found


def english_named(html: str) -> str:
    """A page of one language in which some sentence had no translation: that one is English.

    Inside a tag (a title, a value) there is nothing to name it with.
    """
    parts = re.split(r"(<[^>]*>)", html)
    text = '<span lang="en" dir="ltr">{}</span>'
    for place in range(0, len(parts), 2):
        parts[place] = re.sub(
            f"{START}([^{START}-{END}]*){SECOND}[^{START}-{END}]*{KEY}{MISSING}{END}",
            lambda found: text.format(found[1]),
            parts[place],
        )
    return first("".join(parts))
