"""Telephone numbers, read as people type them. Kept apart because every door needs it."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from portal.refusals import Refusal, sentence

_DRAMA = re.compile(r"\+447700900\d{3}")
_OURS = re.compile(r"\+44[0-9]{7,10}")
_LETTER_IN_IT = re.compile(r"\d[^\d]*[^\W\d_]")


def read_mobile(typed: str) -> str:
    """A United Kingdom mobile number in E.164, from any usual way of writing it.

    Digits of any script are understood. Raises Refusal for a landline, a foreign number, a
    pager or personal number, and for what is no number at all.
    """
    text = _western(typed)
    # An O for a nought would be read as the 6 it shares a key with: somebody else's number.
    if _LETTER_IN_IT.search(text):
        raise _not_a_mobile()
    try:
        number = phonenumbers.parse(text, "GB")
    except NumberParseException:
        raise _not_a_mobile() from None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if _DRAMA.fullmatch(e164):
        return e164
    if (
        phonenumbers.region_code_for_number(number) not in ("GB", "GG", "JE", "IM")
        or phonenumbers.number_type(number) != PhoneNumberType.MOBILE
    ):
        raise _not_a_mobile()
    return e164


def _western(typed: str) -> str:
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKC", typed)
        if unicodedata.category(c) not in ("Cf", "Cc")
    )


def part_of_a_number(typed: str) -> str:
    """What somebody looks for in a number as it is kept: digits of any script, without spaces
    and without the 0 at its front."""
    return "".join(_western(typed).split()).lstrip("0")


def digits_in(typed: str) -> str:
    """The figures of a code, in any script's digits and with anything between them."""
    text = unicodedata.normalize("NFKC", typed)
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def _not_a_mobile() -> Refusal:
    return Refusal("number", sentence("Enter a UK mobile number, like 07700 900123"))


def national(e164: str) -> str:
    """As people here write it: 07700 900123. Foreign numbers and words stay as they are."""
    if not _OURS.fullmatch(e164):
        return e164
    number = phonenumbers.parse(e164, "GB")
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
