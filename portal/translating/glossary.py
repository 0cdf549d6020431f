"""Whether a translation uses the word that was agreed for each term.

`glossary.tsv` has the terms of this service in every language: the form to show comes first,
the forms after ` | ` are spellings and stems. `terms.toml` says which of its rows are terms that
a sentence can be held to, and lists more stems where words change too much. `allowed.tsv` holds
the sentences that are right without the term, each with the reason.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.catalogues import Sentence

FOLDER = Path(__file__).parent
_ENGLISH_SAYS_NO_MORE = re.compile(r"\s*\(.*?\)|:.*")
_NOT_WORDS = re.compile(r"<[^>]*>|%\(\w+\)[sd]|%%")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_ENDINGS = {"cy", "pl", "ro", "uk", "pt", "so"}
"""Languages in which a word changes its ending, so that only its beginning is looked for."""
_MUTATIONS = (
    ("c", ("g", "ch", "ngh")),
    ("p", ("b", "ph", "mh")),
    ("t", ("d", "th", "nh")),
    ("g", ("", "ng")),
    ("b", ("f", "m")),
    ("d", ("dd", "n")),
    ("ll", ("l",)),
    ("rh", ("r",)),
    ("m", ("f",)),
)
"""What becomes of the first letter of a Welsh word after some other words."""
_AFTER_VOWELS = "h"
"""What Welsh puts before a vowel after some words: ei hapwyntiad."""


@dataclass(frozen=True)
class Term:
    """One term: what it is called in English, and every form of it that a language has."""

    key: str
    english: str
    forms: dict[str, tuple[str, ...]]
    """By language; the form to show is the first."""

    def is_in(self, english: str) -> str | None:
        """The English sentence without this term, or None where it is not there."""
        without, found = re.subn(
            rf"\b{re.escape(self.english)}(?:s|es)?\b(?!-)", "…", english, flags=re.IGNORECASE
        )
        return without if found else None

    def is_said(self, text: str, code: str) -> bool:
        """Whether the translation has the term, whatever became of the word in the sentence."""
        words = _words(text, code)
        return any(_says(words, form, code) for form in self.forms[code])


@cache
def rows() -> dict[str, dict[str, str]]:
    """The whole glossary, by key; each row by the name of its column."""
    head, *lines = (FOLDER / "glossary.tsv").read_text(encoding="utf-8").splitlines()
    names = head.split("\t")
    found = (dict(zip(names, line.split("\t"), strict=True)) for line in lines)
    return {row["key"]: row for row in found}


@cache
def terms() -> tuple[Term, ...]:
    """The terms that sentences are held to, the longest first, so that a `Claimant Commitment`
    is not taken for a claimant."""
    said = tomllib.loads((FOLDER / "terms.toml").read_text(encoding="utf-8"))
    stems = said.get("stems", {})
    found = []
    for key in said["terms"]:
        row = rows()[key]
        forms = {
            code: (*row[code].split(" | "), *stems.get(code, {}).get(key, ()))
            for code in row
            if code not in ("key", "en", "definition", "note")
        }
        found.append(Term(key, _ENGLISH_SAYS_NO_MORE.sub("", row["en"]), forms))
    return tuple(sorted(found, key=lambda term: -len(term.english)))


@cache
def allowed() -> dict[tuple[str, str, str], str]:
    """Why a sentence may go without a term: by language (`*` for all), key of the term and id."""
    lines = (FOLDER / "allowed.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = (line.split("\t") for line in lines if line)
    return {(code, key, string_id): why for code, key, string_id, why in found}


def missing(sentence: Sentence, code: str) -> Iterator[Term]:
    """The terms that the English has and the translation has not."""
    english = _NOT_WORDS.sub(" ", sentence.english[-1])
    text = " ".join(sentence.forms)
    for term in terms():
        without = term.is_in(english)
        if without is None:
            continue
        english = without
        if not term.is_said(text, code) and not _is_allowed(sentence, term, code):
            yield term


def _is_allowed(sentence: Sentence, term: Term, code: str) -> bool:
    return any((each, term.key, sentence.id) in allowed() for each in (code, "*"))


def _plain(text: str, code: str) -> str:
    """Without what is written one way or the other: vowel signs of Arabic, joiners, hooks."""
    text = unicodedata.normalize("NFKC", _NOT_WORDS.sub(" ", text)).casefold()
    text = text.replace("’", "'").replace("\u200c", "").replace("\u0640", "")
    if code == "ar":
        text = "".join(c for c in text if not unicodedata.combining(c))
    return text


@cache
def _words(text: str, code: str) -> tuple[str, ...]:
    if code in _ENDINGS:
        return tuple(_WORD.findall(_plain(text, code)))
    # Signs over and under letters are no letters to Python, and must stay with theirs.
    plain = _plain(text, code)
    return tuple("".join(" " if unicodedata.category(c)[0] in "PS" else c for c in plain).split())


def _says(words: tuple[str, ...], form: str, code: str) -> bool:
    """Whether every word of the form is there, each with its beginning at least."""
    asked = _words(_ENGLISH_SAYS_NO_MORE.sub("", form), code)
    if not asked:
        return False
    return all(any(_is(word, stem, code) for word in words) for stem in asked)


def _is(word: str, form: str, code: str) -> bool:
    if code == "ar":  # and, for, with, the: written together with the word after them
        return _stem(form, code) in word
    return any(word.startswith(each) for each in _starts(_stem(form, code), code))


def _stem(form: str, code: str) -> str:
    """What of a word stays when it stands in another case or number."""
    if code in _ENDINGS:
        return (
            form if len(form) < 5 else form[: -1 if len(form) < 6 else -2 if len(form) < 9 else -3]
        )
    if code == "ar":
        form = form.removeprefix("ال")
        return form.removesuffix("ة") if len(form) > 3 else form
    return form


@cache
def _starts(stem: str, code: str) -> tuple[str, ...]:
    if code != "cy":
        return (stem,)
    found = [stem, _AFTER_VOWELS + stem]
    for letter, others in _MUTATIONS:
        if stem.startswith(letter):
            found += [other + stem.removeprefix(letter) for other in others]
            break
    return tuple(found)
