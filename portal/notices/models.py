"""What was said to a person in a notice that matters in law, word for word, and in which language.

The record holds the digest of the words, so these can be proved to be what was sent.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Moment, Sealed, new_id


class Told(StrEnum):
    """How the words came to the person."""

    text = "text"
    paper = "paper"
    spoken = "spoken"


class Notice(Base):
    """One notice, as it was sent."""

    __tablename__ = "notices_notice"
    __table_args__ = (sa.Index("ix_notices_regarding", "regarding", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    what: Mapped[str] = mapped_column(sa.String(64))
    """Which notice: one of `rules.NOTICES`."""
    regarding: Mapped[UUID | None]
    """The appointment, or the version of the commitment."""
    told: Mapped[Told] = mapped_column(sa.Enum(Told, native_enum=False, length=8))
    language: Mapped[str] = mapped_column(sa.String(8))
    review: Mapped[str] = mapped_column(sa.String(20))
    """How far the language was checked then: machine-drafted, part-reviewed or reviewed."""
    words: Mapped[str] = mapped_column(Sealed)
    wording: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the language, a line feed and the words, in hexadecimal."""
    at: Mapped[datetime] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
