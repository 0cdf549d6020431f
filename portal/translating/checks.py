"""Everything that `flask translations check` looks at.

The portal knows the catalogues. Who speaks from them adds a check of its own, as texts do, which
must fit into their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from babel.messages.catalog import Catalog
from flask import Flask, current_app

from portal import catalogues, languages
from portal.translating import faults, source
from portal.translating.faults import Fault

Check = Callable[[str, Catalog | None], list[Fault]]
"""Of one language by its code, spoken from this catalogue, or from the one in use."""


def add(app: Flask, check: Check) -> None:
    """Have this looked at, too."""
    app.extensions.setdefault("translation_checks", []).append(check)


def of_others(code: str, catalog: Catalog | None = None) -> list[Fault]:
    """What those who speak from the catalogues find."""
    checks: list[Check] = current_app.extensions.get("translation_checks", [])
    return [fault for check in checks for fault in check(code, catalog)]


def everything(*codes: str) -> Iterator[Fault]:
    """Every fault of these languages, or of all that are offered. Needs an app context."""
    found = source.sentences()
    pot = catalogues.sentences(catalogues.read_po(languages.TRANSLATIONS / "messages.pot"))
    listed = {(each.context or "", each.english) for each in pot}
    for (context, english), place in found.items():
        if (context, english) not in listed:
            yield _stale(context, english[0], place, "not in messages.pot: run `make translations`")
    for each in pot:
        if (each.context or "", each.english) not in found:
            yield _stale(
                each.context or "", each.english[0], "", "messages.pot has it, not the source"
            )
    for language in languages.offered():
        if codes and language.code not in codes:
            continue
        if language.code != languages.DEFAULT:
            folder = languages.TRANSLATIONS / language.code
            yield from faults.of_language(folder, language, found)
        yield from of_others(language.code)


def _stale(context: str, english: str, place: str, what: str) -> Fault:
    return Fault("source", catalogues.string_id(context or None, english), place, what, english)
