"""What a catalogue must be: in step with the source, whole, and faithful to its placeholders."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from portal.languages import TRANSLATIONS, known
from portal.settings import ROOT

KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "sentence": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
_TAG = re.compile(r"</?\w+")


@cache
def source() -> frozenset[tuple[str, str]]:
    """Every sentence of the source: its context and its English (the singular of a plural)."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = set()
    for _file, _line, message, _comments, context in extract_from_dir(
        str(ROOT), methods, options, keywords=KEYWORDS
    ):
        english = message[0] if isinstance(message, tuple) else message
        found.add((context or "", english))
    return frozenset(found)


def catalogue(code: str) -> Catalog:
    file = TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as stream:
        return pofile.read_po(stream, locale=known()[code].babel_locale)


def english_of(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else str(message.id)


def faults(code: str) -> list[str]:
    """Everything wrong with one language's catalogue, in sentences."""
    return header_faults(code) + entry_faults(catalogue(code), code, source())


def header_faults(code: str) -> list[str]:
    file: Path = TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    wanted = f'"Plural-Forms: {known()[code].plural_forms}\\n"'
    return [] if wanted in file.read_text(encoding="utf-8") else [f"the header lacks {wanted}"]


def entry_faults(entries: Catalog, code: str, wanted: frozenset[tuple[str, str]]) -> list[str]:
    here = {(m.context or "", english_of(m)): m for m in entries if m.id}
    found = [f"missing: {context} {english!r}" for context, english in sorted(wanted - set(here))]
    found += [f"not in the source: {key!r}" for key in sorted(set(here) - wanted)]
    forms = int(re.search(r"nplurals=(\d)", known()[code].plural_forms)[1])  # type: ignore[index]
    for message in here.values():
        found += [f"{fault}: {english_of(message)!r}" for fault in _message_faults(message, forms)]
    return found


def _message_faults(message: Message, forms: int) -> list[str]:
    if message.fuzzy:
        return ["fuzzy"]
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    translated = message.string if isinstance(message.string, tuple) else (message.string,)
    found = []
    if isinstance(message.id, tuple) and len(translated) != forms:
        found.append(f"{len(translated)} plural forms instead of {forms}")
    if not all(translated):
        return [*found, "not translated"]
    wanted = set(_PLACEHOLDER.findall(english[-1]))
    for text in translated:
        names = set(_PLACEHOLDER.findall(text))
        # A form for one number only may leave the number out; nothing may be invented.
        if names - wanted or (wanted - names and not isinstance(message.id, tuple)):
            found.append("other placeholders than the English")
        if sorted(_TAG.findall(text)) != sorted(_TAG.findall(english[-1])):
            found.append("other tags than the English")
        if re.search(r"%(?!\(\w+\)[sd]|%)", text) and "%(" in english[-1]:
            found.append("a bare per cent sign")
    return found
