"""The wording of every text. One place, so that words change without touching who is told.

Each wording is one message of the catalogue with the context "sms", spoken in the language
that is current when it is called. No text names health, money, sanctions or complaints; the
discreet ones name neither the Jobcentre nor Universal Credit (sms.md in the design: privacy).
"""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications import caps, policy, segments
from notifications.drafts import LONGEST_PLACE, LONGEST_WHY, Draft, Facts
from notifications.models import Notification
from notifications.wordings import messages as message_texts
from notifications.wordings import reminders as reminder_texts
from notifications.wordings import reports as report_texts
from portal import clock, languages
from portal.account import codes
from portal.account.models import Claimant
from portal.appointments import queries as appointments
from portal.appointments import rules
from portal.appointments.models import Appointment
from portal.database import db

__all__ = ["LONGEST_PLACE", "LONGEST_WHY", "WORDINGS", "Draft", "Facts", "word"]


def _offer(f: Facts) -> str:
    if f.discreet:
        return pgettext("sms", "Reminder: %(when)s. Reply 1 OK, 2 cancel, 3 call me.", when=f.when)
    return pgettext(
        "sms",
        "Jobcentre appointment: %(when)s, %(place)s. Reply 1 accept, 2 cancel, 3 phone call. "
        "HELP = more, STOP = end texts.",
        when=f.when,
        place=f.place,
    )


def _short_notice(f: Facts) -> str:
    if f.discreet:
        return _offer(f)
    return pgettext(
        "sms",
        "Jobcentre: %(when)s, %(place)s. Short notice - you can say no. Reply 1 accept, "
        "2 cancel, 3 phone call. HELP = more, STOP = end texts.",
        when=f.when,
        place=f.place,
    )


def _moved(f: Facts) -> str:
    if f.discreet:
        return pgettext(
            "sms",
            "New time: %(when)s. Old time: %(was)s. Reply 1 OK, 2 cancel, 3 call me.",
            when=f.when,
            was=f.was,
        )
    return pgettext(
        "sms",
        "Jobcentre: new time %(when)s, %(place)s. Not %(was)s. Reply 1 accept, 2 cancel, "
        "3 phone call.",
        when=f.when,
        place=f.place,
        was=f.was,
    )


def _accepted(f: Facts) -> str:
    return pgettext(
        "sms",
        "Accepted: %(when)s. Ref %(ref)s. Not you, or changed your mind? Text UNDO.",
        when=f.when,
        ref=f.ref,
    )


