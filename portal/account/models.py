"""Who people are to this service: claimants, offices, staff, and how each comes in."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.database import Base, Moment, Sealed, new_id


class Way(StrEnum):
    """How a person wants to be told things."""

    text = "text"
    call = "call"
    letter = "letter"
    slip = "slip"
    """A printed page, handed over at the office."""
    helper = "helper"
    """Somebody they chose, who passes it on."""


class Letters(StrEnum):
    """How texts are spelt in a language with letters that make a text longer."""

    auto = "auto"
    """As the language has them, unless that makes a text longer."""
    plain = "plain"
    full = "full"


class Office(Base):
    """A Jobcentre. Its nation decides which bank holidays count."""

    __tablename__ = "account_office"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    short_name: Mapped[str] = mapped_column(sa.String(20))
    """For texts: at most 20 characters."""
    address: Mapped[str] = mapped_column(sa.Text)
    phone: Mapped[str] = mapped_column(sa.String(40))
    nation: Mapped[str] = mapped_column(sa.String(20), default="england")


class Staff(Base):
    """A member of staff who may use the desk."""

    __tablename__ = "account_staff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(sa.String(200), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[str] = mapped_column(sa.String(40), default="work coach")
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    totp_secret: Mapped[str] = mapped_column(Sealed)
    last_totp_step: Mapped[int] = mapped_column(default=0)
    """The time step of the last code that was used: a code works once."""
    office_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_office.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)

    office: Mapped[Office] = relationship(lazy="joined")


class Claimant(Base):
    """A person on Universal Credit. One field for the name, any script, never re-cased."""

    __tablename__ = "account_claimant"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """What the office's own system calls this person."""
    full_name: Mapped[str] = mapped_column(sa.String(200))
    mobile: Mapped[str | None] = mapped_column(sa.String(20), index=True)
    """E.164. A number is not a person: several people may share one."""
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    way: Mapped[Way] = mapped_column(sa.Enum(Way, native_enum=False, length=10), default=Way.text)
    discreet: Mapped[bool] = mapped_column(default=False)
    morning_text: Mapped[bool] = mapped_column(default=True)
    """Whether a text reminds them on the morning of an appointment."""
    letters: Mapped[Letters] = mapped_column(
        sa.Enum(Letters, native_enum=False, length=10), default=Letters.auto
    )
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]
    homeless: Mapped[bool] = mapped_column(default=False)
    """They have no home where letters reach them."""
    no_phone: Mapped[bool] = mapped_column(default=False)
    """They have no phone of their own to be called or texted on."""
    helper: Mapped[str] = mapped_column(Sealed, default="")
    """Whoever they chose to be told for them, and how to reach that person; with their consent."""
    texts_stopped_at: Mapped[datetime | None] = mapped_column(Moment)
    texts_started_at: Mapped[datetime | None] = mapped_column(Moment)
    """When they last asked us for texts again."""
    texts_blocked_at: Mapped[datetime | None] = mapped_column(Moment)
    """Set when a provider still refuses the number although they asked us for texts again."""
    number_suspended_at: Mapped[datetime | None] = mapped_column(Moment)
    """Set when a provider says that the number reaches nobody, or somebody else."""
    number_disowned_at: Mapped[datetime | None] = mapped_column(Moment)
    """Set when whoever has the phone said that our texts are not for them. Nothing goes there,
    and nothing that comes from there is theirs, until staff settle it."""
    texts_unsafe_at: Mapped[datetime | None] = mapped_column(Moment)
    """Set when texts could put this person in danger: none is ever sent."""
    pin_hash: Mapped[str] = mapped_column(sa.String(200), default="")
    """Of the PIN for what a text alone must not do; empty when there is none."""
    nickname: Mapped[str] = mapped_column(sa.String(12), default="")
    """What they chose to be called on a phone that several people share."""
    number_heard_at: Mapped[datetime | None] = mapped_column(Moment)
    """When we last knew that the number is this person's: they texted, called or signed in with
    it, or gave it to us."""
    number_doubted_at: Mapped[datetime | None] = mapped_column(Moment)
    """Set after long silence, until they say that it is still theirs: numbers are given to
    other people after a while."""
    office_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_office.id"), index=True)
    coach_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"), index=True)
    registered_at: Mapped[datetime] = mapped_column(Moment)

    office: Mapped[Office] = relationship(lazy="joined")
    coach: Mapped[Staff | None] = relationship(lazy="joined")


