"""What providers hand us, kept as it came before anything is made of it.

The same text or report again changes nothing: providers repeat themselves, and so do those who
replay what they overheard.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from notifications import parts, tallies
from notifications.conversation import masking
from notifications.gateways.base import Call, Inbound, Status
from notifications.models import DeliveryReceipt, InboundText
from portal import clock
from portal.database import Base, db


def keep_inbound(gateway: str, text: Inbound) -> bool:
    """Keep a text in the caller's transaction; False when we have it already."""
    now = clock.now()
    kept = _keep(
        InboundText,
        gateway=gateway,
        provider_id=text.provider_id[:80],
        from_number=_short(text.from_number),
        body=masking.secrets(text.body),
        media=min(text.media, 99),
        part_of=_short(text.part_of),
        part=text.part,
        parts=text.parts,
        opt_out=_short(text.opt_out)[:10],
        received_at=now,
        not_before=now,
        forget_at=now,
    )
    if kept:
        _wait_for_parts(_short(text.from_number))
    return kept


def waiting_from(number: str) -> Sequence[InboundText]:
    """What came from a number and nobody has read yet, oldest first."""
    return db.session.scalars(
        sa.select(InboundText)
        .where(InboundText.from_number == number, InboundText.handled_at.is_(None))
        .order_by(InboundText.id)
    ).all()


def _wait_for_parts(number: str) -> None:
    """A part of a longer text waits for the rest, and no longer than that. Two parts that arrive
    at the very same moment may each wait the whole time; nothing else is lost by it."""
    for group in parts.groups(waiting_from(number)):
        if group.head.attempts == 0:
            group.head.not_before = group.ready_at


def keep_call(gateway: str, call: Call) -> bool:
    """Keep that somebody rang, in the caller's transaction; False when we have it already. Of a
    caller who hides their number only the fact is counted."""
    if not call.from_number:
        tallies.count(tallies.CALLS_WITHHELD)
        return True
    now = clock.now()
    return _keep(
        InboundText,
        gateway=gateway,
        provider_id=call.provider_id[:80],
        from_number=_short(call.from_number),
        body="",
        call=True,
        received_at=now,
        not_before=now,
    )


def keep_status(gateway: str, status: Status) -> bool:
    """Keep a report in the caller's transaction; False when we have it already."""
    now = clock.now()
    return _keep(
        DeliveryReceipt,
        gateway=gateway,
        provider_id=status.provider_id[:80],
        status=status.state.value,
        error=_short(status.error)[:20],
        key=_short(status.key),
        received_at=now,
        not_before=now,
    )


def _short(value: str) -> str:
    return value.replace("\x00", "")[:40]


def _keep(table: type[Base], **values: Any) -> bool:
    insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    row = insert(table).values(**values).on_conflict_do_nothing()
    kept = db.session.execute(row.returning(sa.literal(1))).first()
    return kept is not None
