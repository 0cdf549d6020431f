"""Reading the free times that offices offer to whoever needs another one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.appointments.busy_actions import busy_times, clashes
from portal.appointments.models import Appointment, Slot
from portal.database import db

_LOOKED_AT = 200
"""Free times that are compared with what the person said."""


def free(appointment: Appointment, limit: int = 3) -> Sequence[Slot]:
    """Free times of the same office, soonest first, met in the same way; never one at which the
    person said they cannot come."""
    found = db.session.scalars(
        sa.select(Slot)
        .where(
            Slot.office_id == appointment.office_id,
            Slot.how == appointment.how,
            Slot.taken_by.is_(None),
            Slot.starts_at > clock.now(),
        )
        .order_by(Slot.starts_at)
        .limit(_LOOKED_AT)
    )
    busy = busy_times(appointment.claimant_id)
    return [slot for slot in found if not clashes(busy, slot.starts_at, slot.minutes)][:limit]


def taken(appointment: Appointment) -> Sequence[Slot]:
    """Times that were free and that this appointment has taken."""
    return db.session.scalars(sa.select(Slot).where(Slot.taken_by == appointment.id)).all()


def one(appointment: Appointment, slot_id: UUID) -> Slot | None:
    """A free time that this appointment may take, or has taken."""
    return db.session.scalar(
        sa.select(Slot).where(Slot.id == slot_id, Slot.office_id == appointment.office_id)
    )


def of_office(office_id: UUID) -> Sequence[Slot]:
    """Coming times the office offers, soonest first; those that were taken among them."""
    return db.session.scalars(
        sa.select(Slot)
        .where(Slot.office_id == office_id, Slot.starts_at > clock.now())
        .order_by(Slot.starts_at, Slot.id)
    ).all()


def one_of_office(slot_id: UUID, office_id: UUID) -> Slot | None:
    """A time that this office offered."""
    return db.session.scalar(sa.select(Slot).where(Slot.id == slot_id, Slot.office_id == office_id))
