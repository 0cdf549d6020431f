"""The sentences as the source says them now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

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
"""What marks a sentence, and where its words stand. As in the Makefile, but with our own names."""

Key = tuple[str, tuple[str, ...]]
"""The context, or nothing, and the English: one form, or the singular and the plural."""


@cache
def sentences() -> Mapping[Key, str]:
    """Every sentence of the source, and the first file in which it stands."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found: dict[Key, str] = {}
    for place, _line, message, _comments, context in extract_from_dir(
        str(ROOT), methods, options, keywords=KEYWORDS
    ):
        english = tuple(message) if isinstance(message, tuple) else (message,)
        found.setdefault((context or "", english), place)
    return found
