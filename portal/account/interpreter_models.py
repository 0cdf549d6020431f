"""What interpreter a person needs. Apart from `models`, for length.

The language that somebody speaks is asked apart from the one they read: many speak a language
that this service does not write, or read one that they do not speak.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Moment, Sealed, new_id


class Help(StrEnum):
    """Who turns the words."""

    spoken = "spoken"
    """An interpreter for a spoken language."""
    bsl = "bsl"
    """An interpreter for British Sign Language."""
    lipspeaker = "lipspeaker"
    """Somebody who repeats the words so that they can be read from the lips."""


class Wanted(StrEnum):
    """How the interpreter is there."""

    either = "either"
    phone = "phone"
    in_person = "in_person"


class Safe(StrEnum):
    """Who should interpret, where that matters to feel safe."""

    anyone = "anyone"
    woman = "woman"
    man = "man"


class InterpreterNeed(Base):
    """One for each person who needs an interpreter; no row for whoever needs none."""

    __tablename__ = "account_interpreter_need"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), unique=True)
    help: Mapped[Help] = mapped_column(sa.Enum(Help, native_enum=False, length=10))
    language: Mapped[str] = mapped_column(Sealed, default="")
    """As the person writes it; empty for signing and lip-speaking."""
    dialect: Mapped[str] = mapped_column(Sealed, default="")
    wanted: Mapped[Wanted] = mapped_column(sa.Enum(Wanted, native_enum=False, length=10))
    safe: Mapped[str] = mapped_column(Sealed, default=Safe.anyone.value)
    """A value of `Safe`. Sealed: why it matters is nobody's business."""
    said_at: Mapped[datetime] = mapped_column(Moment)
