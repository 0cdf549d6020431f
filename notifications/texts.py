"""The wording of every text. One place, so that words change without touching who is told.

Each wording is one message of the catalogue with the context "sms", spoken in the language
that is current when it is called. No text names health, money, sanctions or complaints; the
discreet ones name neither the Jobcentre nor Universal Credit (sms.md in the design: privacy).
"""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from notifications import caps, policy, segments
from notifications.drafts import Draft, Facts, style_of
from notifications.models import Dialogue, Notification
from notifications.wordings import account as account_texts
from notifications.wordings import appointments as appointment_texts
from notifications.wordings import commitment as commitment_texts
from notifications.wordings import complaints as complaint_texts
from notifications.wordings import costs as cost_texts
from notifications.wordings import messages as message_texts
from notifications.wordings import plan as plan_texts
from notifications.wordings import reminders as reminder_texts
from notifications.wordings import reports as report_texts
from notifications.wordings import settings as settings_texts
from portal import clock, languages
from portal.account import codes, queries
from portal.account.models import Claimant
from portal.appointments import queries as appointments
from portal.appointments import rules
from portal.appointments.models import Appointment
from portal.commitment import queries as commitment
from portal.database import db

WORDINGS: dict[str, Callable[[Facts], str]] = {
    **appointment_texts.WORDINGS,
    **account_texts.WORDINGS,
    **settings_texts.WORDINGS,
    **reminder_texts.WORDINGS,
    **report_texts.WORDINGS,
    **message_texts.WORDINGS,
    **plan_texts.WORDINGS,
    **commitment_texts.WORDINGS,
    **cost_texts.WORDINGS,
    **complaint_texts.WORDINGS,
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
        "appointments.fare_asked",
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

UNFINISHED = "conversation.unfinished"
"""Asks about something that was begun and not finished. Its words are the conversation's."""

SECRETS = {
    "account.code": "sign-in",
    "account.number_code_old": "number-old",
    "account.number_code_new": "number-new",
    "account.number_code_texted": "number-new",
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
    code = codes.digits(SECRETS[notification.kind], notification.secret_of)
    person = queries.claimant(notification.claimant_id) if notification.claimant_id else None
    with languages.speaking(notification.language):
        words = code_words(notification.kind, code)
        return segments.fit(words, notification.language, style_of(person))


def same_length(kind: str, language: str) -> str:
    """A one-time code's text with another code in it: as long, and no secret."""
    with languages.speaking(language):
        return segments.fit(code_words(kind, "000000"), language, "auto")


def code_words(kind: str, code: str) -> str:
    """A one-time code in the language being spoken now: to be typed, or to be texted to us."""
    if kind == "account.number_code_texted":
        return pgettext(
            "sms",
            "Your code is %(code)s. Text it to us from the old phone. Tell it to nobody else.",
            code=code,
        )
    return pgettext(
        "sms",
        "Your code is %(code)s. Do not share this code. We will never ask you for it.",
        code=code,
    )


def _still_unfinished(notification: Notification) -> bool:
    """True while nothing was said since we asked what to do with it."""
    row = db.session.get(Dialogue, notification.to_number)
    return row is not None and row.question == "review" and row.asked_at <= notification.made_at


def still_true(notification: Notification) -> bool:
    """Asked just before sending: is this text still worth sending? An offer is not, once the
    appointment was moved again, called off, answered, or has started."""
    if notification.kind == policy.DIGEST:
        return caps.digest_is_true(notification)
    if notification.kind == UNFINISHED:
        return _still_unfinished(notification)
    if notification.kind in policy.TEXTS and notification.regarding:
        meant = appointments.any_appointment(notification.regarding)
        return meant is not None and policy.still_means(
            notification.kind, meant, notification.made_at, clock.now()
        )
    if notification.kind == policy.COMMITMENT and notification.regarding:
        return commitment.waits_until(notification.regarding) == notification.not_after
    if notification.kind not in QUESTIONS or notification.regarding is None:
        return True
    appointment = db.session.get(Appointment, notification.regarding)
    return (
        appointment is not None
        and appointment.notice_given_at <= notification.made_at
        and rules.waits_for_answer(appointment, clock.now())
    )
