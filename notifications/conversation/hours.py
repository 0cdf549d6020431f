"""Two hours of the day in a text, like "9-17" or "9am to 5pm" (pure)."""

import re

from notifications.conversation.cleaning import Cleaned, fold, words

_TWO_HOURS = re.compile(
    r"(?P<first>[0-9]{1,2})(?:[:.]00)? ?(?P<am>am|pm)? ?(?:[-\u2010-\u2015\u2212]|to) ?"
    r"(?P<last>[0-9]{1,2})(?:[:.]00)? ?(?P<pm>am|pm)?(?![0-9])"
)
_HOURS_OF_A_DAY = 24


def read(text: str, cleaned: Cleaned) -> str:
    """From when to when, like "9-17", when the text says two whole hours and nothing else."""
    found = _TWO_HOURS.search(fold(text))
    if found is None or words(found[0]) != cleaned.core:
        return ""
    first = _hour(found["first"], found["am"])
    last = _hour(found["last"], found["pm"])
    return f"{first}-{last}" if first is not None and last is not None else ""


def _hour(figures: str, half: str | None) -> int | None:
    hour = int(figures)
    if half is None:
        return hour if hour <= _HOURS_OF_A_DAY else None
    if not 1 <= hour <= _HOURS_OF_A_DAY // 2:
        return None
    return hour % 12 + (12 if half == "pm" else 0)
