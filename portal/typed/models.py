"""In which language something was typed, and what a translator made of it.

The words themselves lie where they were typed and are never replaced: this row only says what
they are written in. The English of them is kept here, sealed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Staff
from portal.database import Base, Moment, Sealed


class Side(StrEnum):
    """Who typed it."""

    person = "person"
    staff = "staff"


class Fit(StrEnum):
    """Whether the letters are those of the language. More than that nobody guesses."""

    whole = "whole"
    partly = "partly"
    none = "none"


def _names(kinds: type[StrEnum]) -> sa.Enum:
    return sa.Enum(kinds, native_enum=False, length=8)


class Typed(Base):
    """Something one side typed: one row for each thing and side, as it was typed last."""

    __tablename__ = "typed_words"
    __table_args__ = (sa.Index("ix_typed_words_waiting", "waits", "typed_at"),)

    about: Mapped[UUID] = mapped_column(primary_key=True)
    """The id of the message, request or complaint that holds the words."""
    side: Mapped[Side] = mapped_column(_names(Side), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    """The table that holds them."""
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    language: Mapped[str] = mapped_column(sa.String(8))
    """The language of the page or of the texts at that moment."""
    fit: Mapped[Fit] = mapped_column(_names(Fit))
    typed_at: Mapped[datetime] = mapped_column(Moment)
    waits: Mapped[bool] = mapped_column(default=False)
    """True while it needs a translator."""
    apart: Mapped[bool] = mapped_column(default=False)
    """Part of a complaint: the office's own staff do not know of it."""
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    named: Mapped[str] = mapped_column(Sealed, default="")
    """Which language it is, as the translator named it."""
    translator: Mapped[str] = mapped_column(Sealed, default="")
    english: Mapped[str] = mapped_column(Sealed, default="")
    """What the translator said it says; empty where staff could read it themselves."""

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    settler: Mapped[Staff | None] = relationship(lazy="joined")