def _cancel_asked(f: Facts) -> str:
    if f.discreet:
        return pgettext(
            "sms",
            "Asked to cancel: %(when)s. It still stands until they agree. Ref %(ref)s.",
            when=f.when,
            ref=f.ref,
        )
    return pgettext(
        "sms",
        "Asked to cancel: %(when)s. It still stands until the Jobcentre agrees. "
        "We will text you. Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _reason_question(f: Facts) -> str:
    if f.discreet:
        return pgettext("sms", "Why? 1 health 2 work 3 caring 4 fare 5 other 0 skip")
    return pgettext(
        "sms",
        "You can say why. Reply 1 health, 2 work or interview, 3 caring, 4 fare, 5 other, 0 skip.",
    )


def _phone_asked(f: Facts) -> str:
    if f.discreet:
        return pgettext(
            "sms",
            "Asked for a call instead: %(when)s. It still stands until they agree. Ref %(ref)s.",
            when=f.when,
            ref=f.ref,
        )
    return pgettext(
        "sms",
        "Asked for a phone call. Your appointment %(when)s stands until the Jobcentre agrees. "
        "Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _time_asked(f: Facts) -> str:
    return pgettext(
        "sms",
        "Asked for another time. %(when)s still stands until they agree. We will text you. "
        "Ref %(ref)s.",
        when=f.when,
        ref=f.ref,
    )


def _time_picked(f: Facts) -> str:
    return pgettext("sms", "Your new time: %(when)s. Ref %(ref)s.", when=f.when, ref=f.ref)


def _reason_kept(f: Facts) -> str:
    return pgettext("sms", "Thank you. Your reason is kept. Ref %(ref)s.", ref=f.ref)


def _withdrawn(f: Facts) -> str:
    return pgettext(
        "sms",
        "Taken back. %(when)s still stands. Ref %(ref)s. Reply 1 accept, 2 cancel, 3 phone call.",
        when=f.when,
        ref=f.ref,
    )


def _agreed_cancel(f: Facts) -> str:
    return pgettext("sms", "Agreed: %(when)s is called off. You do not need to come.", when=f.when)


def _agreed_phone(f: Facts) -> str:
    assert f.appointment is not None
    return pgettext(
        "sms",
        "Agreed: a phone call, %(when)s. You do not need to travel. The call comes from "
        "%(number)s.",
        when=f.when,
        number=f.appointment.caller_number,
    )


def _refused(f: Facts) -> str:
    if f.why and not f.discreet:
        return pgettext(
            "sms",
            "Not agreed: %(when)s still stands. They say: %(why)s Call %(phone)s to talk, "
            "or text HELP.",
            when=f.when,
            why=f.why,
            phone=f.office_phone,
        )
    return pgettext(
        "sms",
        "Not agreed: %(when)s still stands. Call %(phone)s to hear why.",
        when=f.when,
        phone=f.office_phone,
    )


def _called_off(f: Facts) -> str:
    return pgettext("sms", "Called off: %(when)s. You do not need to come.", when=f.when)


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


def _concern(f: Facts) -> str:
    return pgettext("sms", "A person will read this. Danger now: 999. Samaritans 116 123.")


def _language(f: Facts) -> str:
    return pgettext("sms", "We will text you in this language. Text HELP for more.")


def _number_changed(f: Facts) -> str:
    return pgettext("sms", "We will text this number from now on. Text HELP for more.")


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "appointments.offer": _offer,
    "appointments.offer_short_notice": _short_notice,
    "appointments.moved": _moved,
    "appointments.accepted": _accepted,
    "appointments.cancel_asked": _cancel_asked,
    "appointments.reason_question": _reason_question,
    "appointments.reason_kept": _reason_kept,
    "appointments.phone_asked": _phone_asked,
    "appointments.time_asked": _time_asked,
    "appointments.time_picked": _time_picked,
    "appointments.withdrawn": _withdrawn,
    "appointments.agreed_cancel": _agreed_cancel,
    "appointments.agreed_phone": _agreed_phone,
    "appointments.refused": _refused,
    "appointments.called_off": _called_off,
    "account.code": _code_placeholder,
    "account.number_code_old": _code_placeholder,
    "account.number_code_new": _code_placeholder,
    "account.shared_number": _shared_number,
    "account.texts_stopped": _texts_stopped,
    "account.texts_started": _texts_started,
    "account.concern": _concern,
    "account.language": _language,
    "account.number_changed": _number_changed,
    **reminder_texts.WORDINGS,
    **report_texts.WORDINGS,
    **message_texts.WORDINGS,
}

QUESTIONS = frozenset(
    {
        "appointments.offer",
        "appointments.offer_short_notice",
        "appointments.moved",
        "appointments.withdrawn",
        policy.OFFER_AGAIN,
    }
)
"""Texts that put the offer's question: 1 accept, 2 cancel, 3 phone call, 4 another time."""

CONFIRMS = frozenset(
    {
        "appointments.accepted",
        "appointments.cancel_asked",
        "appointments.phone_asked",
        "appointments.time_asked",
        "appointments.time_picked",
        "appointments.new_time_needed",
        *(policy.TEXTS - {policy.OFFER_AGAIN}),
    }
)
"""Texts after which 1, 2, 3 and UNDO still mean that appointment, until it starts."""

ANSWERS_AN_OFFER = frozenset(
    {
        "appointments.accepted",
        "appointments.asked_to_cancel",
        "appointments.asked_for_phone_call",
        "appointments.asked_for_another_time",
        "appointments.time_picked",
        "appointments.called_off",
        "appointments.cannot_pay_fare",
        "appointments.in_hospital",
    }
)
"""Events after which the next offer need not wait any longer."""

_SECRETS = {
    "account.code": "sign-in",
    "account.number_code_old": "number-old",
    "account.number_code_new": "number-new",
}


def word(draft: Draft, person: Claimant) -> str:
    """The words of a draft in the language being spoken now."""
    appointment = appointments.any_appointment(draft.regarding) if draft.regarding else None
    return WORDINGS[draft.kind](Facts(draft, person, appointment))


def secret_text(notification: Notification) -> str:
    """The words of a one-time code, made when it is sent and kept nowhere.

    Never together with a name, or with what the code is for.
    """
    assert notification.secret_of is not None
    code = codes.digits(_SECRETS[notification.kind], notification.secret_of)
    with languages.speaking(notification.language):
        return segments.fit(code_words(code), notification.language, "auto")


def code_words(code: str) -> str:
    """A one-time code in the language being spoken now."""
    return pgettext(
        "sms",
        "Your code is %(code)s. Do not share this code. We will never ask you for it.",
        code=code,
    )


def still_true(notification: Notification) -> bool:
    """Asked just before sending: is this text still worth sending? An offer is not, once the
    appointment was moved again, called off, answered, or has started."""
    if notification.kind == policy.DIGEST:
        return caps.digest_is_true(notification)
    if notification.kind in policy.TEXTS and notification.regarding:
        meant = appointments.any_appointment(notification.regarding)
        return meant is not None and policy.still_means(
            notification.kind, meant, notification.made_at, clock.now()
        )
    if notification.kind not in QUESTIONS or notification.regarding is None:
        return True
    appointment = db.session.get(Appointment, notification.regarding)
    return (
        appointment is not None
        and appointment.notice_given_at <= notification.made_at
        and rules.waits_for_answer(appointment, clock.now())
    )
