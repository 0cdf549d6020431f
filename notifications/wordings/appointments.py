"""The wording of texts about appointments, with discreet forms that name nobody."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications.drafts import Facts


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


def _interpreter_booked(f: Facts) -> str:
    return pgettext(
        "sms", "An interpreter is booked for %(when)s. Ref %(ref)s.", when=f.when, ref=f.ref
    )


def _interpreter_not_yet(f: Facts) -> str:
    return pgettext(
        "sms", "No interpreter is booked yet for %(when)s. Ref %(ref)s.", when=f.when, ref=f.ref
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


WORDINGS: dict[str, Callable[[Facts], str]] = {
    "appointments.offer": _offer,
    "appointments.offer_short_notice": _short_notice,
    "appointments.moved": _moved,
    "appointments.interpreter_booked": _interpreter_booked,
    "appointments.interpreter_not_yet": _interpreter_not_yet,
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
}
