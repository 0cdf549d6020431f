"""The words of texts are deleted at the provider once it has nothing more to do with them.

Ours are kept encrypted, for four weeks. A provider that cannot delete them now is asked again,
until it has. This is the least urgent work there is: it waits while anything is to be sent.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import structlog

from notifications import queue
from notifications.gateways.base import GatewayError
from notifications.gateways.choice import gateway_named
from notifications.models import InboundText, Notification
from portal import clock
from portal.database import db, transaction

log = structlog.get_logger()

_BATCH = 20
_LEASE = timedelta(minutes=10)
AGAIN = timedelta(hours=1)
"""The provider has not done with it yet, or is in trouble."""
_TABLES = (Notification, InboundText)


def step() -> bool:
    """Have some deleted; True if there were any."""
    if not any(db.session.scalar(_due(table).limit(1)) for table in _TABLES):
        return False
    if queue.anything_due():
        return False
    did = [_some(table) for table in _TABLES]
    return any(did)


def _due(table: type[Notification] | type[InboundText]) -> sa.Select[int]:
    waiting = sa.select(table.id).where(table.forget_at <= clock.now()).order_by(table.forget_at)
    return waiting.where(InboundText.handled_at.is_not(None)) if table is InboundText else waiting


def _some(table: type[Notification] | type[InboundText]) -> bool:
    with transaction() as session:
        ids = session.scalars(_due(table).limit(_BATCH).with_for_update(skip_locked=True)).all()
        # Whoever has them now is the only one to ask, unless they are killed.
        rows = session.execute(
            sa.update(table)
            .where(table.id.in_(ids))
            .values(forget_at=clock.now() + _LEASE)
            .returning(table.id, table.gateway, table.provider_id)
        ).all()
    db.session.close()
    done: list[int] = []
    again: list[int] = []
    for row in rows:
        (done if _forgotten(row.gateway, row.provider_id) else again).append(row.id)
    with transaction() as session:
        for chosen, at in ((done, None), (again, clock.now() + AGAIN)):
            session.execute(sa.update(table).where(table.id.in_(chosen)).values(forget_at=at))
    return bool(rows)


def _forgotten(name: str | None, provider_id: str | None) -> bool:
    gateway = gateway_named(name)
    if gateway is None or not gateway.forgets or not provider_id:
        return True
    try:
        gateway.forget(provider_id)
    except GatewayError as error:
        log.warning("forgetting", gateway=name, code=error.code)
        return False
    return True
