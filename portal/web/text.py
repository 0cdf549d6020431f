"""Text as people and other systems send it. Apart from `forms` because files and the API
bring text too."""

from __future__ import annotations

import unicodedata

KEPT_CONTROLS = "\n\t"
_BIDI = "\u202a\u202b\u202c\u202d\u202e"


def clean(text: str | None) -> str:
    """What a person typed, without characters that could hide or reverse other text.

    Joiners, emoji and every script stay; control characters and direction overrides go. Line
    ends become one kind, and space at either end goes.
    """
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in text
        if c in KEPT_CONTROLS or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _BIDI)
    ).strip()


def one_line(text: str | None) -> str:
    """The same on one line: line ends and tabs become spaces."""
    return " ".join(clean(text).split())


def western_digits(text: str) -> str:
    """Digits of any script as 0-9, and full-width letters and signs as the usual ones."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKC", text)
    )
