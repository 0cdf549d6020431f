"""What is sent, what came in, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Moment, Sealed
from portal.record.models import BigId


class State(StrEnum):
    """How far a notification is. Ranks only grow: a late "sent" never undoes "delivered"."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    delivered = "delivered"
    undelivered = "undelivered"
    dropped = "dropped"


FINAL = (State.delivered, State.undelivered, State.dropped)


class Notification(Base):
    """One text to one number. Its wording is fixed when it is routed, in the language that the
    person had chosen then; a sign-in code's wording is made only when it is sent."""

    __tablename__ = "notifications_notification"
    __table_args__ = (
        sa.Index("ix_notifications_waiting", "state", "not_before"),
        sa.Index(
            "ix_notifications_open",
            "id",
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        ),
        sa.Index(
            "ix_notifications_unconfirmed",
            "sent_at",
            sqlite_where=sa.text("state = 'sent'"),
            postgresql_where=sa.text("state = 'sent'"),
        ),
        sa.Index(
            "ix_notifications_forget",
            "forget_at",
            sqlite_where=sa.text("forget_at IS NOT NULL"),
            postgresql_where=sa.text("forget_at IS NOT NULL"),
        ),
        sa.Index("ix_notifications_to_number", "to_number", "id"),
        sa.Index("ix_notifications_sent_at", "sent_at"),
        sa.Index("ix_notifications_claimant", "claimant_id", "id"),
        sa.Index("ix_notifications_regarding", "regarding", "id"),
        sa.Index(
            "ix_notifications_words",
            "made_at",
            sqlite_where=sa.text("body <> ''"),
            postgresql_where=sa.text("body <> ''"),
        ),
        sa.UniqueConstraint("gateway", "provider_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    claimant_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_claimant.id"))
    to_number: Mapped[str] = mapped_column(sa.String(20))
    language: Mapped[str] = mapped_column(sa.String(8))
    kind: Mapped[str] = mapped_column(sa.String(64))
    """Which wording: like `appointments.offer`."""
    regarding: Mapped[UUID | None]
    body: Mapped[str] = mapped_column(Sealed)
    """The text; empty for a code, which is derived when it is sent."""
    secret_of: Mapped[UUID | None]
    """The row a one-time code is derived from."""
    encoding: Mapped[str] = mapped_column(sa.String(8))
    segments: Mapped[int]
    """The parts that a network makes of it, and that a provider charges for."""
    units: Mapped[int] = mapped_column(default=0)
    """Its length in that encoding."""
    dedupe_key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    outbox_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    receipt: Mapped[str | None] = mapped_column(sa.String(8))
    """The receipt of the entry this is a consequence of."""
    state: Mapped[State] = mapped_column(
        sa.Enum(State, native_enum=False, length=16), default=State.queued
    )
    not_before: Mapped[datetime] = mapped_column(Moment)
    not_after: Mapped[datetime | None] = mapped_column(Moment)
    """Not worth sending later: for example once the appointment has started."""
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    refused_by: Mapped[str] = mapped_column(sa.String(64), default="", server_default="")
    """Gateways that will not carry this text, for a reason that is theirs; with commas."""
    unsure_since: Mapped[datetime | None] = mapped_column(Moment)
    """When the answer to a try was lost: a gateway may have taken the text. Ask, before trying
    again."""
    copy_of: Mapped[int | None] = mapped_column(sa.BigInteger)
    """The text that did not arrive and that this one says again."""
    late_at: Mapped[datetime | None] = mapped_column(Moment)
    """When staff were told that nobody knows whether this text arrived."""
    forget_at: Mapped[datetime | None] = mapped_column(Moment)
    """When to have its words deleted at the provider; none when that is done, or not needed."""
    gateway: Mapped[str | None] = mapped_column(sa.String(20))
    provider_id: Mapped[str | None] = mapped_column(sa.String(64))
    error: Mapped[str | None] = mapped_column(sa.String(64))
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


