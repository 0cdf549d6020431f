"""A complaint, as it was written, and everything that was said about it since.

What people wrote is sealed, and lies only here: the record holds codes and days. Who must not
see a complaint is a row of its own, so that every query can leave it out (facts 5).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Office, Staff
from portal.database import Base, Moment, Sealed, new_id
from portal.typed.keeping import holds_words, parent
from portal.typed.models import Side


class Kind(StrEnum):
    """What a complaint is about, in the words of facts 5; `worse` is what followed another one."""

    service = "service"
    behaviour = "behaviour"
    discrimination = "discrimination"
    delay = "delay"
    messages = "messages"
    notice = "notice"
    adjustment = "adjustment"
    worse = "worse"
    data = "data"
    other = "other"


class Level(StrEnum):
    """Who answers: those who deal with complaints in the office, or the complaints team, which is
    in no office."""

    office = "office"
    team = "team"


class Contact(StrEnum):
    """How the person wants to hear about it."""

    here = "here"
    text = "text"
    call = "call"
    letter = "letter"


class Said(StrEnum):
    """What somebody said about a complaint after it was sent."""

    more_asked = "more_asked"
    added = "added"
    answer = "answer"
    final = "final"


def _names(kinds: type[StrEnum]) -> sa.Enum:
    return sa.Enum(
        kinds, native_enum=False, length=16, values_callable=lambda e: [m.value for m in e]
    )


class Complaint(Base):
    """One complaint, from the day it was sent."""

    __tablename__ = "complaints_complaint"
    __table_args__ = (sa.Index("ix_complaints_complaint_waiting", "level", "office_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    office_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_office.id"))
    """The office it is about: the person's, on the day it was sent."""
    level: Mapped[Level] = mapped_column(_names(Level))
    kind: Mapped[Kind] = mapped_column(_names(Kind))
    what: Mapped[str] = mapped_column(Sealed)
    happened: Mapped[str] = mapped_column(Sealed, default="")
    """When it happened, in the person's own words."""
    who: Mapped[str] = mapped_column(Sealed, default="")
    effect: Mapped[str] = mapped_column(Sealed, default="")
    put_right: Mapped[str] = mapped_column(Sealed, default="")
    contact: Mapped[Contact] = mapped_column(_names(Contact), default=Contact.here)
    contact_note: Mapped[str] = mapped_column(Sealed, default="")
    """When and how it is safe to reach them, in their own words."""
    language: Mapped[str] = mapped_column(sa.String(8))
    """In which the person was writing."""
    after_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("complaints_complaint.id"))
    """The complaint after which things got worse."""
    helper: Mapped[str] = mapped_column(Sealed, default="")
    """Who wrote it for them, with their consent; empty when they wrote it."""
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    """Of the entry in which it was sent: the person knows the complaint by it."""
    sent_at: Mapped[datetime] = mapped_column(Moment)
    reply_by: Mapped[date]
    """The day, in the United Kingdom, by which whoever has it now must answer."""
    level_since: Mapped[datetime] = mapped_column(Moment)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when it is being looked at, by those who have it now."""
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    final_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the final response was given: the six months of the Independent Case Examiner begin."""
    was_late: Mapped[bool] = mapped_column(default=False)
    told_late_on: Mapped[date | None]
    """The day on which the person was last told that an answer is late."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    answer_read_at: Mapped[datetime | None] = mapped_column(Moment)
    redacted_at: Mapped[datetime | None] = mapped_column(Moment)

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    office: Mapped[Office] = relationship(lazy="joined")
    after: Mapped[Complaint | None] = relationship(remote_side=[id])

    @property
    def stage(self) -> str:
        """received, acknowledged, looked_at, answered, final or withdrawn."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.final_at:
            return "final"
        if self.answered_at:
            return "answered"
        if self.opened_at:
            return "looked_at"
        return "acknowledged" if self.acknowledged_at else "received"

    @property
    def is_open(self) -> bool:
        """True while whoever has it owes an answer."""
        return self.answered_at is None and self.withdrawn_at is None


class KeptFrom(Base):
    """A member of staff who must never see a complaint: it is about them, or the person said so.

    By person, not by role or office: it holds when they move, or deal with complaints one day.
    """

    __tablename__ = "complaints_kept_from"

    complaint_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("complaints_complaint.id"), primary_key=True
    )
    staff_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("account_staff.id"), primary_key=True, index=True
    )

    staff: Mapped[Staff] = relationship(lazy="joined")


class Attached(Base):
    """An entry of the person's own record that a complaint is about, by its receipt."""

    __tablename__ = "complaints_attached"

    complaint_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("complaints_complaint.id"), primary_key=True
    )
    receipt: Mapped[str] = mapped_column(sa.String(8), primary_key=True)


class Word(Base):
    """What was said about a complaint after it was sent. Nothing here is ever edited."""

    __tablename__ = "complaints_word"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[UUID] = mapped_column(sa.ForeignKey("complaints_complaint.id"), index=True)
    said: Mapped[Said] = mapped_column(_names(Said))
    at: Mapped[datetime] = mapped_column(Moment)
    staff_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    """Who said it; None when it was the person."""
    language: Mapped[str] = mapped_column(sa.String(8))
    words: Mapped[str] = mapped_column(Sealed)
    """What was asked or added; of an answer, what was looked at."""
    found: Mapped[str] = mapped_column(Sealed, default="")
    will_do: Mapped[str] = mapped_column(Sealed, default="")
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")

    staff: Mapped[Staff | None] = relationship(lazy="joined")


class Draft(Base):
    """A complaint that is being written. Each page is kept as it is left; one for each person."""

    __tablename__ = "complaints_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    """The complaint that becomes of it has the same id, so that it is never sent twice."""
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), unique=True)
    answers: Mapped[str] = mapped_column(Sealed, default="")
    """The fields of every page, as JSON."""
    begun_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)


class HelperLink(Base):
    """A link with which somebody else writes a complaint for a person, who agreed to it. It opens
    once, shows only the form, and ends by itself. The token is derived, and kept nowhere; neither
    is what the browser holds that opened it."""

    __tablename__ = "complaints_helper_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID] = mapped_column(sa.ForeignKey("complaints_draft.id"), index=True)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    name: Mapped[str] = mapped_column(Sealed)
    """Who helps, as the person calls them."""
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    browser_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    """Of what the browser holds that opened it; only this one can go on."""
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the helper was last there."""
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the helper said that they have finished."""
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    draft: Mapped[Draft] = relationship(lazy="joined")


holds_words(
    Complaint,
    person=("what", "happened", "who", "effect", "put_right", "contact_note"),
    apart=True,
)
holds_words(
    Word,
    person=("words", "found", "will_do"),
    side=lambda word: Side.staff if word.staff_id else Side.person,
    whose=lambda word: parent(word, Complaint, word.complaint_id).claimant_id,
    apart=True,
)
