"""Offers that went to a phone by text: which was the last, and which wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from notifications import policy, texts
from notifications.models import Notification, State
from portal import clock
from portal.account.models import Claimant
from portal.actors import Channel
from portal.appointments import queries as appointments
from portal.appointments.models import Appointment, Status
from portal.database import db
from portal.record import log

MOVED_SINCE = -1
"""Instead of a version: the appointment has moved since that question was put."""
ANSWERED_ELSEWHERE = -2
"""Instead of a version: it was answered through another door since that question was put."""
JUST_NOW = timedelta(seconds=60)
"""Who answers so soon after a new question may still mean the one before."""
_ASK = texts.QUESTIONS | policy.TEXTS - {policy.STILL_STANDS}
"""Texts that put a question of their own accord; a receipt puts none."""


@dataclass(frozen=True)
class Offer:
    """The last offer that was sent: when, about which appointment, as it was then."""

    asked_at: datetime
    regarding: UUID
    version: int


def put_by_text_since(number: str, person: Claimant, since: datetime) -> datetime | None:
    """When a later text put another question to this number; None when none did."""
    return db.session.scalar(
        sa.select(Notification.sent_at)
        .where(
            Notification.to_number == number,
            Notification.claimant_id == person.id,
            Notification.kind.in_(_ASK),
            Notification.state.in_((State.sent, State.delivered)),
            Notification.sent_at > since,
        )
        .order_by(Notification.sent_at.desc())
        .limit(1)
    )


def latest(number: str, person: Claimant) -> Offer | None:
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
        asked_at = text.sent_at or text.made_at
        version = appointment.version
        if appointment.notice_given_at > text.made_at:
            # Moved since: that text asked about a time that no longer holds.
            version = MOVED_SINCE
        elif _answered_elsewhere(appointment, asked_at):
            version = ANSWERED_ELSEWHERE
        return Offer(asked_at, appointment.id, version)
    return None


def _answered_elsewhere(appointment: Appointment, since: datetime) -> bool:
    """True when another door was quicker, and this number was told nothing of it yet."""
    if not appointment.answered_at or appointment.answered_at <= since:
        return False
    entry = log.by_receipt(appointment.answer_receipt or "")
    return entry is not None and entry.channel != Channel.sms


def _can_answer(appointment: Appointment) -> bool:
    return appointment.status is Status.booked and appointment.starts_at > clock.now()


def unanswered(number: str, person: Claimant) -> list[Appointment]:
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


def crossed(regarding: UUID | None, number: str, now: datetime) -> bool:
    """True when the office moved it a moment ago: the answer may have been on its way."""
    return (
        db.session.scalar(
            sa.select(Notification.id).where(
                Notification.to_number == number,
                Notification.regarding == regarding,
                Notification.kind == "appointments.moved",
                Notification.sent_at > now - JUST_NOW,
                Notification.sent_at < now,
            )
        )
        is not None
    )
