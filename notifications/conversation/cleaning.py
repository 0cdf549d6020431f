"""Turns what a person typed into plain words that can be compared (pure, no language model).

Two people who mean the same thing type it with other letters, digits, accents, joiners and
politeness. ``fold`` removes what carries no meaning for us; ``clean`` also cuts the text into
words, drops politeness, and notes the signs of doubt (a question mark, a leading minus, a
crossed-out emoji) that must stop a text from being acted on.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from notifications.conversation import tables

# Letters that differ only by keyboard: Arabic, Persian and Urdu layouts give other code points
# for the same letter, and few people can type every Latin or Cyrillic letter on a small phone.
_SAME_LETTER = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("يىې", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةہۃھەۀۂۿ", "ه"),
    "ں": "ن",
    **dict.fromkeys("łŁ", "l"),
    **dict.fromkeys("đĐðÐ", "d"),
    **dict.fromkeys("øØ", "o"),
    **dict.fromkeys("æÆ", "ae"),
    **dict.fromkeys("œŒ", "oe"),
    **dict.fromkeys("þÞ", "th"),
    "ı": "i",
    "ё": "е",
    "ґ": "г",
    # Gurmukhi: nukta and addak are often left out, and the two nasal signs mixed up.
    "\u0a3c": "",
    "\u0a71": "",
    "\u0a70": "\u0a02",
    # Bengali: the moon-dot is often left out.
    "\u0981": "",
}
_APOSTROPHES = "'’‘‛ʼʻʹ`´′＇"
_COMBINING = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)
_TATWEEL = "\u0640"

_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0963\u0970-\u0dff])+")
_SPACES = re.compile(r"\s+")
_ASCII_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_ELONGATED = re.compile(r"(.)\1{2,}")
_QUESTION = frozenset("?؟¿⸮՞፧︖﹖？⁇⁈⁉❓❔🤔🤷")
_REFUSING = frozenset("👎❌❎✖✗✘🚫⛔🙅🛑⊘")
_MINUS = frozenset("-\u2212\u02d7\u2796\u207b\u208b")
# Signs beside a digit that make it something else than an answer: money, sums, ranges.
_SUM_SIGNS = frozenset("%°^‰/\\")
_PASSES = 6


class _Letters(dict[int, str]):
    """Remembers what each code point folds to; filled as letters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_letter(chr(code))
        self[code] = folded
        return folded


def _fold_letter(letter: str) -> str:
    if letter in _SAME_LETTER:
        return _SAME_LETTER[letter]
    if letter in _APOSTROPHES or letter == _TATWEEL:
        return ""
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    code = ord(letter)
    if any(low <= code <= high for low, high in _COMBINING):
        return ""
    category = unicodedata.category(letter)
    if category in ("Cf", "Cs"):
        return ""
    if category == "Cc":
        return " " if letter.isspace() else ""
    if category[0] == "L" and unicodedata.name(letter, "").startswith("LATIN"):
        base = unicodedata.normalize("NFD", letter)[0]
        return base if base.isascii() else letter
    return letter


_letters = _Letters()


def fold(text: str) -> str:
    """The text with one form for every letter and digit, lower case, single spaces.

    Keeps words, punctuation and emoji. Folding twice changes nothing more. Never raises.
    """
    if text.isascii():
        text = _ASCII_CONTROL.sub("", text).lower().replace("'", "").replace("`", "")
        return _SPACES.sub(" ", text).strip()
    for _ in range(_PASSES):
        before = text
        text = unicodedata.normalize("NFKC", text).casefold()
        text = unicodedata.normalize("NFKC", text).translate(_letters)
        text = _SPACES.sub(" ", text).strip()
        if text == before:
            break
    return text


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; punctuation, emoji and spaces only separate them."""
    return tuple(_WORD.findall(fold(text)))


@cache
def listed(form: str) -> tuple[str, ...]:
    """The words of a form of the tables, folded once. Not for texts that people send."""
    return words(form)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text made comparable.

    tokens: every word of it. core: the words left when politeness at both ends is gone.
    question: it asks something. doubt: a sign in it forbids acting (leading minus, money or
    sum sign, crossed-out emoji).
    """

    tokens: tuple[str, ...]
    core: tuple[str, ...]
    question: bool
    doubt: bool

    @property
    def blank(self) -> bool:
        """True when there is no letter or digit at all: pictures, joiners, control marks."""
        return not self.tokens


@cache
def _signatures() -> tuple[tuple[str, ...], ...]:
    return tuple(listed(line) for line in tables.lines("signatures.txt"))


def _without_signature(text: str) -> str:
    kept = []
    for line in text.splitlines():
        tokens = words(line)
        if not any(tokens[: len(sign)] == sign for sign in _signatures() if sign):
            kept.append(line)
    return "\n".join(kept)


def clean(text: str, language: str) -> Cleaned:
    """Clean one text of a person whose language is given (a code such as "cy"). Never raises."""
    if "\n" in text or "\r" in text or len(text) > 12:
        text = _without_signature(text)
    folded = fold(text)
    tokens = tuple(_WORD.findall(folded))
    return Cleaned(
        tokens=tokens,
        core=_without_politeness(tokens, language),
        question=not _QUESTION.isdisjoint(text) or "?" in folded,
        doubt=_doubtful(folded, tokens),
    )


def _doubtful(folded: str, tokens: tuple[str, ...]) -> bool:
    if not _REFUSING.isdisjoint(folded):
        return True
    first = _WORD.search(folded)
    if first and any(
        sign in _MINUS or unicodedata.category(sign) == "Pd" for sign in folded[: first.start()]
    ):
        return True
    if not any(token.isdigit() for token in tokens):
        return False
    return any(
        sign in _SUM_SIGNS or (not sign.isalnum() and unicodedata.category(sign) in ("Sc", "Sm"))
        for sign in folded
    )


@lru_cache(maxsize=32)
def _polite(language: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Polite phrases of the language and of English, longest first, by first and last word."""
    phrases = {listed(form) for form in tables.polite(language)} - {()}
    by_edge: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_edge.setdefault("^" + phrase[0], []).append(phrase)
        by_edge.setdefault("$" + phrase[-1], []).append(phrase)
    return {edge: tuple(found) for edge, found in by_edge.items()}


def _without_politeness(tokens: tuple[str, ...], language: str) -> tuple[str, ...]:
    polite = _polite(language)
    changed = True
    while changed and tokens:
        changed = False
        for phrase in polite.get("^" + tokens[0], ()):
            if tokens[: len(phrase)] == phrase:
                tokens = tokens[len(phrase) :]
                changed = True
                break
        if not tokens:
            break
        for phrase in polite.get("$" + tokens[-1], ()):
            if tokens[-len(phrase) :] == phrase:
                tokens = tokens[: -len(phrase)]
                changed = True
                break
    return tokens


def shortened(token: str) -> tuple[str, ...]:
    """The word with long-drawn letters cut to two and to one ("yessss" -> "yess", "yes")."""
    if not _ELONGATED.search(token):
        return ()
    return tuple(dict.fromkeys(_ELONGATED.sub(r"\1" * count, token) for count in (2, 1)))
