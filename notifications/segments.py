"""How long a text is for the network, and how its letters can be made to fit.

A text of GSM-7 letters holds 160 units, or 153 a part when it is split; one letter outside
that alphabet turns the whole text into UCS-2 with 70 units, or 67 a part. Some letters count
as two and are never split between parts. Rules: GSM 03.38; wording budgets: sms.md section 12.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

Style = Literal["auto", "plain", "full"]

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "\f^{}\\[~]|€"
GSM7 = frozenset(_BASIC + _EXTENDED)
"""The letters of the GSM alphabet."""
_ONLY_BASIC = re.compile(f"[{re.escape(_BASIC)}]*")
_GSM7_ALONE, _GSM7_PART = 160, 153
_UCS2_ALONE, _UCS2_PART = 70, 67
_MOST_WITH_ACCENTS = 2
# Typed by phones and editors in any language; each has a plain twin in the GSM alphabet.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼʹ′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t", " "),
        **dict.fromkeys("\u200b\ufeff\u00ad\u2060", ""),
        "…": "...",
        "•": "-",
    }
)
# Letters that are one piece in Unicode, so that taking their accent away needs a list.
_WHOLE_LETTERS = {
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "œ": "oe",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
    "ĸ": "k",
    "ſ": "s",
    "ə": "e",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """The length of a text: its encoding, its units in that encoding, and the parts it takes.

    An empty text has no units and no segments.
    """

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    segments: int


def measure(text: str) -> Measured:
    """Measure a text exactly as it would be sent."""
    if _ONLY_BASIC.fullmatch(text):
        units = len(text)
        parts = 1 if units <= _GSM7_ALONE else -(-units // _GSM7_PART)
        return Measured("GSM-7", units, parts if units else 0)
    if GSM7.issuperset(text):
        sizes = [2 if letter in _EXTENDED else 1 for letter in text]
        return _packed("GSM-7", sizes, _GSM7_ALONE, _GSM7_PART)
    sizes = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
    return _packed("UCS-2", sizes, _UCS2_ALONE, _UCS2_PART)


def _packed(
    encoding: Literal["GSM-7", "UCS-2"], sizes: list[int], alone: int, part: int
) -> Measured:
    units = sum(sizes)
    if units <= alone:
        return Measured(encoding, units, 1)
    segments, room = 1, part
    for size in sizes:
        if size > room:
            segments, room = segments + 1, part
        room -= size
    return Measured(encoding, units, segments)


@cache
def _languages() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "plain_letters.toml"
    tables: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return tables


@lru_cache(maxsize=16)
def _substitutes(language: str) -> dict[int, str]:
    """The language's letters and their capitals, ready for ``str.translate``."""
    found: dict[int, str] = {}
    for letter, plain_letter in _languages().get(language, {}).items():
        found[ord(letter)] = plain_letter
        capital = letter.upper()
        if len(capital) == 1 and capital != letter:
            found[ord(capital)] = plain_letter.upper()
    return found


def in_gsm7(language: str) -> bool:
    """Whether the language can be written in the GSM alphabet, if need be without accents."""
    return language in _languages()


def plain(text: str, language: str) -> str:
    """The text without the letters that cost a longer text, as far as that can be done.

    The language's own list comes first; what it does not know, such as a name from elsewhere,
    loses its accents. Letters of other alphabets stay. Texts in a language of another alphabet
    are returned as they are, except that Persian joiners become spaces (old phones show a box).
    """
    if not in_gsm7(language):
        return text.replace("\u200c", " ") if language == "fa" else text
    text = unicodedata.normalize("NFC", text).translate(_substitutes(language))
    text = text.translate(_TYPOGRAPHY)
    if GSM7.issuperset(text):
        return text
    return "".join(_plain_letter(letter) for letter in text)


@lru_cache(maxsize=2_000)
def _plain_letter(letter: str) -> str:
    if letter in GSM7:
        return letter
    for known, replacement in _WHOLE_LETTERS.items():
        if letter == known:
            return replacement
        if letter == known.upper():
            return replacement.capitalize()
    taken_apart = unicodedata.normalize("NFKD", letter)
    bare = "".join(mark for mark in taken_apart if not unicodedata.combining(mark))
    return bare if bare and GSM7.issuperset(bare) else letter


def fit(text: str, language: str, style: Style = "auto") -> str:
    """The text as it should be sent (sms.md section 12).

    full: accents kept, as long as the text stays within two segments or is none the shorter
    without. plain: accents taken away. auto: accents kept while the text is one
    segment, and taken away only where that saves a segment. Texts in other alphabets are never
    rewritten, except for Persian joiners.
    """
    if not in_gsm7(language):
        return plain(text, language)
    without = plain(text, language)
    if style == "plain":
        return without
    length = measure(text).segments
    most = _MOST_WITH_ACCENTS if style == "full" else 1
    return without if length > most and measure(without).segments < length else text
