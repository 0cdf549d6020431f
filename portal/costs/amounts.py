"""Reading and writing amounts of money. Apart from `forms`: texts and the desk bring amounts too.

People write "about 20", "£1,234.50", "1.234,50" or the digits of their own script. What cannot
be read for certain is asked for again; nothing is guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import NumberFormatError, parse_decimal

from portal.refusals import Refusal, sentence
from portal.web.text import western_digits

MOST_PENCE = 1_000_000
"""£10,000. No fund of this kind pays more for one thing, and a slip of the finger adds noughts."""

NOT_ABOVE_0 = sentence("Write an amount above zero, or leave it empty.")
TOO_MUCH = sentence("Write an amount of at most £10,000. For more, talk to your work coach.")
ONE_AMOUNT = sentence("Write one amount in pounds, like 20 or 12.50.")

_GROUPS = ("en_GB", "de")
"""One language that writes 1,234.50 and one that writes 1.234,50."""
_MARKS = str.maketrans({"٫": ".", "٬": ",", "،": ",", "−": "-", "–": "-", "—": "-", "’": "'"})
_SPACED = re.compile(r"(?<=\d)[\s'](?=\d{3}(?!\d))")
_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
_SIZE = re.compile(
    r"\b(?:thousand|thou|grand|k|hundred|dozen|mil|cant|dwsin)\b|ألف|الف|مئة|مائة", re.I
)
"""Words that multiply the figure: nobody's "2 grand" may be read as £2."""
_HUGE = re.compile(r"\b(?:million|billion|miliwn|filiwn)\b|مليون", re.I)
_MINUS = re.compile(r"-\s*£?\s*$|\b(?:minus|negative|minws)\b|ناقص|سالب", re.I)
_PENCE = re.compile(r"(?:p|pence|ceiniog)\b", re.I)
_POUNDS = re.compile(r"(?:pounds?|quid|gbp|punt|£)", re.I)


def read_pence(text: str) -> int | None:
    """The amount in pence; None when nothing was written.

    Raises Refusal for an amount that is not above zero, too large, or cannot be read for certain.
    """
    plain = _SPACED.sub("", western_digits(text).translate(_MARKS)).strip()
    if not plain:
        return None
    figures = list(_FIGURE.finditer(plain))
    if figures and _HUGE.search(plain):
        raise Refusal("amount", TOO_MUCH)
    if len(figures) != 1 or _SIZE.search(plain):
        raise Refusal("amount", ONE_AMOUNT)
    figure, before, after = (
        figures[0].group(),
        plain[: figures[0].start()],
        plain[figures[0].end() :],
    )
    if _MINUS.search(before):
        raise Refusal("amount", NOT_ABOVE_0)
    in_pence = _PENCE.match(after.lstrip()) is not None and "£" not in before
    if after[:1].isalpha() and not in_pence and not _POUNDS.match(after):
        raise Refusal("amount", ONE_AMOUNT)
    value = _decimal(figure) * (1 if in_pence else 100)
    if value != int(value):
        raise Refusal("amount", ONE_AMOUNT)
    if value <= 0:
        raise Refusal("amount", NOT_ABOVE_0)
    if value > MOST_PENCE:
        raise Refusal("amount", TOO_MUCH)
    return int(value)


def _decimal(figure: str) -> Decimal:
    """A number as either language writes it. A comma or a full stop before three digits stands
    for thousands, for nobody pays in tenths of a penny."""
    found = set()
    for locale in _GROUPS:
        try:
            value = parse_decimal(figure, locale=locale, strict=True)
        except NumberFormatError:
            continue
        if -int(value.as_tuple().exponent) <= 2:
            found.add(value)
    if len(found) != 1:
        raise Refusal("amount", ONE_AMOUNT)
    return found.pop()


def pounds(pence: int) -> str:
    """An amount as it is written in the United Kingdom: £20 or £1,234.50, in every language."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"
