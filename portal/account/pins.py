"""The PIN for what a text alone must not do. Apart from `actions`: these are the rules of a secret.

A sender's number can be forged and a phone can be shared, so some things by text need four to six
digits that only the person knows (sms.md in the design: security). Only a hash is kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.account.models import Claimant
from portal.refusals import Refusal, sentence

_hasher = PasswordHasher()
_SHAPE = re.compile(r"[0-9]{4,6}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_RUNS = "01234567890", "09876543210"


def read(typed: str, number: str | None = None) -> str:
    """The PIN somebody typed, in any script's digits and with any spaces.

    Raises Refusal unless it has four to six digits, and for one that is easily guessed: one
    digit only, a run, the same part again, a year, or the end of their own number.
    """
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    pin = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    if not _SHAPE.fullmatch(pin):
        raise Refusal("pin-shape", sentence("Choose a PIN of 4 to 6 numbers."))
    if _easily_guessed(pin, number or ""):
        raise Refusal(
            "pin-easy",
            sentence(
                "That PIN is easy to guess. Do not use 1234, 0000, a year or your phone number."
            ),
        )
    return pin


def _easily_guessed(pin: str, number: str) -> bool:
    half = len(pin) // 2
    return (
        len(set(pin)) == 1
        or any(pin in run for run in _RUNS)
        or pin == pin[:2] * half
        or (len(pin) % 2 == 0 and pin[:half] == pin[half:])
        or _YEAR.fullmatch(pin) is not None
        or number.endswith(pin)
    )


def hashed(pin: str) -> str:
    """What is kept of a PIN."""
    return _hasher.hash(pin)


@cache
def _nobodys() -> str:
    return _hasher.hash("-")


def is_right(claimant: Claimant, typed: str) -> bool:
    """Whether these digits are this person's PIN. Takes as long where there is none."""
    try:
        _hasher.verify(claimant.pin_hash or _nobodys(), typed)
    except (VerificationError, InvalidHashError):
        return False
    return bool(claimant.pin_hash)
