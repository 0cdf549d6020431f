"""What reminders say: day, time and place, and how to answer. No guilt, nothing to fear."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications import policy
from notifications.drafts import Facts
from portal import languages
from portal.appointments.models import How

MOST_TIMES = 3


def _offer_again(f: Facts) -> str:
    if f.discreet:
        return _discreet(f)
    return pgettext(
        "sms",
        "Jobcentre: does %(when)s, %(place)s suit you? Reply 1 accept, 2 cancel, 3 phone call, "
        "4 other time. HELP = more.",
        when=f.when,
        place=f.place,
    )


def _reminder(f: Facts) -> str:
    if f.discreet:
        return _discreet(f)
    if _is_call(f):
        return _call(f)
    return pgettext(
        "sms",
        "Reminder: Jobcentre, %(when)s, %(place)s. If you cannot come, reply 2 cancel, "
        "3 phone call, 4 other time.",
        when=f.when,
        place=f.place,
    )


def _morning(f: Facts) -> str:
    if f.discreet:
        return _discreet(f)
    if _is_call(f):
        return _call(f)
    return pgettext(
        "sms",
        "Reminder for today: Jobcentre, %(when)s, %(place)s. If you cannot come, reply "
        "2 cancel, 3 phone call.",
        when=f.when,
        place=f.place,
    )


def _call(f: Facts) -> str:
    assert f.appointment is not None
    return pgettext(
        "sms",
        "Reminder: the Jobcentre calls you on %(when)s, from %(number)s. If you cannot talk "
        "then, reply 2 cancel, 4 other time.",
        when=f.when,
        number=f.appointment.caller_number,
    )


def _is_call(f: Facts) -> bool:
    return f.appointment is not None and f.appointment.how is How.phone


def _discreet(f: Facts) -> str:
    return pgettext("sms", "Reminder: %(when)s. Reply 1 OK, 2 cancel, 3 call me.", when=f.when)


def _still_stands(f: Facts) -> str:
    return pgettext(
        "sms",
        "They have not answered your request yet. %(when)s still stands. "
        "To talk about it, call %(phone)s.",
        when=f.when,
        phone=f.office_phone,
    )


def _digest(f: Facts) -> str:
    """It asks nothing: a digit could not say which one it means."""
    times = f.draft.values.get("times") or [f.draft.values["starts_at"]]
    lines = [languages.when_in_text(each) for each in times[:MOST_TIMES]]
    if f.discreet:
        return pgettext("sms", "Reminder:") + "\n" + "\n".join(lines)
    first = pgettext("sms", "Your next appointments. Text NEXT for more.")
    return first + "\n" + "\n".join(lines)


WORDINGS: dict[str, Callable[[Facts], str]] = {
    policy.OFFER_AGAIN: _offer_again,
    policy.TWO_DAYS: _reminder,
    policy.DAY_BEFORE: _reminder,
    policy.MORNING: _morning,
    policy.STILL_STANDS: _still_stands,
    policy.DIGEST: _digest,
}
