"""The wording of texts about requests for help with costs. None says what was asked for, how
much it is, or what the answer was: whoever holds the phone may read it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts


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


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "costs.asked": _asked,
    "costs.look_again": _look_again,
    "costs.withdrawn": _withdrawn,
    "costs.answered": _answered,
    "costs.late": _late,
}
