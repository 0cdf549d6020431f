"""What the conversation itself says. It speaks only when nothing was recorded: a choice, help,
not understood, a refusal. What was recorded is confirmed by its own text."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import pgettext

from portal import languages
from portal.account.models import Claimant
from portal.appointments.models import Appointment, Slot
from portal.languages import when_in_text
from portal.refusals import Sentence


def offer_choices(appointment: Appointment) -> str:
    return pgettext(
        "sms",
        "%(when)s. Reply 1 accept, 2 cancel, 3 phone call, 4 other time.",
        when=when_in_text(appointment.starts_at),
    )


def not_understood(appointment: Appointment) -> str:
    return pgettext(
        "sms",
        "Sorry, we did not understand. Nothing has changed. For %(when)s reply 1 accept, "
        "2 cancel, 3 phone call, 4 other time, or HELP.",
        when=when_in_text(appointment.starts_at),
    )


def nothing_open() -> str:
    return pgettext(
        "sms",
        "Sorry, we did not understand. Nothing has changed. Text NEXT for your appointments, "
        "or HELP.",
    )


def words_please() -> str:
    return pgettext("sms", "We cannot see pictures. Please text words.")


def nothing_to_answer() -> str:
    return pgettext(
        "sms", "There is no question to answer now. Text NEXT for your appointments, or HELP."
    )


def changed(appointment: Appointment) -> str:
    return pgettext(
        "sms",
        "Nothing was recorded. The time has changed: it is now %(when)s. Reply 1 accept, "
        "2 cancel, 3 phone call.",
        when=when_in_text(appointment.starts_at),
    )


def confirm_cancel(appointment: Appointment, code: str) -> str:
    return pgettext(
        "sms",
        "To ask to cancel %(when)s, reply %(code)s. To keep it reply 1. For another time reply 4.",
        when=when_in_text(appointment.starts_at),
        code=code,
    )


def code_wrong(appointment: Appointment, code: str) -> str:
    return pgettext(
        "sms",
        "That was not the number we asked for. %(when)s still stands. To ask to cancel reply "
        "%(code)s, to keep it reply 1.",
        when=when_in_text(appointment.starts_at),
        code=code,
    )


def kept(appointment: Appointment) -> str:
    return pgettext(
        "sms",
        "Nothing has changed. %(when)s still stands.",
        when=when_in_text(appointment.starts_at),
    )


def pick_time(appointment: Appointment, slots: Sequence[Slot]) -> str:
    times = "\n".join(f"{n} = {when_in_text(s.starts_at)}" for n, s in enumerate(slots, 1))
    return (
        pgettext(
            "sms",
            "Free times. %(when)s stands until you choose one.",
            when=when_in_text(appointment.starts_at),
        )
        + "\n"
        + times
        + "\n"
        + pgettext("sms", "9 = none of these, please call me")
    )


def which(appointments: Sequence[Appointment]) -> str:
    times = "\n".join(f"{n} = {when_in_text(a.starts_at)}" for n, a in enumerate(appointments, 1))
    return pgettext("sms", "Which appointment do you mean?") + "\n" + times


def next_appointments(appointments: Sequence[Appointment]) -> str:
    if not appointments:
        return pgettext("sms", "You have no appointments to come. Text HELP for more.")
    times = "\n".join(f"{n} = {when_in_text(a.starts_at)}" for n, a in enumerate(appointments, 1))
    return pgettext("sms", "Reply with a number to answer:") + "\n" + times


def cannot_come() -> str:
    return pgettext(
        "sms",
        "If you cannot come: 2 cancel, 3 phone call, 4 other time. Nothing has changed yet.",
    )


def help_text(person: Claimant | None) -> str:
    if person is None:
        return pgettext(
            "sms",
            "This number answers people who get texts from their Jobcentre. Text STOP to end "
            "texts. Universal Credit helpline: 0800 328 5644, free.",
        )
    if person.discreet:
        return pgettext(
            "sms",
            "NEXT = your dates. For a date: 1 OK, 2 cancel, 3 call me, 4 other time. UNDO = take "
            "back. STOP = end texts.",
        )
    return pgettext(
        "sms",
        "NEXT = your appointments. For one of them: 1 accept, 2 cancel, 3 phone call, 4 other "
        "time. UNDO = take back. MENU = more. STOP = end texts. Call %(phone)s to talk.",
        phone=person.office.phone,
    )


def cost_of_a_text() -> str:
    """Said once, with the first help."""
    return pgettext("sms", "Your texts to us cost the same as any other text.")


def ask_by_phone(person: Claimant) -> str:
    return pgettext(
        "sms",
        "We cannot do this by text. Call %(phone)s and we can help. Text HELP for what you can "
        "text.",
        phone=person.office.phone,
    )


_NAMES_US = ("Jobcentre", "Universal Credit", "coach", "benefit", "ommitment")


def refused(person: Claimant, why: Sentence) -> str:
    """Why something was not done. Where texts are to give nothing away and the reason would say
    who we are, it is told by phone."""
    if person.discreet and any(name in why.english for name in _NAMES_US):
        return ask_by_phone(person)
    return languages.say(why)


def other_language(person: Claimant) -> str:
    return pgettext(
        "sms",
        "We do not write texts in that language. Call %(phone)s and ask for an interpreter. "
        "It is free.",
        phone=person.office.phone,
    )


def a_person_will_look(person: Claimant) -> str:
    return pgettext(
        "sms",
        "A person will look at your text and get in touch. Nothing has changed. To talk now call "
        "%(phone)s.",
        phone=person.office.phone,
    )


def same_language() -> str:
    return pgettext("sms", "We text you in this language already. Text HELP for more.")


def texts_go_already() -> str:
    return pgettext("sms", "You get texts already. Text HELP for more, STOP to end them.")
