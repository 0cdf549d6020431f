"""The versions of a person's claimant commitment, its points, and what is asked about them.

Words are sealed, and lie only here: the record holds ids, numbers, days and digests of what was
shown. Why somebody asks for a change is sealed as well, for it may be about health or safety.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.account.models import Claimant, Office, Staff
from portal.database import Base, Moment, Sealed, new_id
from portal.typed.keeping import holds_words


class State(StrEnum):
    """Where a version stands. At most one of a person is a draft, one offered, one accepted."""

    draft = "draft"
    offered = "offered"
    accepted = "accepted"
    replaced = "replaced"


class Decision(StrEnum):
    """What became of something a person asked."""

    agreed = "agreed"
    refused = "refused"
    withdrawn = "withdrawn"


def _words(kind: type[StrEnum]) -> sa.Enum:
    return sa.Enum(kind, native_enum=False, length=16)


def _one(state: State) -> sa.Index:
    where = sa.text(f"state = '{state.value}'")
    return sa.Index(
        f"uq_commitment_version_{state.value}",
        "claimant_id",
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


class Version(Base):
    """One version of a commitment. The accepted one is in force until a later one is accepted."""

    __tablename__ = "commitment_version"
    __table_args__ = (
        sa.UniqueConstraint("claimant_id", "number"),
        _one(State.draft),
        _one(State.offered),
        _one(State.accepted),
        sa.Index("ix_commitment_version_waiting", "state", "accept_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    number: Mapped[int | None]
    """Counted for each person from 1; a draft has none."""
    state: Mapped[State] = mapped_column(_words(State), default=State.draft)
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with every change of a draft, so that two people cannot overwrite each other."""
    edited_at: Mapped[datetime] = mapped_column(Moment)
    edited_by: Mapped[UUID] = mapped_column(sa.ForeignKey("account_staff.id"))
    full_hours: Mapped[int | None]
    """Hours a week before anything is taken off; None when no hours are named."""
    deductions: Mapped[list[tuple[str, int]]] = mapped_column(sa.JSON, default=list)
    """Codes of `rules.DEDUCTIONS` and hours a week."""
    pauses: Mapped[list[tuple[str, str]]] = mapped_column(sa.JSON, default=list)
    """Codes of `rules.PAUSED`, and the last day of the pause; empty while nobody knows it."""
    note: Mapped[str] = mapped_column(Sealed, default="")
    """What changed and why, in the words of staff."""
    offered_at: Mapped[datetime | None] = mapped_column(Moment)
    accept_by: Mapped[date | None]
    """The last day to accept, by the wall clock in the United Kingdom."""
    thinking_since: Mapped[datetime | None] = mapped_column(Moment)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    """Of the acceptance."""
    fit_said_at: Mapped[datetime | None] = mapped_column(Moment)
    """When they said whether it was written for them. What they said lies elsewhere, nameless."""

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    editor: Mapped[Staff] = relationship(lazy="joined")
    points: Mapped[list[Point]] = relationship(
        back_populates="version", order_by="Point.position", cascade="all, delete-orphan"
    )

    @property
    def hours(self) -> int | None:
        """Hours a week that are left; None when no hours are named."""
        if self.full_hours is None:
            return None
        return max(0, self.full_hours - sum(hours for _code, hours in self.deductions))


class Point(Base):
    """One thing that the commitment asks. Text of the library is kept by its code."""

    __tablename__ = "commitment_point"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("commitment_version.id"), index=True)
    position: Mapped[int]
    """1 is the first."""
    line: Mapped[UUID] = mapped_column(default=new_id)
    """The same in every version that holds this point, so that one can see what changed."""
    code: Mapped[str] = mapped_column(sa.String(40), default="")
    """A code of `library.POINTS`, or empty for words that staff typed."""
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    """The language of the typed words."""
    words: Mapped[str] = mapped_column(Sealed, default="")
    """For a point of the library: what exactly is meant. Otherwise the point itself."""
    english: Mapped[str] = mapped_column(Sealed, default="")
    """The same in English, when the words are in another language."""
    why: Mapped[str] = mapped_column(Sealed, default="")
    official: Mapped[str] = mapped_column(Sealed, default="")
    """The wording of the Jobcentre's own document."""
    official_language: Mapped[str] = mapped_column(sa.String(8), default="en")
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the person said that they have done this."""

    version: Mapped[Version] = relationship(back_populates="points")


class Shown(Base):
    """What a point said when it was shown to the person: once for each wording and language.

    The record holds the digest of the words, so these can be proved to be what was shown.
    """

    __tablename__ = "commitment_shown"
    __table_args__ = (sa.UniqueConstraint("point_id", "wording"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    point_id: Mapped[UUID] = mapped_column(sa.ForeignKey("commitment_point.id"), index=True)
    wording: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the language, a line feed and the words, in hexadecimal."""
    language: Mapped[str] = mapped_column(sa.String(8))
    words: Mapped[str] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(Moment)


class Request(Base):
    """A wish to change a point, or for a pause or fewer hours: asked, seen, agreed or refused.

    A second opinion is a request of its own that names the first.
    """

    __tablename__ = "commitment_request"
    __table_args__ = (sa.Index("ix_commitment_request_waiting", "decision", "reply_by"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    point_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("commitment_point.id"))
    """None for a pause or fewer hours."""
    second_of: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("commitment_request.id"), unique=True
    )
    reason: Mapped[str] = mapped_column(Sealed, default="")
    """A code of `reasons.REASONS`, or of `easements` for a pause. Nobody has to give one."""
    words: Mapped[str] = mapped_column(Sealed, default="")
    """Why, in the person's own words."""
    instead: Mapped[str] = mapped_column(Sealed, default="")
    """What would work instead."""
    asked_at: Mapped[datetime] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(sa.String(8), default="")
    reply_by: Mapped[date]
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    decision: Mapped[Decision | None] = mapped_column(_words(Decision))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    answer: Mapped[str] = mapped_column(Sealed, default="")
    """What staff answered; a refusal always says why."""

    claimant: Mapped[Claimant] = relationship(lazy="joined")
    point: Mapped[Point | None] = relationship(lazy="joined")
    first: Mapped[Request | None] = relationship(
        argument=lambda: Request, remote_side=[id], lazy="joined", join_depth=1
    )


class FitAnswer(Base):
    """Whether a commitment was written for the person who read it. Holds nothing of who said so,
    and no time closer than the quarter of the year."""

    __tablename__ = "commitment_fit_answer"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    office_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_office.id"), index=True)
    quarter: Mapped[date]
    """Its first day."""
    answer: Mapped[str] = mapped_column(sa.String(8))
    words: Mapped[str] = mapped_column(Sealed, default="")

    office: Mapped[Office] = relationship()


class Known(Base):
    """Something staff know that can mean a pause or fewer hours. Sealed: it is about health,
    family or safety. It asks a question of staff and decides nothing."""

    __tablename__ = "commitment_known"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    what: Mapped[str] = mapped_column(Sealed)
    """A code of `rules.KNOWN`."""
    since: Mapped[str] = mapped_column(Sealed, default="")
    """A day, as YYYY-MM-DD: a birth, the start of a fit note, the day it was told."""
    noted_at: Mapped[datetime] = mapped_column(Moment)
    noted_by: Mapped[UUID] = mapped_column(sa.ForeignKey("account_staff.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


holds_words(Request, person=("words", "instead"), staff=("answer",))
holds_words(Version, staff=("note",))
