"""What a point says in the language that is being spoken. Apart from `rules`, which know no
language. Works with and without a request, inside an application context.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal import languages
from portal.commitment.library import POINTS, TYPED_CANNOT, TYPED_SHOW
from portal.commitment.models import Point
from portal.languages import Wording, say


@dataclass(frozen=True)
class Words:
    """Some words and the code of the language they are in."""

    text: str
    language: str

    @property
    def foreign(self) -> bool:
        """True when they are not in the language being spoken."""
        return bool(self.text) and self.language != languages.current().code


@dataclass(frozen=True)
class Said:
    """A point as it is shown: in the reader's language where there is a translation."""

    plain: Words
    detail: Words
    """What exactly is meant, typed by staff; may be empty."""
    english: str
    """Typed words in English, beside words of another language."""
    why: Words
    show: str
    cannot: str
    official: Words

    @property
    def translated(self) -> bool:
        """False when a part that staff typed is not in the language being spoken."""
        return not (self.plain.foreign or self.detail.foreign)

    def whole(self) -> str:
        """Everything that is shown, one part a line."""
        parts = (
            self.plain.text,
            self.detail.text,
            self.english,
            self.why.text,
            self.show,
            self.cannot,
            self.official.text,
        )
        return "\n".join(part for part in parts if part)


def said(point: Point) -> Said:
    """A point in the language being spoken now."""
    here = languages.current().code
    typed = Words(point.words, point.language)
    known = POINTS.get(point.code)
    if known is not None:
        return Said(
            plain=Words(say(known.plain), here),
            detail=typed,
            english=point.english,
            why=Words(say(known.why), here),
            show=say(known.show),
            cannot=say(known.cannot),
            official=Words(point.official, point.official_language),
        )
    return Said(
        plain=typed,
        detail=Words("", here),
        english=point.english,
        why=Words(point.why, point.language),
        show=say(TYPED_SHOW),
        cannot=say(TYPED_CANNOT),
        official=Words(point.official, point.official_language),
    )


def wording(point: Point) -> Wording:
    """What showing this point now puts before the person."""
    return languages.wording(said(point).whole())
