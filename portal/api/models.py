"""What other systems need: keys to come in with, answers given once, and what each last said."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Office
from portal.database import Base, Moment, Sealed, new_id


class ApiKey(Base):
    """A partner's way in. The key itself is shown once; only its hash is kept."""

    __tablename__ = "api_key"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(120))
    """Who holds it, for whoever has to revoke it."""
    source: Mapped[str] = mapped_column(sa.String(64))
    """The system behind it. Several keys may have one source, so that keys can be changed."""
    office_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_office.id"))
    """When set, the key reaches people of this office only."""
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment)
    """To within some minutes: not every request is worth a write."""
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    office: Mapped[Office | None] = relationship(lazy="joined")


class GivenAnswer(Base):
    """An answer to a request with an idempotency key, to be given again word for word."""

    __tablename__ = "api_given_answer"

    api_key_id: Mapped[UUID] = mapped_column(sa.ForeignKey("api_key.id"), primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    """Of the method, the path and the body: the same key with another request is a mistake."""
    status: Mapped[int] = mapped_column(default=0)
    body: Mapped[str] = mapped_column(Sealed, default="")
    given_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Said(Base):
    """What a source last said about an appointment, column by column.

    A source repeats itself: the same file comes every night. What it says again must not undo
    what a person and the office agreed in the meantime, so only what it says *anew* counts.
    """

    __tablename__ = "api_said"

    appointment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("appointments_appointment.id"), primary_key=True
    )
    columns: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
