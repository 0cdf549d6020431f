"""What providers hand us, kept as it came before anything is made of it.

The same text or report again changes nothing: providers repeat themselves, and so do those who
replay what they overheard.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from notifications.gateways.base import Inbound, Status
from notifications.models import DeliveryReceipt, InboundText
from portal import clock
from portal.database import Base, db


def keep_inbound(gateway: str, text: Inbound) -> bool:
    """Keep a text in the caller's transaction; False when we have it already."""
    now = clock.now()
    return _keep(
        InboundText,
        gateway=gateway,
        provider_id=text.provider_id[:80],
        from_number=_short(text.from_number),
        to_number=_short(text.to_number),
        body=text.body,
        media=min(text.media, 99),
        opt_out=_short(text.opt_out)[:10],
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
