"""The one open question of a phone number: which it is, and asking a new one.

An offer's question is the offer itself, as it was sent. Questions of the conversation (the
echo code, a choice, "did you mean") are kept in `Dialogue`. Whichever was asked last is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from notifications import texts
from notifications.conversation import grammar
from notifications.models import Dialogue, Notification, State
from portal import clock
from portal.account.models import Claimant
from portal.appointments import queries as appointments
from portal.appointments.models import Appointment, Status
from portal.database import db

MOVED_SINCE = -1
"""Instead of a version: the appointment has moved since that question was put."""
NONE = "none"
OFFER = "offer"
WHICH = "which"
CONFIRM_CANCEL = "confirm_cancel"
REASON = "reason"
PICK_TIME = "pick_time"
SUGGEST = "suggest"
MENU = "menu"
SETTINGS = "settings"
LANGUAGE = "language"
CALL_WHEN = "call_when"
LATE = "late"
MESSAGE = "message"
REVIEW = "review"

_LIFE = {
    OFFER: timedelta(days=14),
    WHICH: timedelta(hours=24),
    CONFIRM_CANCEL: timedelta(hours=24),
    REASON: timedelta(hours=24),
    PICK_TIME: timedelta(hours=24),
    SUGGEST: timedelta(hours=24),
    MENU: timedelta(hours=24),
    SETTINGS: timedelta(hours=24),
    LANGUAGE: timedelta(hours=24),
    CALL_WHEN: timedelta(hours=24),
    LATE: timedelta(hours=2),
    MESSAGE: timedelta(hours=48),
    REVIEW: timedelta(hours=48),
}
_BEFORE_START = {CONFIRM_CANCEL: timedelta(hours=2)}


@dataclass(frozen=True)
class Question:
    """What was asked last, and about which appointment as it was then."""

    kind: str = NONE
    asked_at: datetime | None = None
    regarding: UUID | None = None
    version: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> grammar.State:
        """As the grammar needs it to read an answer."""
        match self.kind:
            case "offer":
                return grammar.OFFER
            case "confirm_cancel":
                return grammar.CONFIRM_CANCEL
            case "suggest":
                return grammar.SUGGESTION
            case "reason":
                return grammar.choice("012345")
            case "message":
                return grammar.FREE_TEXT
            case _ if self.facts.get("digits"):
                return grammar.choice(str(self.facts["digits"]))
            case _:
                return grammar.IDLE


def open_question(number: str, person: Claimant) -> Question:
    """The question that the next bare answer from this number answers."""
    now = clock.now()
    kept = db.session.get(Dialogue, number)
    offered = latest_offer(number, person)
    if (
        kept is not None
        and kept.question
        and kept.expires_at > now
        and kept.claimant_id == person.id
        and (offered is None or kept.asked_at >= (offered.asked_at or now))
    ):
        version = kept.version
        if kept.question == OFFER and kept.regarding and _moved_since(kept):
            version = MOVED_SINCE
        return Question(kept.question, kept.asked_at, kept.regarding, version, kept.facts)
    return offered or Question()


def latest_offer(number: str, person: Claimant) -> Question | None:
    """The appointment of the last question that was sent, while it can still be answered.

    Second thoughts count until the start: an answered offer stays open to another answer.
    """
    sent = db.session.scalars(
        sa.select(Notification)
        .where(
            Notification.to_number == number,
            Notification.claimant_id == person.id,
            Notification.kind.in_(texts.QUESTIONS | texts.CONFIRMS),
            Notification.state.in_((State.sending, State.sent, State.delivered)),
        )
        .order_by(Notification.id.desc())
        .limit(5)
    ).all()
    for text in sent:
        appointment = text.regarding and appointments.any_appointment(text.regarding)
        if not appointment or not _can_answer(appointment):
            continue
        if appointment.notice_given_at > text.made_at:
            # Moved since: that text asked about a time that no longer holds.
            return Question(OFFER, text.sent_at or text.made_at, appointment.id, MOVED_SINCE)
        asked_at = text.sent_at or text.made_at
        return Question(OFFER, asked_at, appointment.id, appointment.version)
    return None


def _moved_since(kept: Dialogue) -> bool:
    appointment = appointments.any_appointment(kept.regarding) if kept.regarding else None
    return appointment is None or appointment.notice_given_at > kept.asked_at


def _can_answer(appointment: Appointment) -> bool:
    return appointment.status is Status.booked and appointment.starts_at > clock.now()


def unanswered_offers(number: str, person: Claimant) -> list[Appointment]:
    """Appointments that were offered by text to this number and wait for an answer."""
    asked = set(
        db.session.scalars(
            sa.select(Notification.regarding).where(
                Notification.to_number == number,
                Notification.claimant_id == person.id,
                Notification.kind.in_(texts.QUESTIONS),
                Notification.state.in_((State.sending, State.sent, State.delivered)),
            )
        )
    )
    return [a for a in appointments.waiting_of(person.id) if a.id in asked]


def ask(
    number: str,
    person: Claimant,
    kind: str,
    appointment: Appointment | None = None,
    **facts: Any,
) -> None:
    """Make this the number's open question; any other one is closed by it."""
    now = clock.now()
    expires = now + _LIFE[kind]
    if appointment is not None and kind in _BEFORE_START:
        expires = min(expires, max(now, appointment.starts_at - _BEFORE_START[kind]))
        if expires <= now + timedelta(minutes=10):
            expires = appointment.starts_at
    row = db.session.get(Dialogue, number)
    if row is None:
        row = Dialogue(number=number)
        db.session.add(row)
    row.claimant_id, row.question, row.facts = person.id, kind, dict(facts)
    row.regarding = appointment.id if appointment else None
    row.version = appointment.version if appointment else None
    row.asked_at, row.expires_at = now, expires
    db.session.flush()


def close(number: str) -> None:
    """Nothing is open any more, but for an offer that was sent."""
    row = db.session.get(Dialogue, number)
    if row is not None:
        row.question, row.facts = "", {}
