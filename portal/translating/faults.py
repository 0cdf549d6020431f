"""What a catalogue must be: in step with the source, whole, and faithful to what it translates."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import PoFileError

from portal import catalogues
from portal.catalogues import Sentence, string_id
from portal.languages import Language
from portal.translating import glossary
from portal.translating.source import Key

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
_TAG = re.compile(r"</?\w+[^>]*>")
_BARE = re.compile(r"%(?!\(\w+\)[sd]|%)")
_LETTERS_THAT_DO = "\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"
"""Joiners and marks of direction: they belong to how some languages are written."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with a language, and where."""

    language: str
    id: str
    """Of the sentence, or nothing where it is about the whole catalogue."""
    place: str
    """The file in which the sentence stands."""
    what: str
    words: str = ""
    """The English, or the text it is about."""

    def __str__(self) -> str:
        where = ": ".join(each for each in (self.language, self.id, self.place) if each)
        return f"{where}: {self.what}" + (f": {self.words!r}" if self.words else "")


def of_language(folder: Path, language: Language, source: Mapping[Key, str]) -> list[Fault]:
    """Everything wrong with the catalogue and the status of one language."""
    try:
        catalogues.read(folder)
    except (PoFileError, UnicodeDecodeError, OSError) as error:
        return [Fault(language.code, "", "messages.po", f"cannot be read: {error}")]
    found = [Fault(language.code, "", file, what) for file, what in _of_files(folder, language)]
    return found + of_catalogue(catalogues.read(folder), language, source)


def _of_files(folder: Path, language: Language) -> Iterator[tuple[str, str]]:
    wanted = f'"Plural-Forms: {language.plural_forms}\\n"'
    if wanted not in catalogues.po_file(folder).read_text(encoding="utf-8"):
        yield "messages.po", f"the header lacks {wanted}"
    if catalogues.read_po(catalogues.po_file(folder)).fuzzy:
        yield "messages.po", "the header is marked fuzzy, and nothing would be compiled"
    try:
        catalogues.read_status(folder)
    except (catalogues.StatusWrong, OSError) as error:
        yield "status.toml", str(error)


def of_catalogue(
    found: Iterable[Sentence], language: Language, source: Mapping[Key, str]
) -> list[Fault]:
    """Everything wrong with the sentences of one language."""
    here = {(each.context or "", each.english): each for each in found}
    ids = Counter(each.id for each in here.values())
    code = language.code
    return [
        *(
            Fault(code, string_id(context or None, english[0]), place, "missing", english[0])
            for (context, english), place in source.items()
            if (context, english) not in here
        ),
        *(
            Fault(code, each.id, _place(each), "not in the source", each.english[0])
            for key, each in here.items()
            if key not in source
        ),
        *(
            Fault(code, each.id, _place(each), "two sentences have this id", each.english[0])
            for each in here.values()
            if ids[each.id] > 1
        ),
        *(
            Fault(code, each.id, _place(each), what, each.english[0])
            for each in here.values()
            for what in of_sentence(each, language)
        ),
    ]


def _place(sentence: Sentence) -> str:
    return sentence.where[0] if sentence.where else ""


def of_sentence(sentence: Sentence, language: Language) -> list[str]:
    """What is wrong with one translation, in words for whoever mends it."""
    if sentence.fuzzy:
        return ["fuzzy"]
    if not sentence.finished:
        return ["not translated"]
    english, forms, found = sentence.english, sentence.forms, list[str]()
    wanted = language.forms if len(english) > 1 else 1
    if len(forms) != wanted:
        found.append(f"{len(forms)} plural forms instead of {wanted}")
    for text in forms:
        found += [what for what in _of_form(english, text, english[-1]) if what not in found]
    terms = glossary.missing(sentence, language.code)
    return found + [agreed(term, language.code) for term in terms]


def _of_form(english: tuple[str, ...], text: str, model: str) -> Iterator[str]:
    wanted, names = set(_PLACEHOLDER.findall(model)), set(_PLACEHOLDER.findall(text))
    # A form for one number only may leave the number out; nothing may be invented.
    if names - wanted or (wanted - names and len(english) == 1):
        yield "other placeholders than the English"
    if Counter(_TAG.findall(text)) != Counter(_TAG.findall(model)):
        yield "other tags than the English"
    if _BARE.search(text) and "%(" in model:
        yield "a bare per cent sign"
    if any(_is_control(letter) for letter in text):
        yield "a control character"
    if (text[0].isspace(), text[-1].isspace()) != (model[0].isspace(), model[-1].isspace()):
        yield "other spaces at its ends than the English"


def _is_control(letter: str) -> bool:
    if letter == "\n" or letter in _LETTERS_THAT_DO:
        return False
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") or letter == "\ufffd"


def agreed(term: glossary.Term, code: str) -> str:
    """What was agreed for a term that a translation lacks."""
    return f"the glossary has {term.forms[code][0]!r} for {term.english!r}"
