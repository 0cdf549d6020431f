"""Reading who follows whose page."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account.models import Claimant
from portal.appointments.models import Appointment, Status
from portal.database import db
from portal.interpreting import rules
from portal.interpreting.models import Session


def open_session(claimant: Claimant) -> Session | None:
    """The one with which somebody can follow this person's page now."""
    found = unended(claimant)
    return found if found is not None and rules.is_live(found, clock.now()) else None


def unended(claimant: Claimant) -> Session | None:
    """The one that nobody has ended, though its time may be over."""
    return db.session.scalar(
        sa.select(Session).where(Session.claimant_id == claimant.id, Session.ended_at.is_(None))
    )


def session(session_id: UUID) -> Session | None:
    return db.session.get(Session, session_id)


def by_token(token_hash: str) -> Session | None:
    return db.session.scalar(sa.select(Session).where(Session.token_hash == token_hash))


def going_on(claimant: Claimant) -> Appointment | None:
    """The appointment of this person that is on now, or is about to begin."""
    now = clock.now()
    found = db.session.scalars(
        sa.select(Appointment)
        .where(
            Appointment.claimant_id == claimant.id,
            Appointment.status == Status.booked,
            Appointment.starts_at.between(now - rules.LONGEST_VISIT, now + rules.BEFORE),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return next((each for each in found if rules.is_going_on(each, now)), None)