class CodeAttempt(Base):
    """A request for a one-time code. The code itself is derived from this row, never stored.

    One exists for unknown numbers too, so that nothing tells them apart.
    """

    __tablename__ = "account_code_attempt"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_claimant.id"))
    number: Mapped[str] = mapped_column(sa.String(20), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class NumberChange(Base):
    """A new mobile number that waits for a code from the old phone and one from the new."""

    __tablename__ = "account_number_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    old_number: Mapped[str | None] = mapped_column(sa.String(20))
    new_number: Mapped[str] = mapped_column(sa.String(20))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)


class Card(Base):
    """A printed sign-in card for people with no phone. Staff issue it; only its hash is kept."""

    __tablename__ = "account_card"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(8), unique=True)
    code_hash: Mapped[str] = mapped_column(sa.String(200))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    issued_by: Mapped[UUID] = mapped_column(sa.ForeignKey("account_staff.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    claimant: Mapped[Claimant] = relationship()


class Visit(Base):
    """A signed-in session. It lives here, not in the browser, and can be ended from here."""

    __tablename__ = "account_visit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    claimant_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("account_claimant.id"), index=True
    )
    staff_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    claimant: Mapped[Claimant | None] = relationship(lazy="joined")
    staff: Mapped[Staff | None] = relationship(lazy="joined")


class TypedText(Base):
    """What a person had typed when their session ended, kept for them alone for one day."""

    __tablename__ = "account_typed_text"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), unique=True)
    path: Mapped[str] = mapped_column(sa.String(300))
    fields: Mapped[str] = mapped_column(Sealed)
    saved_at: Mapped[datetime] = mapped_column(Moment)


class UndeliveredText(Base):
    """A text that did not arrive, until staff have reached the person another way."""

    __tablename__ = "account_undelivered_text"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID] = mapped_column(sa.ForeignKey("account_claimant.id"), index=True)
    regarding: Mapped[UUID | None] = mapped_column(index=True)
    """What the text was about, for example an appointment."""
    what: Mapped[str] = mapped_column(sa.String(64))
    words: Mapped[str] = mapped_column(Sealed, default="")
    """The text itself, to be told, read out or printed; empty once they have been told."""
    heard: Mapped[str] = mapped_column(Sealed, default="")
    """What they texted and nothing was made of, to be read by staff; empty once that is done."""
    language: Mapped[str] = mapped_column(sa.String(8), default="")
    text_id: Mapped[int | None] = mapped_column(sa.BigInteger, index=True)
    """The text it is about, where there was one."""
    sure: Mapped[bool] = mapped_column(default=True)
    """False while nobody knows whether it arrived."""
    at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)

    claimant: Mapped[Claimant] = relationship(lazy="joined")


class Throttle(Base):
    """Counters of the rate limits, shared by every process."""

    __tablename__ = "account_throttle"

    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Concern(Base):
    """Words that a person must read now: they may be about danger, hunger or having no home.

    Nothing in such a text is carried out by the service.
    """

    __tablename__ = "account_concern"
    __table_args__ = (
        sa.Index(
            "ix_account_concern_unread",
            "at",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claimant_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("account_claimant.id"), index=True
    )
    """Whose words they are; None when they came from a number that is nobody's here."""
    number: Mapped[str] = mapped_column(sa.String(20), default="")
    """The phone they came from, where they came by text."""
    one_of: Mapped[bool] = mapped_column(default=False)
    """True when several people share that phone: it may have been any of them."""
    at: Mapped[datetime] = mapped_column(Moment)
    words: Mapped[str] = mapped_column(Sealed)
    kept_from: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    """The one member of staff who does not get to see them: they may be about that person."""
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    read_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
    alarmed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When those who run the service were told that nobody had read them for too long."""

    claimant: Mapped[Claimant | None] = relationship(lazy="joined")


class UnknownCall(Base):
    """Somebody whose number is nobody's here asked by text to be called. Any office may call."""

    __tablename__ = "account_unknown_call"
    __table_args__ = (
        sa.Index(
            "uq_account_unknown_call_open",
            "number",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(sa.String(20))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_staff.id"))
