"""An interpreter follows a person's page for a while."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Visit
from portal.appointments.models import Appointment
from portal.database import Base, Moment, Sealed, new_id

_OPEN = sa.text("ended_at IS NULL")


class Session(Base):
    """One link for one interpreter. Only the latest page is kept, and only while it lasts."""

    __tablename__ = "interpreting_session"
    __table_args__ = (
        sa.Index(
            "uq_interpreting_session_open",
            "claimant_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    appointment_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("appointments_appointment.id")
    )
    """The one that is going on, with which it ends."""
    opened_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    browser_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    """Of what the browser holds that opened the link; no other one can."""
    joined_at: Mapped[datetime | None] = mapped_column(Moment)
    visit_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("account_visit.id", ondelete="SET NULL")
    )
    """In which the page was made: it is shown for as long as the person is signed in there."""
    title: Mapped[str] = mapped_column(Sealed, default="")
    page: Mapped[str] = mapped_column(Sealed, default="")
    """What can be read on the page; empty where it is not for others."""
    version: Mapped[int] = mapped_column(default=0)
    """Grows with every page; 0 before the first."""
    seen_version: Mapped[int] = mapped_column(default=0)
    """The newest page that the interpreter has seen."""

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    appointment: Mapped[Appointment | None] = relationship(lazy="joined")
    visit: Mapped[Visit | None] = relationship(lazy="joined")
