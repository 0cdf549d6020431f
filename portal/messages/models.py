"""What a person and the office write to each other, and calls that a person waits for.

Words are sealed, and lie only here: the record holds ids, lengths and times.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Staff
from portal.database import Base, Moment, Sealed, new_id
from portal.typed.keeping import holds_words
from portal.typed.models import Side


class Message(Base):
    """One message. The person's own waits for a reply; a reply of staff waits for nothing."""

    __tablename__ = "messages_message"
    __table_args__ = (sa.Index("ix_messages_thread", "claimant_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"))
    from_staff_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    """Who replied; None when the person wrote."""
    words: Mapped[str] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    reply_by: Mapped[date | None]
    """The day, in the United Kingdom, by which the office said it would reply."""
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    """When staff opened it; for a reply, when the person did."""
    read_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    replied_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    from_staff: Mapped[Staff | None] = relationship(lazy="joined", foreign_keys=[from_staff_id])
    reader: Mapped[Staff | None] = relationship(lazy="joined", foreign_keys=[read_by])


class When(StrEnum):
    """When a person wants to be called."""

    now = "now"
    morning = "morning"
    afternoon = "afternoon"


class CallBack(Base):
    """A call that a person waits for. At most one at a time."""

    __tablename__ = "messages_call_back"
    __table_args__ = (
        sa.Index(
            "uq_messages_call_back_open",
            "claimant_id",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    when: Mapped[When] = mapped_column(sa.Enum(When, native_enum=False, length=16))
    call_by: Mapped[datetime] = mapped_column(Moment, index=True)
    """The end of the morning, afternoon or day in which the office should call."""
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
    """A code of `rules.CALL_REASONS`, or empty: nobody has to give one."""
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(sa.String(16), default="")
    """`reached`, `not_reached` or `withdrawn`, once it is settled."""

    claimant: Mapped[Claimant] = relationship(lazy="joined")


holds_words(
    Message,
    person=("words",),
    side=lambda message: Side.staff if message.from_staff_id else Side.person,
)
