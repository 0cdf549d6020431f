"""How pages say in which language something was typed. Apart from `views`, of which there are
none: other parts' pages ask.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask, g
from markupsafe import Markup

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


def named(code: str) -> str:
    """A language by its own name, and by its English one for whoever cannot read that."""
    language = languages.known().get(code)
    if language is None:
        return code
    if language.code == languages.DEFAULT:
        return language.endonym
    return f"{language.english_name} ({languages.isolate(language.endonym)})"


def init_app(app: Flask) -> None:
    names: dict[str, Any] = {
        "typed_of": typed_of,
        "known_language": known_language,
        "language_named": named,
        "typed_lang": typed_lang,
        "typed_kinds": rules.WHAT,
    }
    app.jinja_env.globals.update(names)
    app.jinja_env.filters["by_staff"] = by_staff
