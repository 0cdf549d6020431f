"""The wording of texts about what a person told the office around an appointment.

None names health or money: what was told is in the record, with what staff wrote about it, and the
text says what follows.
"""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts


def _late(f: Facts) -> str:
    return pgettext(
        "sms",
        "They know: you are about %(minutes)s minutes late, %(when)s. It still stands. "
        "Ref %(ref)s.",
        minutes=f.draft.values["minutes"],
        when=f.when,
        ref=f.ref,
    )


def _no_call(f: Facts) -> str:
    return pgettext(
        "sms",
        "Recorded: no call came for %(when)s. Staff see this now. Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _no_interpreter(f: Facts) -> str:
    return pgettext(
        "sms",
        "Recorded: no interpreter came on %(when)s. Staff see this now. Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _new_time_needed(f: Facts) -> str:
    return pgettext(
        "sms",
        "They know you cannot come on %(when)s and need a new time. It stands until they agree. "
        "We keep asking them. Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _missed_known(f: Facts) -> str:
    return pgettext(
        "sms",
        "They know why you could not come on %(when)s. We keep asking until a person answers. "
        "Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _taken_back(f: Facts) -> str:
    return pgettext(
        "sms",
        "Taken back: what you told us about %(when)s. Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _answered(f: Facts) -> str:
    return pgettext(
        "sms",
        "A person has looked at what you told us about %(when)s. Call %(phone)s to talk.",
        when=f.when,
        phone=f.office_phone,
    )


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "appointments.late": _late,
    "appointments.no_call": _no_call,
    "appointments.no_interpreter": _no_interpreter,
    "appointments.new_time_needed": _new_time_needed,
    "appointments.missed_known": _missed_known,
    "appointments.report_taken_back": _taken_back,
    "appointments.report_answered": _answered,
}
