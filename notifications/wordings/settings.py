"""The wording of texts that confirm a setting, and of those about a number that was silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from flask_babel import pgettext

from notifications.drafts import Facts
from portal import languages
from portal.account import rules


def _discreet_on(f: Facts) -> str:
    return pgettext(
        "sms", "From now on our texts do not say who they are from. Ref %(ref)s.", ref=f.ref
    )


def _discreet_off(f: Facts) -> str:
    return pgettext("sms", "You get the usual texts again. Ref %(ref)s.", ref=f.ref)


def _morning_text_on(f: Facts) -> str:
    return pgettext(
        "sms", "We will text you on the morning of an appointment. Ref %(ref)s.", ref=f.ref
    )


def _morning_text_off(f: Facts) -> str:
    return pgettext(
        "sms",
        "You will get no text on the morning of an appointment. Ref %(ref)s.",
        ref=f.ref,
    )


def _letters_auto(f: Facts) -> str:
    return pgettext("sms", "Our texts have accents where they fit. Ref %(ref)s.", ref=f.ref)


def _letters_plain(f: Facts) -> str:
    return pgettext(
        "sms",
        "Our texts have no accents from now on. Text FULL to get them. Ref %(ref)s.",
        ref=f.ref,
    )


def _letters_full(f: Facts) -> str:
    return pgettext(
        "sms",
        "Our texts have all their accents from now on. Text PLAIN to leave them out. Ref %(ref)s.",
        ref=f.ref,
    )


def _hours(f: Facts) -> str:
    first, last = f.draft.values["first"], f.draft.values["last"]
    assert isinstance(first, time)
    assert isinstance(last, time)
    return pgettext(
        "sms",
        "We will text you from %(first)s to %(last)s. Answers to your own texts come at any time. "
        "Ref %(ref)s.",
        first=languages.clock_time(first),
        last=languages.clock_time(last),
        ref=f.ref,
    )


def _usual_hours(f: Facts) -> str:
    return pgettext(
        "sms",
        "We will text you from %(first)s to %(last)s. Answers to your own texts come at any time. "
        "Ref %(ref)s.",
        first=languages.clock_time(rules.TEXTS_FROM),
        last=languages.clock_time(rules.TEXTS_UNTIL),
        ref=f.ref,
    )


def _number_check(f: Facts) -> str:
    """Says nothing about anybody: the number may be a stranger's by now."""
    return number_check()


def number_check() -> str:
    return pgettext(
        "sms",
        "Do you still get our texts on this number? If you know who we are, reply 1. If you do "
        "not know us, reply 2.",
    )


def _number_confirmed(f: Facts) -> str:
    return pgettext("sms", "Thank you. We will text you here as before. Ref %(ref)s.", ref=f.ref)


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "account.discreet_on": _discreet_on,
    "account.discreet_off": _discreet_off,
    "account.morning_text_on": _morning_text_on,
    "account.morning_text_off": _morning_text_off,
    "account.letters_auto": _letters_auto,
    "account.letters_plain": _letters_plain,
    "account.letters_full": _letters_full,
    "account.hours": _hours,
    "account.usual_hours": _usual_hours,
    "account.number_check": _number_check,
    "account.number_confirmed": _number_confirmed,
}
