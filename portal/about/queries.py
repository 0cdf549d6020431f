"""Reading what people wrote about themselves."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from portal.about.models import AboutMe, Reading
from portal.account.models import Claimant, Staff
from portal.database import count, db


def page_of(claimant_id: UUID) -> AboutMe | None:
    """The page of a person, a draft or not."""
    return db.session.scalar(sa.select(AboutMe).where(AboutMe.claimant_id == claimant_id))


def shown(claimant_id: UUID, office_id: UUID) -> AboutMe | None:
    """The page of somebody of this office, if they approved it."""
    return db.session.scalar(
        sa.select(AboutMe)
        .join(AboutMe.claimant)
        .where(
            AboutMe.claimant_id == claimant_id,
            Claimant.office_id == office_id,
            AboutMe.approved_at.is_not(None),
        )
    )


def readings(page: AboutMe) -> Sequence[Reading]:
    """Who opened it and when, newest first."""
    return db.session.scalars(
        sa.select(Reading)
        .where(Reading.about_id == page.id)
        .order_by(Reading.opened_at.desc(), Reading.id)
    ).all()


def reading(page: AboutMe, staff_id: UUID) -> Reading | None:
    """Whether this member of staff opened the page as it is now."""
    return db.session.scalar(
        sa.select(Reading).where(
            Reading.about_id == page.id,
            Reading.staff_id == staff_id,
            Reading.version == page.version,
        )
    )


def _unread_by(staff: Staff) -> sa.Select[AboutMe]:
    """Of their own office: somebody who moved away took their page along."""
    read = sa.exists().where(
        Reading.about_id == AboutMe.id,
        Reading.staff_id == staff.id,
        Reading.version == AboutMe.version,
        Reading.read_at.is_not(None),
    )
    return (
        sa.select(AboutMe)
        .join(AboutMe.claimant)
        .where(
            Claimant.coach_id == staff.id,
            Claimant.office_id == staff.office_id,
            AboutMe.approved_at.is_not(None),
            ~read,
        )
    )


def unread_by(staff: Staff, limit: int | None = None, skip: int = 0) -> Sequence[AboutMe]:
    """Pages of the people whose work coach this is, which they have not marked as read."""
    return db.session.scalars(
        _unread_by(staff).order_by(AboutMe.approved_at, AboutMe.id).limit(limit).offset(skip)
    ).all()


def how_many_unread_by(staff: Staff) -> int:
    return count(_unread_by(staff))


def must_read(claimant: Claimant, staff: Staff) -> bool:
    """True when this is the person's work coach and has not marked the page as read."""
    return bool(count(_unread_by(staff).where(AboutMe.claimant_id == claimant.id)))
