"""The wording of texts about help with costs, and where it offers itself.

None says what was asked for, how much it is, or what the answer was: whoever holds the phone
may read it. Only the card does, which the person asked to have."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts
from portal.costs import answering
from portal.languages import say


def _asked(f: Facts) -> str:
    return pgettext(
        "sms",
        "Your request is sent. We ask for an answer by %(day)s. Ref %(ref)s.",
        day=f.day("reply_by"),
        ref=f.ref,
    )


def _look_again(f: Facts) -> str:
    return pgettext(
        "sms",
        "You asked a manager to look again. We ask for an answer by %(day)s. Ref %(ref)s.",
        day=f.day("reply_by"),
        ref=f.ref,
    )


def _withdrawn(f: Facts) -> str:
    return pgettext(
        "sms",
        "Taken back: your request %(asked)s. Ref %(ref)s.",
        asked=f.draft.values["asked"],
        ref=f.ref,
    )


def _answered(f: Facts) -> str:
    asked, phone = f.draft.values["asked"], f.office_phone
    return pgettext(
        "sms",
        "You have an answer to your request, ref %(asked)s. Sign in to read it, text "
        "STATUS %(asked)s, or call %(phone)s.",
        asked=asked,
        phone=phone,
    )


def _late(f: Facts) -> str:
    return pgettext(
        "sms",
        "No answer yet to your request, ref %(asked)s. We asked for it by %(day)s. A manager has "
        "it now. Ref %(ref)s.",
        asked=f.draft.values["asked"],
        day=f.day("reply_by"),
        ref=f.ref,
    )


def _fare_asked(f: Facts) -> str:
    if f.discreet:
        return pgettext(
            "sms",
            "Asked for a call instead: %(when)s. It still stands until they agree. Ref %(ref)s.",
            when=f.when,
            ref=f.ref,
        )
    return pgettext(
        "sms",
        "Asked for a phone call. %(when)s stands until they agree. About costs text "
        "COSTS. Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _reason_kept(f: Facts) -> str:
    if f.discreet:
        return pgettext("sms", "Thank you. Your reason is kept. Ref %(ref)s.", ref=f.ref)
    return pgettext(
        "sms",
        "Thank you. Your reason is kept. Ref %(ref)s. If you need help with costs, text COSTS.",
        ref=f.ref,
    )


def _card(f: Facts) -> str:
    """What the person asked to have, to read out or to show."""
    lines = answering.card_words(str(f.draft.values["card"]).split())
    return " ".join(say(line) for line in lines)


def _card_english(f: Facts) -> str:
    lines = answering.card_words(str(f.draft.values["card"]).split())
    return " ".join(line.english for line in lines)


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "costs.asked": _asked,
    "costs.look_again": _look_again,
    "costs.withdrawn": _withdrawn,
    "costs.answered": _answered,
    "costs.late": _late,
    "costs.card": _card,
    "costs.card_english": _card_english,
    "appointments.fare_asked": _fare_asked,
    "appointments.reason_kept_costs": _reason_kept,
}
