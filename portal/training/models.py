"""Courses and help near an office, as an imported list says. Nothing here is about a person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Moment, new_id


class Training(Base):
    """One course or kind of help."""

    __tablename__ = "training_training"
    __table_args__ = (sa.UniqueConstraint("source", "reference"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    source: Mapped[str] = mapped_column(sa.String(64))
    reference: Mapped[str] = mapped_column(sa.String(64))
    """What the source calls it."""
    office_code: Mapped[str] = mapped_column(sa.String(32), default="", index=True)
    """The office whose people see it; empty for those of every office."""
    name: Mapped[str] = mapped_column(sa.String(200))
    provider: Mapped[str] = mapped_column(sa.String(200))
    about: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[str] = mapped_column(sa.String(120), default="", index=True)
    language: Mapped[str] = mapped_column(sa.String(8), default="en", index=True)
    """A code of `languages.toml`: what is spoken there."""
    online: Mapped[bool] = mapped_column(default=False)
    lunch_paid: Mapped[bool] = mapped_column(default=False)
    fares_paid: Mapped[bool] = mapped_column(default=False)
    free_places: Mapped[int | None]
    """None when nobody knows; 0 when it is full."""
    starts_on: Mapped[date | None]
    contact: Mapped[str] = mapped_column(sa.String(200), default="")
    last_checked: Mapped[date]
    """The day on which the source says that somebody checked it."""
    changed_at: Mapped[datetime] = mapped_column(Moment)
    gone_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the source no longer had it."""
