"""The wording of texts about the texts themselves, codes, and words a person must read."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts


def _code_placeholder(f: Facts) -> str:
    return ""


def _shared_number(f: Facts) -> str:
    return pgettext(
        "sms",
        "More than one person uses this number, so we cannot send a code to it. "
        "Please sign in with a card.",
    )


def _texts_stopped(f: Facts) -> str:
    return pgettext(
        "sms",
        "You will get no more texts. Your appointments still stand. Text START to get texts again.",
    )


def _texts_started(f: Facts) -> str:
    return pgettext("sms", "You will get texts again. Text HELP for more, STOP to end them.")


def _number_disowned(f: Facts) -> str:
    return pgettext("sms", "Thank you. We will send no more texts to this number.")


def calm() -> str:
    """The answer to words about danger. It never names what they were about."""
    return pgettext("sms", "A person will read this. Danger now: 999. Samaritans 116 123.")


def _concern(f: Facts) -> str:
    return calm()


def _language(f: Facts) -> str:
    return pgettext("sms", "We will text you in this language. Text HELP for more.")


def _number_changed(f: Facts) -> str:
    return pgettext(
        "sms",
        "We will text this number from now on. Ref %(ref)s. Text HELP for more.",
        ref=f.ref,
    )


def _card_made(f: Facts) -> str:
    return pgettext(
        "sms",
        "A sign-in card was made for you. Was it not your wish? Call %(phone)s.",
        phone=f.office_phone,
    )


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "account.card_made": _card_made,
    "account.code": _code_placeholder,
    "account.number_code_old": _code_placeholder,
    "account.number_code_new": _code_placeholder,
    "account.number_code_texted": _code_placeholder,
    "account.shared_number": _shared_number,
    "account.texts_stopped": _texts_stopped,
    "account.texts_started": _texts_started,
    "account.number_disowned": _number_disowned,
    "account.concern": _concern,
    "account.language": _language,
    "account.number_changed": _number_changed,
}
