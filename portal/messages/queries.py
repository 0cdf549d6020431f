"""Reading messages and call-backs. Claimants' reads start from the person."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from portal.account.models import Claimant
from portal.database import count, db
from portal.messages.models import CallBack, Message


def thread(claimant: Claimant, limit: int = 100) -> Sequence[Message]:
    """What the person and the office wrote to each other, newest first."""
    return db.session.scalars(
        sa.select(Message)
        .where(Message.claimant_id == claimant.id)
        .order_by(Message.at.desc(), Message.id)
        .limit(limit)
    ).all()


def message(claimant: Claimant, message_id: UUID) -> Message | None:
    """This person's message, or None: an unknown id and somebody else's look the same."""
    return db.session.scalar(
        sa.select(Message).where(Message.id == message_id, Message.claimant_id == claimant.id)
    )


def waiting_of(claimant: Claimant) -> Sequence[Message]:
    """Messages of this person that nobody has replied to, oldest first."""
    return db.session.scalars(
        sa.select(Message)
        .where(Message.claimant_id == claimant.id, *_waits())
        .order_by(Message.at, Message.id)
    ).all()


def unread_replies(claimant: Claimant) -> Sequence[Message]:
    """Replies the person has not opened, oldest first."""
    return db.session.scalars(
        sa.select(Message)
        .where(
            Message.claimant_id == claimant.id,
            Message.from_staff_id.is_not(None),
            Message.read_at.is_(None),
        )
        .order_by(Message.at, Message.id)
    ).all()


def _waits() -> tuple[sa.ColumnElement[bool], ...]:
    return (Message.from_staff_id.is_(None), Message.replied_at.is_(None))


def _waiting(office_id: UUID) -> sa.Select[Message]:
    """The longest waiting message of each person: a reply answers all that came before it."""
    earlier = orm.aliased(Message)
    is_not_first = (
        sa.select(earlier.id)
        .where(
            earlier.claimant_id == Message.claimant_id,
            earlier.from_staff_id.is_(None),
            earlier.replied_at.is_(None),
            sa.or_(
                earlier.at < Message.at, sa.and_(earlier.at == Message.at, earlier.id < Message.id)
            ),
        )
        .exists()
    )
    return (
        sa.select(Message)
        .join(Message.claimant)
        .where(Claimant.office_id == office_id, *_waits(), ~is_not_first)
    )


def waiting(office_id: UUID, limit: int | None = None, skip: int = 0) -> Sequence[Message]:
    """The longest waiting message of each person: what is overdue comes first, then oldest."""
    return db.session.scalars(
        _waiting(office_id)
        .order_by(Message.reply_by, Message.at, Message.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_waiting(office_id: UUID) -> int:
    """How many people wait for a reply."""
    return count(_waiting(office_id))


def open_call(claimant: Claimant) -> CallBack | None:
    """The call that this person waits for."""
    return db.session.scalar(
        sa.select(CallBack).where(
            CallBack.claimant_id == claimant.id, CallBack.settled_at.is_(None)
        )
    )


def last_call(claimant: Claimant) -> CallBack | None:
    """The call this person asked for last, open or settled."""
    return db.session.scalar(
        sa.select(CallBack)
        .where(CallBack.claimant_id == claimant.id)
        .order_by(CallBack.asked_at.desc())
        .limit(1)
    )


def call(call_id: UUID, office_id: UUID) -> CallBack | None:
    """A call that somebody of this office asked for."""
    return db.session.scalar(
        sa.select(CallBack)
        .join(CallBack.claimant)
        .where(CallBack.id == call_id, Claimant.office_id == office_id)
    )


def _open_calls(office_id: UUID) -> sa.Select[CallBack]:
    return (
        sa.select(CallBack)
        .join(CallBack.claimant)
        .where(Claimant.office_id == office_id, CallBack.settled_at.is_(None))
    )


def open_calls(office_id: UUID, limit: int | None = None, skip: int = 0) -> Sequence[CallBack]:
    """Calls that people of an office wait for: those that should have been made come first."""
    return db.session.scalars(
        _open_calls(office_id)
        .order_by(CallBack.call_by, CallBack.asked_at, CallBack.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_open_calls(office_id: UUID) -> int:
    return count(_open_calls(office_id))