class InboundText(Base):
    """A text that reached us, or a call that was not answered, kept before anything is made of
    it. A long text may come in several rows."""

    __tablename__ = "notifications_inbound_text"
    __table_args__ = (
        sa.UniqueConstraint("gateway", "provider_id"),
        sa.Index(
            "ix_notifications_inbound_forget",
            "forget_at",
            sqlite_where=sa.text("forget_at IS NOT NULL"),
            postgresql_where=sa.text("forget_at IS NOT NULL"),
        ),
        sa.Index(
            "ix_notifications_inbound_words",
            "received_at",
            sqlite_where=sa.text("body <> ''"),
            postgresql_where=sa.text("body <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    gateway: Mapped[str] = mapped_column(sa.String(20))
    provider_id: Mapped[str] = mapped_column(sa.String(80))
    from_number: Mapped[str] = mapped_column(sa.String(40), index=True)
    body: Mapped[str] = mapped_column(Sealed)
    media: Mapped[int] = mapped_column(default=0)
    call: Mapped[bool] = mapped_column(default=False)
    """Somebody rang us: there are no words."""
    part_of: Mapped[str] = mapped_column(sa.String(40), default="")
    """What the provider calls the long text that this is a part of; empty when it does not say."""
    part: Mapped[int] = mapped_column(default=0)
    parts: Mapped[int] = mapped_column(default=0)
    """Which part it is, from 1, and of how many; 0 when the provider does not say."""
    whole: Mapped[bool] = mapped_column(default=True)
    """False when a part of it never came: nothing in it may be acted on."""
    opt_out: Mapped[str] = mapped_column(sa.String(10), default="")
    """What the provider says it did itself with this text: STOP, START, HELP or nothing."""
    received_at: Mapped[datetime] = mapped_column(Moment)
    handled_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(Moment)
    forget_at: Mapped[datetime | None] = mapped_column(Moment)
    """When to have its words deleted at the provider; none when that is done, or not needed."""
    outcome: Mapped[str] = mapped_column(sa.String(64), default="")


class DeliveryReceipt(Base):
    """What a provider says became of a text, kept before anything is made of it."""

    __tablename__ = "notifications_delivery_receipt"
    __table_args__ = (sa.UniqueConstraint("gateway", "provider_id", "status"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    gateway: Mapped[str] = mapped_column(sa.String(20))
    provider_id: Mapped[str] = mapped_column(sa.String(80))
    status: Mapped[str] = mapped_column(sa.String(20))
    """In our ranks: the value of a State."""
    error: Mapped[str] = mapped_column(sa.String(20), default="")
    key: Mapped[str] = mapped_column(sa.String(40), default="")
    """The notification, where the provider gave back what went along with the text."""
    received_at: Mapped[datetime] = mapped_column(Moment)
    handled_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(Moment)


class Dialogue(Base):
    """The one open question of a phone number: a bare digit answers it and nothing else."""

    __tablename__ = "notifications_dialogue"

    number: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    claimant_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("account_claimant.id"))
    question: Mapped[str] = mapped_column(sa.String(32), default="")
    regarding: Mapped[UUID | None]
    version: Mapped[int | None]
    """The version of the appointment that was asked about."""
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """What the question offered: an echo code, slots, tries left."""
    asked_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    unsent: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """What somebody was writing when another question came in between: whose, what, its parts."""
    pin_of: Mapped[UUID | None]
    """Who gave their PIN here last."""
    pin_at: Mapped[datetime | None] = mapped_column(Moment)


class Heartbeat(Base):
    """When each part of the worker last came round."""

    __tablename__ = "notifications_heartbeat"

    name: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Tally(Base):
    """How often something happened on a day in the United Kingdom, where nothing else of it is
    kept: calls from numbers that were withheld."""

    __tablename__ = "notifications_tally"

    day: Mapped[date] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    times: Mapped[int] = mapped_column(default=0)


class LocalText(Base):
    """The phones of the local gateway: what the demo's people have received."""

    __tablename__ = "notifications_local_text"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(80), unique=True)
    """The notification it came from. The local provider takes each one once."""
    number: Mapped[str] = mapped_column(sa.String(20), index=True)
    incoming: Mapped[bool]
    """True when the phone received it, False when its owner sent it."""
    body: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(Moment)
