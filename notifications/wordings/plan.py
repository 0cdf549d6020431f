"""The wording of texts about a support plan. None says what was promised or asked for; those for
people who want discreet texts say only that there is a message."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts


def _discreetly(f: Facts) -> str:
    return pgettext("sms", "You have a message. Ref %(ref)s.", ref=f.ref)


def _promised(f: Facts) -> str:
    if f.discreet:
        return _discreetly(f)
    return pgettext(
        "sms",
        "You have a new promise, for %(day)s. Text PLAN to read it. Ref %(ref)s.",
        day=f.day("due"),
        ref=f.ref,
    )


def _kept(f: Facts) -> str:
    if f.discreet:
        return _discreetly(f)
    return pgettext(
        "sms",
        "A promise to you is marked as done. If that is not so, call %(phone)s or say so on the "
        "website. Ref %(ref)s.",
        phone=f.office_phone,
        ref=f.ref,
    )


def _late(f: Facts) -> str:
    if f.discreet:
        return _discreetly(f)
    return pgettext(
        "sms",
        "A promise to you was due %(day)s and is late. That is not your doing. Text PLAN to "
        "remind them. Ref %(ref)s.",
        day=f.day("due"),
        ref=f.ref,
    )


def _new_date(f: Facts) -> str:
    if f.discreet:
        return _discreetly(f)
    return pgettext(
        "sms",
        "A promise to you has a new day: %(day)s. Text PLAN to read it. Ref %(ref)s.",
        day=f.day("due"),
        ref=f.ref,
    )


def _news(f: Facts) -> str:
    if f.discreet:
        return _discreetly(f)
    return pgettext(
        "sms",
        "There is news in your plan. Read it on the website or call %(phone)s. Ref %(ref)s.",
        phone=f.office_phone,
        ref=f.ref,
    )


def _answer(f: Facts) -> str:
    if f.discreet:
        return _discreetly(f)
    return pgettext(
        "sms",
        "Your work coach has answered what you asked. Read it on the website or call %(phone)s. "
        "Ref %(ref)s.",
        phone=f.office_phone,
        ref=f.ref,
    )


def _happened(f: Facts) -> str:
    return pgettext("sms", "Recorded: you said that it happened. Ref %(ref)s.", ref=f.ref)


def _not_happened(f: Facts) -> str:
    return pgettext("sms", "Recorded: you said that it has not happened. Ref %(ref)s.", ref=f.ref)


def _reminded(f: Facts) -> str:
    return pgettext(
        "sms", "You reminded them. You can do it once each working day. Ref %(ref)s.", ref=f.ref
    )


def _date_asked(f: Facts) -> str:
    return pgettext(
        "sms",
        "You asked for a new date. The old one stands until they answer. Ref %(ref)s.",
        ref=f.ref,
    )


def _asked(f: Facts) -> str:
    return pgettext(
        "sms",
        "Your question is recorded. A person will reply by %(day)s. Ref %(ref)s.",
        day=f.day("reply_by"),
        ref=f.ref,
    )


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "plan.promised": _promised,
    "plan.kept": _kept,
    "plan.late": _late,
    "plan.new_date": _new_date,
    "plan.news": _news,
    "plan.answer": _answer,
    "plan.happened": _happened,
    "plan.not_happened": _not_happened,
    "plan.reminded": _reminded,
    "plan.date_asked": _date_asked,
    "plan.asked": _asked,
}
