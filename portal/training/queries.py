"""Reading the list of training and help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.database import db
from portal.training.models import Training


@dataclass(frozen=True)
class Filter:
    """What a person looks for. Empty means that it does not matter."""

    place: str = ""
    language: str = ""
    online: bool = False
    lunch_paid: bool = False
    fares_paid: bool = False
    free_places: bool = False


def _for_office(code: str) -> sa.Select[Training]:
    """What can still be joined: a course that has begun is over for whoever looks now."""
    to_come = Training.starts_on.is_(None) | (Training.starts_on >= clock.today())
    return sa.select(Training).where(
        Training.gone_at.is_(None), Training.office_code.in_(("", code)), to_come
    )


def near(office_code: str, wanted: Filter, limit: int, skip: int = 0) -> Sequence[Training]:
    """What there is for people of an office: what has places first, then by when it starts."""
    query = _for_office(office_code)
    if wanted.place:
        query = query.where(Training.place == wanted.place)
    if wanted.language:
        query = query.where(Training.language == wanted.language)
    for name in ("online", "lunch_paid", "fares_paid"):
        if getattr(wanted, name):
            query = query.where(getattr(Training, name).is_(True))
    if wanted.free_places:
        query = query.where(Training.free_places > 0)
    full = sa.case((Training.free_places == 0, 1), else_=0)
    order = (full, Training.starts_on.is_(None), Training.starts_on, Training.name, Training.id)
    return db.session.scalars(query.order_by(*order).limit(limit).offset(skip)).all()


def places(office_code: str) -> Sequence[str]:
    """The places on the list of an office."""
    found = _for_office(office_code).with_only_columns(Training.place).distinct()
    return sorted(place for place in db.session.scalars(found) if place)


def spoken(office_code: str) -> Sequence[str]:
    """The languages on the list of an office."""
    found = _for_office(office_code).with_only_columns(Training.language).distinct()
    return sorted(db.session.scalars(found))


def training(training_id: UUID, office_code: str) -> Training | None:
    """One of what there is for people of an office."""
    return db.session.scalar(_for_office(office_code).where(Training.id == training_id))


def known(source: str, references: set[str]) -> dict[str, Training]:
    """What a source has told us about already, by its references."""
    rows = db.session.scalars(
        sa.select(Training).where(Training.source == source, Training.reference.in_(references))
    )
    return {row.reference: row for row in rows}


def not_among(source: str, references: set[str]) -> Sequence[Training]:
    """What a source told us about before, and no longer names."""
    rows = db.session.scalars(
        sa.select(Training).where(Training.source == source, Training.gone_at.is_(None))
    )
    return [row for row in rows if row.reference not in references]
