"""The queue of texts: what is to be sent, in which order, and who is sending it just now.

A row is written in the transaction of its cause, so a text exists exactly if its cause does.
Sending is at least once, on purpose: whoever claims a row has it for the length of a lease, and
when the lease runs out (a worker was killed, a network hung) the next one sends it again. So a
text may come twice when a worker dies between handing it over and noting that it did; it is
never lost. Use this for whatever a person must be told; not for what may be forgotten.

Order: texts to one number leave in the order of their ids, and none overtakes an earlier one
that is being sent or waits to be tried again. One that waits for the morning holds up nobody.
One-time codes wait only for other codes, for they live ten minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql, sqlite

from notifications import segments
from notifications.models import FINAL, Notification, State
from portal import clock
from portal.database import db

FORGET_AT_LAST = timedelta(days=3)
"""Then the words of a text are deleted at the provider, though nobody said what became of it."""

_RANK = {State.queued: 0, State.sending: 1, State.sent: 2} | dict.fromkeys(FINAL, 3)
_OPEN = sa.text("due.state IN ('queued', 'sending')")


@dataclass(frozen=True)
class Outcome:
    """What became of one try. `State.queued` means: again at `again_at`."""

    state: State
    gateway: str | None = None
    provider_id: str | None = None
    error: str | None = None
    again_at: datetime | None = None
    refused_by: str | None = None
    """A gateway that will not carry this text, though another may."""
    unsure_since: datetime | None = None
    """When the answer to this try was lost."""
    size: segments.Measured | None = None


def put(
    *,
    to_number: str,
    claimant_id: UUID | None,
    language: str,
    kind: str,
    body: str,
    dedupe_key: str,
    regarding: UUID | None = None,
    secret_of: UUID | None = None,
    receipt: str | None = None,
    outbox_id: int | None = None,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    as_long_as: str = "",
) -> Notification | None:
    """Queue one text in the caller's transaction; None when `dedupe_key` was queued before.

    `body` is empty for a one-time code: `secret_of` names the row it is derived from when it is
    sent, and `as_long_as` is a text of its length. Moments are aware; `not_before` is now unless
    given.
    """
    size = segments.measure(body or as_long_as)
    insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    now = clock.now()
    row = insert(Notification).values(
        to_number=to_number,
        claimant_id=claimant_id,
        language=language,
        kind=kind,
        body=body,
        dedupe_key=dedupe_key,
        regarding=regarding,
        secret_of=secret_of,
        receipt=receipt,
        outbox_id=outbox_id,
        not_before=not_before or now,
        not_after=not_after,
        encoding=size.encoding,
        segments=size.segments,
        units=size.units,
        made_at=now,
    )
    row = row.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(Notification)
    return db.session.scalars(row).one_or_none()


# Aliased, so that it stays a table of its own inside the UPDATE.
_Due = orm.aliased(Notification, name="due")


def _claimable(now: datetime) -> sa.Select[int]:
    """The ids of the texts that could be sent now."""
    earlier, mine = orm.aliased(Notification, name="earlier"), _Due
    holds_up = sa.exists().where(
        earlier.to_number == mine.to_number,
        earlier.id < mine.id,
        earlier.secret_of.is_(None) == mine.secret_of.is_(None),
        sa.or_(
            earlier.state == State.sending,
            sa.and_(
                earlier.state == State.queued,
                sa.or_(earlier.not_before <= now, earlier.attempts > 0),
            ),
        ),
    )
    return sa.select(mine.id).where(
        _OPEN,
        sa.or_(
            sa.and_(mine.state == State.queued, mine.not_before <= now),
            sa.and_(mine.state == State.sending, mine.leased_until <= now),
        ),
        ~holds_up,
    )


def _next(now: datetime) -> sa.Select[int]:
    """The id of the text to send now."""
    return _claimable(now).order_by(_Due.id).limit(1)


def anything_due() -> bool:
    """True when there is something to claim. Takes no lock."""
    return db.session.scalar(_next(clock.now())) is not None


@dataclass(frozen=True)
class Waiting:
    """What is in the queue."""

    now: int
    """Could be sent now and has not been."""
    oldest: datetime | None
    """Since when the oldest of those could have been."""
    later: int
    """Waits for its hour, for another try, or for an earlier text to the same phone."""


def waiting() -> Waiting:
    """What waits. A phone that cannot be reached for hours is no fault of this service: what waits
    behind a text that is tried again counts as later."""
    mine, now = _Due, clock.now()
    since = sa.case((mine.state == State.sending, mine.leased_until), else_=mine.not_before)
    due = _claimable(now).with_only_columns(sa.func.count(), sa.func.min(since))
    count, oldest = db.session.execute(due).one()
    in_all = sa.select(sa.func.count()).select_from(mine).where(_OPEN)
    return Waiting(count, oldest, (db.session.scalar(in_all) or 0) - count)


def claim(lease: timedelta) -> Notification | None:
    """Take the next text that is due, for the length of the lease; None when there is none.

    Any number of workers may ask at once; each text goes to one of them.
    """
    now = clock.now()
    free = _next(now).with_for_update(skip_locked=True, of=_Due).scalar_subquery()
    taken = (
        sa.update(Notification)
        .where(Notification.id == free)
        .values(
            state=State.sending,
            leased_until=now + lease,
            # Whoever had it before was killed, perhaps after handing it over.
            unsure_since=sa.case(
                (Notification.state == State.sending, now), else_=Notification.unsure_since
            ),
            attempts=Notification.attempts + 1,
        )
        .returning(Notification)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalars(taken).one_or_none()


def settle(notification_id: int, outcome: Outcome, *, attempt: int | None = None) -> bool:
    """Note what became of a text; True when that is news. Never goes backwards.

    With `attempt`, "again" and "not sent" count only from the worker whose try is the newest;
    that a text was handed over counts from anybody.
    """
    row = db.session.get(
        Notification, notification_id, with_for_update=True, populate_existing=True
    )
    if row is None or (row.state in FINAL and not _had_it_all_the_same(row, outcome)):
        return False
    forward = _RANK[outcome.state] > _RANK[row.state] or row.state is State.dropped
    again = outcome.state is State.queued and row.state is State.sending
    handed_over = outcome.provider_id is not None
    newest = attempt is None or attempt == row.attempts
    if not (forward or again) or not (newest or handed_over):
        return False
    _write(row, outcome)
    return True


def _had_it_all_the_same(row: Notification, outcome: Outcome) -> bool:
    """True when we gave up a text as overtaken, but an earlier try whose answer was lost had
    reached the provider: what it reports is what is so."""
    reported = outcome.provider_id is not None and _RANK[outcome.state] >= _RANK[State.sent]
    return row.state is State.dropped and reported and outcome.state is not State.dropped


_SAID_AGAIN = (
    "to_number",
    "claimant_id",
    "language",
    "kind",
    "regarding",
    "body",
    "secret_of",
    "encoding",
    "segments",
    "units",
    "outbox_id",
    "receipt",
    "not_after",
)


def again(text: Notification, at: datetime, *, not_by: str | None = None) -> Notification | None:
    """Queue a text that did not arrive once more, in the caller's transaction; None when that was
    done before. `not_by` names a gateway that will not carry it."""
    insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    refused = [*filter(None, text.refused_by.split(",")), *filter(None, (not_by,))]
    row = insert(Notification).values(
        **{name: getattr(text, name) for name in _SAID_AGAIN},
        dedupe_key=f"again:{text.id}",
        copy_of=text.id,
        refused_by=",".join(refused),
        not_before=at,
        # It says what was true then: whether it still is will be asked before it goes.
        made_at=text.made_at,
    )
    row = row.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(Notification)
    return db.session.scalars(row).one_or_none()


def _write(row: Notification, outcome: Outcome) -> None:
    now = clock.now()
    row.state, row.error, row.leased_until = outcome.state, outcome.error, None
    if outcome.refused_by and outcome.refused_by not in row.refused_by.split(","):
        row.refused_by = ",".join(filter(None, (row.refused_by, outcome.refused_by)))
    row.unsure_since = outcome.unsure_since
    row.gateway = row.gateway or outcome.gateway
    row.provider_id = row.provider_id or outcome.provider_id
    if outcome.state in (State.sent, State.delivered) or outcome.provider_id is not None:
        row.sent_at = row.sent_at or now
    if outcome.state in FINAL:
        row.settled_at = now
    if row.provider_id is not None:
        row.forget_at = now if outcome.state in FINAL else now + FORGET_AT_LAST
    if outcome.again_at is not None:
        row.not_before = outcome.again_at
    if outcome.size is not None:
        size = outcome.size
        row.encoding, row.segments, row.units = size.encoding, size.segments, size.units
    db.session.flush()
