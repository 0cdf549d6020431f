"""The wording of texts about messages and call-backs. None repeats what was written."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts
from portal.messages.models import When


def received(day: str, ref: str) -> str:
    return pgettext(
        "sms",
        "Your message is kept. A person will reply by %(day)s. Ref %(ref)s.",
        day=day,
        ref=ref,
    )


def reply(ref: str) -> str:
    return pgettext("sms", "You have a reply. Ref %(ref)s.", ref=ref)


def _received(f: Facts) -> str:
    return received(f.day("reply_by"), f.ref)


def _reply(f: Facts) -> str:
    return reply(f.ref)


def _late_reply(f: Facts) -> str:
    return pgettext(
        "sms", "You have a reply. It came late, and we are sorry. Ref %(ref)s.", ref=f.ref
    )


def _call_asked(f: Facts) -> str:
    day, ref = f.day("day"), f.ref
    match f.draft.values["when"]:
        case When.morning:
            return pgettext(
                "sms", "You asked for a call: %(day)s, morning. Ref %(ref)s.", day=day, ref=ref
            )
        case When.afternoon:
            return pgettext(
                "sms", "You asked for a call: %(day)s, afternoon. Ref %(ref)s.", day=day, ref=ref
            )
        case _:
            return pgettext(
                "sms",
                "You asked for a call as soon as possible, by %(day)s. Ref %(ref)s.",
                day=day,
                ref=ref,
            )


def _call_withdrawn(f: Facts) -> str:
    return pgettext("sms", "You no longer wait for a call. Ref %(ref)s.", ref=f.ref)


def _not_reached(f: Facts) -> str:
    return pgettext(
        "sms",
        "We called and could not reach you. We will try once more. Ref %(ref)s.",
        ref=f.ref,
    )


def _not_reached_twice(f: Facts) -> str:
    return pgettext(
        "sms",
        "We called twice and could not reach you. You can ask for another call at any time. "
        "Ref %(ref)s.",
        ref=f.ref,
    )


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "messages.received": _received,
    "messages.reply": _reply,
    "messages.late_reply": _late_reply,
    "messages.call_asked": _call_asked,
    "messages.call_withdrawn": _call_withdrawn,
    "messages.not_reached": _not_reached,
    "messages.not_reached_twice": _not_reached_twice,
}
