"""What people said about wrong translations. Nothing here says who they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Moment, new_id


class TranslationReport(Base):
    """One sentence of one language that somebody found wrong."""

    __tablename__ = "translating_report"
    __table_args__ = (sa.Index("ix_translating_report_open", "language", "settled_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(sa.String(8))
    string_id: Mapped[str] = mapped_column(sa.String(8))
    """The sentence's id in all catalogues."""
    english: Mapped[str] = mapped_column(sa.Text)
    shown: Mapped[str] = mapped_column(sa.Text)
    """What the translation said on that day."""
    endpoint: Mapped[str] = mapped_column(sa.String(80), default="")
    """The name of the page's view, never its address: that could say about whom it is."""
    wrong: Mapped[str] = mapped_column(sa.Text, default="")
    better: Mapped[str] = mapped_column(sa.Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
