"""How pages say in which language something was typed. Apart from `views`, of which there are
none: other parts' pages ask.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

from flask import Flask, g
from markupsafe import Markup, escape

from portal import languages
from portal.languages import Language
from portal.typed import queries, rules
from portal.typed.models import Fit, Side, Typed


def typed_of(about: UUID, side: str = "person") -> Typed | None:
    """How one thing was typed. A page asks about many things of one person: one read for all."""
    read: dict[tuple[UUID, Side], Typed | None] = g.setdefault("typed_words", {})
    key = about, Side(side)
    if key not in read:
        found = queries.typed(*key)
        if found is not None:
            read |= {(each.about, each.side): each for each in queries.all_of(found.claimant_id)}
        read[key] = found
    return read[key]


def known_language(found: Typed | None) -> Language | None:
    """The language of something typed, where its letters leave no doubt."""
    if found is None or found.fit is not Fit.whole:
        return None
    return languages.known().get(found.language)


def typed_lang(about: UUID, side: str = "person") -> Markup:
    """The `lang` attribute of the element with the words, for whoever hears the page; nothing
    where it is not known. The direction comes from the words, line by line."""
    language = known_language(typed_of(about, side))
    return Markup(' lang="{}"').format(language.html_lang) if language else Markup("")


def by_staff(words: str, about: UUID) -> Markup:
    """What staff wrote, inside a sentence to the person; in another language than the page's it
    names its own, for them and whoever interprets for them."""
    language = known_language(typed_of(about, "staff"))
    if language is None or language.code == languages.current().code:
        return Markup("<bdi>{}</bdi>").format(words)
    return Markup('<bdi lang="{}">{}</bdi> (<bdi lang="{}">{}</bdi>)').format(
        language.html_lang, words, language.html_lang, language.endonym
    )


_PHONE = re.compile(r"(?<![\w+])(?:\+\d|[0٠۰০੦])[\d ()\u00a0-]{6,}\d")


def typed_line(line: str) -> Markup:
    """A line that somebody typed. Inside words from right to left the two halves of a telephone
    number would change places, so each number is kept in its own direction."""
    if not any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in line):
        return escape(line)
    said, end = Markup(), 0
    for found in _PHONE.finditer(line):
        said += escape(line[end : found.start()])
        said += Markup('<bdi dir="ltr">{}</bdi>').format(found[0])
        end = found.end()
    return said + escape(line[end:])


def named(code: str) -> Markup:
    """A language as the page's one calls it, and by its own name, which the person would read."""
    language = languages.known().get(code)
    name = languages.isolate(languages.name_of(code))
    if language is None or language.code in (languages.DEFAULT, languages.current().code):
        return name
    return Markup("{} ({})").format(name, languages.isolate(language.endonym))


def init_app(app: Flask) -> None:
    names: dict[str, Any] = {
        "typed_of": typed_of,
        "known_language": known_language,
        "language_named": named,
        "typed_lang": typed_lang,
        "typed_kinds": rules.WHAT,
    }
    app.jinja_env.globals.update(names)
    app.jinja_env.filters.update(by_staff=by_staff, typed_line=typed_line)
