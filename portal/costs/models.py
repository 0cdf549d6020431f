"""What people ask the Flexible Support Fund to pay for. Each thing asked for is a request of its
own, with its own clock, so that none can hide behind another (facts 10, scenario 1).

Words and answers are sealed, and lie only here: the record holds codes, amounts and days.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Staff
from portal.account.rules import MANAGERS
from portal.appointments.models import Appointment
from portal.database import Base, Moment, Sealed, new_id
from portal.typed.keeping import holds_words


class Decision(StrEnum):
    """What became of a request."""

    agreed = "agreed"
    refused = "refused"
    withdrawn = "withdrawn"


class Paid(StrEnum):
    """Whether the person has paid for it already."""

    unknown = ""
    no = "no"
    with_receipt = "receipt"
    without_receipt = "no_receipt"


class Pay(StrEnum):
    """How the office pays what it agreed to."""

    before = "before"
    back = "back"
    supplier = "supplier"


class CostRequest(Base):
    """One thing that a person asks the office to pay for: asked, seen, then agreed or refused."""

    __tablename__ = "costs_request"
    __table_args__ = (sa.Index("ix_costs_request_waiting", "decision", "reply_by"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    item: Mapped[str] = mapped_column(sa.String(40))
    """The code of what is needed, as the explainer names it."""
    item_words: Mapped[str] = mapped_column(Sealed, default="")
    """What exactly, in the person's own words; empty when the code says it all."""
    answers: Mapped[str] = mapped_column(Sealed, default="")
    """What the person answered the explainer, as it writes answers; empty when they did not."""
    amount_pence: Mapped[int | None]
    amount_typed: Mapped[str] = mapped_column(Sealed, default="")
    """The amount as it was typed: what we made of it may be wrong."""
    needed_by: Mapped[date | None]
    """The day by which it is needed, in the United Kingdom."""
    step: Mapped[str] = mapped_column(Sealed, default="")
    """Which job or interview it is for, in the person's own words."""
    appointment_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("appointments_appointment.id")
    )
    """The job interview it is for, when that stands in the diary."""
    paid: Mapped[Paid] = mapped_column(
        sa.Enum(Paid, native_enum=False, length=16, values_callable=lambda e: [m.value for m in e]),
        default=Paid.unknown,
    )
    asked_at: Mapped[datetime] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    """Of the entry in which it was asked: the person knows the request by it."""
    owner_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    """Whose it is to answer: the work coach at the time; None when nobody in particular was."""
    reply_by: Mapped[date]
    """The day, in the United Kingdom, by which we ask the office to answer."""
    nudge_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    """When the office is reminded next; None once nothing more is due."""
    nudges: Mapped[int] = mapped_column(default=0)
    manager_since: Mapped[datetime | None] = mapped_column(Moment)
    """Since when it is for a manager: no answer came in time, or the person asked for one."""
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    decision: Mapped[Decision | None] = mapped_column(
        sa.Enum(Decision, native_enum=False, length=16)
    )
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    why: Mapped[str] = mapped_column(Sealed, default="")
    """The reason that staff gave when they said no."""
    agreed_pence: Mapped[int | None]
    pay: Mapped[str] = mapped_column(sa.String(16), default="")
    """A code of `Pay`, once agreed."""
    pay_when: Mapped[str] = mapped_column(Sealed, default="")
    keep: Mapped[str] = mapped_column(Sealed, default="")
    """Which receipts the person should keep."""
    was_late: Mapped[bool] = mapped_column(default=False)
    """The answer came after the day that was named."""
    answer_read_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the person opened the answer."""
    look_again_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the person asked for a manager to look again."""
    first_why: Mapped[str] = mapped_column(Sealed, default="")
    """The reason for the first no, when a manager looks again."""
    first_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    """Who said the first no: somebody else looks again."""

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    owner: Mapped[Staff | None] = relationship(lazy="joined", foreign_keys=[owner_id])
    decider: Mapped[Staff | None] = relationship(foreign_keys=[decided_by])
    appointment: Mapped[Appointment | None] = relationship(lazy="joined")

    @property
    def state(self) -> str:
        """asked, seen, agreed, refused or withdrawn."""
        if self.decision is not None:
            return self.decision.value
        return "seen" if self.seen_at else "asked"

    @property
    def by_a_manager(self) -> bool:
        """Whether a manager gave the answer. Where the office has no other, somebody else did."""
        return self.decider is not None and self.decider.role in MANAGERS


holds_words(CostRequest, person=("item_words", "step"), staff=("why", "pay_when", "keep"))
