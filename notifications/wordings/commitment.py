"""The wording of texts about a claimant commitment, with discreet forms that name nobody. None
says what a point is, or why somebody asks to change it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts


def _offered(f: Facts) -> str:
    day, ref = f.day("accept_by"), f.ref
    if f.discreet:
        return pgettext(
            "sms",
            "There is something new for you to read by %(day)s. Ref %(ref)s.",
            day=day,
            ref=ref,
        )
    return pgettext(
        "sms",
        "New Claimant Commitment: read it and accept by %(day)s. You have time to think. "
        "Text COMMITMENT or sign in. Ref %(ref)s.",
        day=day,
        ref=ref,
    )


def _reminder(f: Facts) -> str:
    day = f.day("accept_by")
    if f.discreet:
        return pgettext("sms", "Reminder: there is something to read by %(day)s.", day=day)
    return pgettext(
        "sms",
        "Your new Claimant Commitment waits for you until %(day)s. Text COMMITMENT, sign in, or "
        "call %(phone)s.",
        day=day,
        phone=f.office_phone,
    )


def _more_time(f: Facts) -> str:
    return pgettext(
        "sms", "You have more time: until %(day)s. Ref %(ref)s.", day=f.day("accept_by"), ref=f.ref
    )


def _time_taken(f: Facts) -> str:
    return pgettext(
        "sms",
        "You take time to think until %(day)s. Nothing is accepted yet. Ref %(ref)s.",
        day=f.day("accept_by"),
        ref=f.ref,
    )


def _accepted(f: Facts) -> str:
    if f.discreet:
        return pgettext("sms", "Accepted. Ref %(ref)s.", ref=f.ref)
    return pgettext(
        "sms",
        "You accepted your Claimant Commitment. You can ask to change it at any time. Ref %(ref)s.",
        ref=f.ref,
    )


def _asked(f: Facts) -> str:
    return pgettext(
        "sms",
        "You asked for a change. A person answers by %(day)s. Until they agree all stays as it "
        "is. Ref %(ref)s.",
        day=f.day("reply_by"),
        ref=f.ref,
    )


def _added(f: Facts) -> str:
    return pgettext("sms", "Added to what you asked. Ref %(ref)s.", ref=f.ref)


def _taken_back(f: Facts) -> str:
    return pgettext("sms", "You took back what you asked. Ref %(ref)s.", ref=f.ref)


def _agreed(f: Facts) -> str:
    if f.discreet:
        return _answered(f)
    return pgettext(
        "sms",
        "Agreed: the change you asked for. You will get a new version. Until you accept it the "
        "old one stands. Ref %(ref)s.",
        ref=f.ref,
    )


def _refused(f: Facts) -> str:
    if f.discreet:
        return _answered(f)
    return pgettext(
        "sms",
        "Not agreed: the change you asked for. Sign in or call %(phone)s to hear why. You can ask "
        "another work coach. Ref %(ref)s.",
        phone=f.office_phone,
        ref=f.ref,
    )


def _refused_again(f: Facts) -> str:
    if f.discreet:
        return _answered(f)
    return pgettext(
        "sms",
        "A second work coach did not agree either. Sign in or call %(phone)s to hear why and what "
        "you can do. Ref %(ref)s.",
        phone=f.office_phone,
        ref=f.ref,
    )


def _answered(f: Facts) -> str:
    return pgettext("sms", "There is an answer to what you asked. Ref %(ref)s.", ref=f.ref)


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "commitment.offered": _offered,
    "commitment.reminder": _reminder,
    "commitment.more_time": _more_time,
    "commitment.time_taken": _time_taken,
    "commitment.accepted": _accepted,
    "commitment.asked": _asked,
    "commitment.added": _added,
    "commitment.taken_back": _taken_back,
    "commitment.agreed": _agreed,
    "commitment.refused": _refused,
    "commitment.refused_again": _refused_again,
}
