"""A folder of a language, made for a test."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from portal import catalogues, languages
from portal.catalogues import Sentence

STATUS = 'state = "machine-drafted"\ndrafted_on = 2026-11-21\n'


def sentence(english: str | tuple[str, ...], *forms: str, context: str | None = None) -> Sentence:
    """One sentence and what a language makes of it."""
    return Sentence(context, (english,) if isinstance(english, str) else english, forms)


def folder(
    root: Path, *found: Sentence, code: str = "cy", status: str = STATUS, header: str = ""
) -> Path:
    """A language with these sentences."""
    plurals = header or languages.known()[code].plural_forms
    catalog = Catalog(locale=languages.known()[code].babel_locale, fuzzy=False)
    number, rule = plurals.removeprefix("nplurals=").removesuffix(";").split("; plural=")
    catalog._num_plurals, catalog._plural_expr = int(number), rule
    for each in found:
        plural = len(each.english) > 1
        catalog.add(
            each.english if plural else each.english[0],
            each.forms if plural else "".join(each.forms),
            context=each.context,
            flags=["fuzzy"] if each.fuzzy else [],
            locations=[(place, 0) for place in each.where],
        )
    made = root / code
    catalogues.po_file(made).parent.mkdir(parents=True, exist_ok=True)
    with catalogues.po_file(made).open("wb") as file:
        write_po(file, catalog, width=0)
    (made / "status.toml").write_text(status, encoding="utf-8")
    return made
