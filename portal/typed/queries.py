"""Reading in which language things were typed, and what needs a translator."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from portal.account.models import Claimant
from portal.database import count, db
from portal.typed.models import Side, Typed


def typed(about: UUID, side: Side = Side.person) -> Typed | None:
    """How one thing was typed; None when that is not known."""
    return db.session.get(Typed, (about, side))


def all_of(claimant_id: UUID) -> Sequence[Typed]:
    """Everything that one person and the office typed to each other."""
    return db.session.scalars(sa.select(Typed).where(Typed.claimant_id == claimant_id)).all()


def _waiting(office_id: UUID) -> sa.Select[Typed]:
    """Complaints are not among them: the office's own staff do not know of them."""
    return (
        sa.select(Typed)
        .join(Typed.claimant)
        .where(Claimant.office_id == office_id, Typed.waits, ~Typed.apart)
    )


def waiting(office_id: UUID, limit: int | None = None, skip: int = 0) -> Sequence[Typed]:
    """What people of an office typed that needs a translator, longest waiting first."""
    return db.session.scalars(
        _waiting(office_id).order_by(Typed.typed_at, Typed.about).limit(limit).offset(skip)
    ).all()


def how_many_waiting(office_id: UUID) -> int:
    return count(_waiting(office_id))


def waiting_among(ids: Sequence[UUID]) -> frozenset[UUID]:
    """Which of these things need a translator."""
    query = sa.select(Typed.about).where(Typed.about.in_(ids), Typed.waits)
    return frozenset(db.session.scalars(query)) if ids else frozenset()
