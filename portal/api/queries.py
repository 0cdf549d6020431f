"""Reading for partners and files. A partner's reads start from its key: what another source
booked, or for another office than the key's, is not found."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from portal.account.models import Claimant
from portal.api.models import ApiKey, GivenAnswer, Said
from portal.appointments.models import Appointment
from portal.database import db


def hash_of(key: str) -> str:
    """What is kept of a key. It is long and random, so a plain hash cannot be turned round."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def live_key(key: str) -> ApiKey | None:
    """The partner whose key this is, unless it was revoked."""
    return db.session.scalar(
        sa.select(ApiKey).where(ApiKey.key_hash == hash_of(key), ApiKey.revoked_at.is_(None))
    )


def key(key_id: UUID) -> ApiKey | None:
    return db.session.get(ApiKey, key_id)


def all_keys() -> Sequence[ApiKey]:
    """Every key there ever was, oldest first."""
    return db.session.scalars(sa.select(ApiKey).order_by(ApiKey.made_at, ApiKey.id)).all()


def _of(partner: ApiKey) -> sa.Select[Appointment]:
    found = (
        sa.select(Appointment)
        .options(selectinload(Appointment.requests))
        .where(Appointment.source == partner.source)
    )
    if partner.office_id is not None:
        found = found.where(Appointment.office_id == partner.office_id)
    return found


def appointment(partner: ApiKey, appointment_id: UUID) -> Appointment | None:
    """An appointment this partner booked; somebody else's and an unknown one look the same."""
    return db.session.scalar(_of(partner).where(Appointment.id == appointment_id))


def appointment_by_reference(partner: ApiKey, external_reference: str) -> Appointment | None:
    """The appointment this partner knows by its own reference."""
    return db.session.scalar(
        _of(partner).where(Appointment.external_reference == external_reference)
    )


def appointments_from(
    partner: ApiKey, moment: datetime, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Appointment]:
    """This partner's appointments from `moment` on, by when they start and then by id.

    `after` is the start and the id of the last one of the page before.
    """
    found = _of(partner).where(Appointment.starts_at >= moment)
    if after is not None:
        starts_at, last = after
        found = found.where(
            (Appointment.starts_at > starts_at)
            | ((Appointment.starts_at == starts_at) & (Appointment.id > last))
        )
    return db.session.scalars(
        found.order_by(Appointment.starts_at, Appointment.id).limit(limit)
    ).all()


def given_answer(partner: ApiKey, idempotency_key: str) -> GivenAnswer | None:
    return db.session.get(GivenAnswer, (partner.id, idempotency_key), populate_existing=True)


def people(references: Collection[str]) -> dict[str, Claimant]:
    """The people with these references, by reference. For files: one question for many rows."""
    found = db.session.scalars(sa.select(Claimant).where(Claimant.reference.in_(references)))
    return {person.reference: person for person in found}


def appointments_of_source(
    source: str, references: Collection[str], *, lock: bool
) -> dict[str, Appointment]:
    """A source's appointments with these references, by reference; held fast with `lock`.

    They are locked in the order of their ids, so that two files cannot wait for each other.
    """
    found = (
        sa.select(Appointment)
        .options(selectinload(Appointment.requests))
        .where(Appointment.source == source, Appointment.external_reference.in_(references))
        .order_by(Appointment.id)
    )
    if lock:
        found = found.with_for_update(of=Appointment)
    return {a.external_reference or "": a for a in db.session.scalars(found)}


def said(appointment_ids: Collection[UUID]) -> dict[UUID, Said]:
    """What sources last said about these appointments."""
    found = db.session.scalars(sa.select(Said).where(Said.appointment_id.in_(appointment_ids)))
    return {row.appointment_id: row for row in found}
