"""The wording of texts about complaints. None names a complaint, an office, or what was said:
whoever holds the phone may read it (facts 0.4)."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts
from notifications.wordings import messages


def ref(f: Facts) -> str:
    """The receipt of the sending, by which the person knows it at every stage."""
    return str(f.draft.values["asked"])


def _kept(f: Facts) -> str:
    return pgettext(
        "sms",
        "Your message is kept. A reply is due by %(day)s. Ref %(ref)s.",
        day=f.day("reply_by"),
        ref=ref(f),
    )


def _sent(f: Facts) -> str:
    if f.discreet:
        return _kept(f)
    return pgettext(
        "sms",
        "Sent. Not your work coach but somebody else answers. A reply is due by %(day)s. Ref "
        "%(ref)s.",
        day=f.day("reply_by"),
        ref=ref(f),
    )


def _taken_further(f: Facts) -> str:
    if f.discreet:
        return _kept(f)
    return pgettext(
        "sms",
        "Sent on. A reply from outside your Jobcentre is due by %(day)s. Ref %(ref)s.",
        day=f.day("reply_by"),
        ref=ref(f),
    )


def _reply(f: Facts) -> str:
    return messages.reply(ref(f))


def _late(f: Facts) -> str:
    return pgettext(
        "sms",
        "Our reply is late, and we are sorry. To see what you can do now, sign in or text "
        "STATUS %(ref)s.",
        ref=ref(f),
    )


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "complaints.kept": _kept,
    "complaints.sent": _sent,
    "complaints.taken_further": _taken_further,
    "complaints.reply": _reply,
    "complaints.late": _late,
}
