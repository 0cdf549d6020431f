"""What a person does not want to explain again, in their own words, and who has read it.

Everything typed is sealed. Nothing is copied here from anywhere else: what is not written by the
person, least of all about abuse, is not here.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Staff
from portal.database import Base, Moment, Sealed, new_id
from portal.typed.keeping import holds_words


class AboutMe(Base):
    """One page for each person. Staff see it only once the person has approved it."""

    __tablename__ = "about_me"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), unique=True)
    needs: Mapped[str] = mapped_column(Sealed, default="")
    times: Mapped[str] = mapped_column(Sealed, default="")
    """When the person cannot come."""
    helps: Mapped[str] = mapped_column(Sealed, default="")
    """What helps in a meeting."""
    more: Mapped[str] = mapped_column(Sealed, default="")
    private_room: Mapped[bool] = mapped_column(default=False)
    interpreter: Mapped[str] = mapped_column(Sealed, default="")
    """The language of the interpreter that is needed; empty for none."""
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime] = mapped_column(Moment)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    """None while it is a draft that only the person sees."""
    review_by: Mapped[date | None]

    claimant: Mapped[Claimant] = relationship(lazy="joined")


class Reading(Base):
    """A member of staff opened the page, and perhaps said that they have read it."""

    __tablename__ = "about_reading"
    __table_args__ = (sa.UniqueConstraint("about_id", "staff_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    about_id: Mapped[UUID] = mapped_column(sa.ForeignKey("about_me.id"), index=True)
    staff_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_staff.id"))
    version: Mapped[int]
    """Of the page as they saw it."""
    opened_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)

    staff: Mapped[Staff] = relationship(lazy="joined")


holds_words(
    AboutMe,
    person=("needs", "times", "helps", "more", "interpreter"),
    shown=lambda page: page.approved_at is not None,
)
