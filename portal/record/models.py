"""The ground floor: entries, the chain that binds them, and what waits to be told.

An entry says who did what and when. Its details lie beside it under a salted digest, so that
they can be erased one day while the chain still verifies.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, Moment

BigId = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Chain(Base):
    """The head of one person's chain. Locked last by whoever appends."""

    __tablename__ = "record_chain"

    claimant_id: Mapped[UUID] = mapped_column(primary_key=True)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(sa.String(64), default="")


class Entry(Base):
    """One fact in a person's record. The database itself refuses to change or delete it."""

    __tablename__ = "record_entry"
    __table_args__ = (sa.UniqueConstraint("claimant_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    claimant_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    actor_kind: Mapped[str] = mapped_column(sa.String(16))
    actor_id: Mapped[UUID | None]
    channel: Mapped[str] = mapped_column(sa.String(16))
    assurance: Mapped[int]
    about: Mapped[UUID | None] = mapped_column(index=True)
    receipt: Mapped[str] = mapped_column(sa.String(8), unique=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    previous: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))

    details: Mapped[Details | None] = relationship(back_populates="entry", lazy="joined")


class Details(Base):
    """What an entry is about, as canonical JSON. May be erased; the entry stays."""

    __tablename__ = "record_details"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("record_entry.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(sa.String(32))
    body: Mapped[str] = mapped_column(sa.Text)

    entry: Mapped[Entry] = relationship(back_populates="details")


class Outbox(Base):
    """An entry somebody may have to be told about. Written in the entry's own transaction.

    A relay takes these rows, never "every entry after the last one seen": numbers are given
    when a row is inserted, not when it is committed, and following them would lose entries.
    """

    __tablename__ = "record_outbox"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("record_entry.id"), unique=True)
    claimant_id: Mapped[UUID] = mapped_column(index=True)
    not_before: Mapped[datetime] = mapped_column(Moment, index=True)
    attempts: Mapped[int] = mapped_column(default=0)

    entry: Mapped[Entry] = relationship()
