"""What the Jobcentre promised a person, what the person asked it for, and where they want to go.

Words are sealed, and lie only here: the record holds ids, codes, lengths and dates.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Staff
from portal.database import Base, Moment, Sealed, new_id
from portal.typed.keeping import holds_words, parent
from portal.typed.models import Side


class Status(StrEnum):
    """How far a promise is. Late is not one of these: it follows from the date alone."""

    promised = "promised"
    in_progress = "in_progress"
    kept = "kept"
    withdrawn = "withdrawn"


OPEN = (Status.promised, Status.in_progress)


class Decision(StrEnum):
    """What came of something a person asked for."""

    agreed = "agreed"
    refused = "refused"
    withdrawn = "withdrawn"


def _words(kind: type[StrEnum]) -> sa.Enum:
    return sa.Enum(kind, native_enum=False, length=16)


class Promise(Base):
    """One thing the Jobcentre will do for a person: what, who, by when.

    It creates no right, and missing it is never the person's failure (facts 4).
    """

    __tablename__ = "plan_promise"
    __table_args__ = (sa.Index("ix_plan_promise_open", "status", "due"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    """A code of `rules.KINDS`."""
    words: Mapped[str] = mapped_column(Sealed, default="")
    """More about it in the office's own words; for the kind `other` the promise itself."""
    who_name: Mapped[str] = mapped_column(sa.String(200))
    who_role: Mapped[str] = mapped_column(sa.String(80))
    owner_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_staff.id"), index=True)
    """The member of staff who answers for it; somebody else may do it."""
    due: Mapped[date] = mapped_column(index=True)
    """The last day for it, by the wall clock in the United Kingdom."""
    status: Mapped[Status] = mapped_column(_words(Status), default=Status.promised)
    made_at: Mapped[datetime] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was kept or withdrawn."""
    why: Mapped[str] = mapped_column(Sealed, default="")
    """Why it was withdrawn, or why another date was not agreed."""
    disputed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the person said that something had not happened which the office had called done."""
    reminders: Mapped[int] = mapped_column(default=0)
    """How often the person reminded the office."""
    reminded_on: Mapped[date | None]
    date_asked_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the person asked for another date; None once the office answered."""
    told_late_on: Mapped[date | None]
    """The last working day on which its owner was reminded that it is late."""
    late_reminders: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    owner: Mapped[Staff] = relationship(lazy="joined")


class Ask(Base):
    """Something a person asked their work coach about: asked, seen, then agreed or refused."""

    __tablename__ = "plan_ask"
    __table_args__ = (
        sa.Index(
            "uq_plan_ask_open",
            "claimant_id",
            "offer",
            "about",
            unique=True,
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    offer: Mapped[str] = mapped_column(sa.String(40))
    """A key of `offers`, or one of `rules.OTHER_ASKS`."""
    about: Mapped[UUID]
    """The course or step it is about; the person's own id for what stands alone."""
    title: Mapped[str] = mapped_column(Sealed, default="")
    """The name of that course or step, as it was when the person asked."""
    needs: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Codes of `rules.NEEDS`: what the person needs to be able to take part."""
    note: Mapped[str] = mapped_column(Sealed, default="")
    asked_at: Mapped[datetime] = mapped_column(Moment)
    reply_by: Mapped[date] = mapped_column(index=True)
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    decision: Mapped[Decision | None] = mapped_column(_words(Decision))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    why: Mapped[str] = mapped_column(Sealed, default="")
    promise_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("plan_promise.id"))
    """What was promised in answer."""

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    promise: Mapped[Promise | None] = relationship(lazy="joined")


class Goal(Base):
    """The work a person wants, in their own words. One for each person."""

    __tablename__ = "plan_goal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), unique=True)
    words: Mapped[str] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(Moment)
    reviewed_at: Mapped[datetime] = mapped_column(Moment)
    review_by: Mapped[date] = mapped_column(index=True)

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    steps: Mapped[list[Step]] = relationship(back_populates="goal", order_by="Step.due, Step.at")


class Step(Base):
    """One step to a goal: what is missing, what is done about it, by whom and by when.

    A course says why it, until when it is paid for, and what follows it (facts 10, 20 and 22).
    """

    __tablename__ = "plan_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    goal_id: Mapped[UUID] = mapped_column(sa.ForeignKey("plan_goal.id"), index=True)
    missing: Mapped[str] = mapped_column(Sealed, default="")
    what: Mapped[str] = mapped_column(Sealed)
    due: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    course: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(Sealed, default="")
    funded_until: Mapped[date | None]
    next_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("plan_promise.id"))
    """The promise of what follows a course."""
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    done_at: Mapped[datetime | None] = mapped_column(Moment)

    goal: Mapped[Goal] = relationship(back_populates="steps", lazy="joined")
    next: Mapped[Promise | None] = relationship(lazy="joined")


holds_words(Promise, staff=("words", "why"))
holds_words(Ask, person=("note",), staff=("why",))
holds_words(Goal, person=("words",))
holds_words(
    Step,
    person=("what", "missing", "why"),
    side=lambda step: Side.staff if step.course else Side.person,
    whose=lambda step: parent(step, Goal, step.goal_id, step.goal).claimant_id,
)
