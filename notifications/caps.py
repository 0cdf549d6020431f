"""How many texts nobody asked for a person has had, and what waits because they had enough.

What is held back is kept as a dropped text: a fact about a moment that has passed, never a
future text. The digest of the next working day tells what of it still holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from notifications.models import Notification, State
from notifications.policy import UNASKED, Policy
from notifications.spend import SPENT
from portal import clock
from portal.appointments.models import Appointment, Status
from portal.database import db

HELD = "held-for-digest"
TOLD = "told-in-digest"
OVERTAKEN = "no-longer-true"
COMPARED = "comparison-group"
"""Held back to see what reminders do."""


def has_room(claimant_id: UUID, appointment_id: UUID, policy: Policy) -> bool:
    """True when one more unasked text about this appointment stays within every cap."""
    now, today = clock.now(), clock.today()
    went = sa.func.coalesce(Notification.sent_at, Notification.not_before)
    counted = sa.select(Notification.regarding, went).where(
        Notification.claimant_id == claimant_id,
        Notification.kind.in_(UNASKED),
        Notification.state != State.dropped,
        Notification.copy_of.is_(None),
    )
    recent = db.session.execute(counted.where(went > now - timedelta(days=7))).all()
    about = counted.where(Notification.regarding == appointment_id).with_only_columns(
        sa.func.count()
    )
    on_this_day = sum(clock.local(at).date() == today for _, at in recent)
    return (
        on_this_day < policy.caps["a_day"]
        and len(recent) < policy.caps["seven_days"]
        and (db.session.scalar(about) or 0) < policy.caps["each_appointment"]
    )


def hold(text: Notification, why: str, at: datetime | None = None) -> None:
    """Do not send this text, and keep that it was due. What a digest tells is settled `at` the
    moment that the digest was made, by which `digest_is_true` finds it."""
    text.state, text.error, text.settled_at = State.dropped, why, at or clock.now()
    db.session.flush()


def people_waiting(before: datetime) -> Sequence[UUID]:
    """Whose texts were held back before a moment and not told since."""
    return [
        each
        for each in db.session.scalars(
            sa.select(Notification.claimant_id)
            .where(*_held(), Notification.made_at < before)
            .distinct()
        )
        if each is not None
    ]


def held_back(claimant_id: UUID, before: datetime) -> Sequence[Notification]:
    """What was held back from one person before a moment, oldest first."""
    return db.session.scalars(
        sa.select(Notification)
        .where(*_held(), Notification.claimant_id == claimant_id, Notification.made_at < before)
        .order_by(Notification.id)
        .with_for_update()
    ).all()


def _held() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Notification.state == State.dropped,
        Notification.error.in_((HELD, SPENT)),
        Notification.not_before > clock.now() - timedelta(days=14),
    )


def digest_is_true(digest: Notification) -> bool:
    """Asked just before sending: do all the appointments it names still hold?"""
    about = (
        sa.select(Notification.regarding)
        .where(
            Notification.claimant_id == digest.claimant_id,
            Notification.error == TOLD,
            Notification.settled_at == digest.made_at,
        )
        .scalar_subquery()
    )
    changed = sa.select(Appointment.id).where(
        Appointment.id.in_(about),
        sa.or_(
            Appointment.status != Status.booked,
            Appointment.notice_given_at > digest.made_at,
            Appointment.starts_at <= clock.now(),
        ),
    )
    return db.session.scalar(changed.limit(1)) is None
