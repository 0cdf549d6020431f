"""From the outbox to the queue: each entry once, and those of one person in their order.

Everything here is in our own database, so taking a row, wording its texts and removing it are
one transaction. A row that cannot be worded is tried again later. It holds up the later ones of
the same person, for `PATIENCE` tries, and nobody else.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy import orm

from notifications import routing, texts, triggers
from portal import clock
from portal.appointments import queries as appointments
from portal.database import db, transaction
from portal.record import log as record
from portal.record.models import Outbox

log = structlog.get_logger()
_BATCH = 20
PATIENCE = 5
"""Tries after which an entry that cannot be worded no longer holds up the person's others."""


def step() -> bool:
    """Take some rows of the outbox; True if there were any."""
    # A plain look first: writers wait for each other, and most looks find nothing.
    if db.session.scalar(_waiting().limit(1)) is None:
        return False
    taken = 0
    with transaction() as session:
        first = _waiting().limit(1).with_for_update(skip_locked=True, of=Outbox)
        while taken < _BATCH and (row := session.scalar(first)) is not None:
            _take(row)
            taken += 1
    return bool(taken)


def _waiting() -> sa.Select[Outbox]:
    """What could be worded now: of each person the first row, unless it is beyond our patience."""
    earlier = orm.aliased(Outbox)
    comes_later = sa.exists().where(
        earlier.claimant_id == Outbox.claimant_id,
        earlier.id < Outbox.id,
        earlier.attempts < PATIENCE,
    )
    return (
        sa.select(Outbox).where(Outbox.not_before <= clock.now(), ~comes_later).order_by(Outbox.id)
    )


def _take(row: Outbox) -> None:
    try:
        with db.session.begin_nested():
            event = record.event_of(row.entry)
            if event is not None:
                for draft in triggers.drafts(row.entry, event):
                    routing.route(draft, row.entry, row.id)
                _release_next_offer(row)
            db.session.delete(row)
    except Exception as error:
        # One entry that cannot be worded must not keep everybody else from being told.
        log.error("relay", outbox=row.id, attempts=row.attempts, error=type(error).__name__)
        row.attempts += 1
        row.not_before = clock.now() + timedelta(seconds=min(3600, 2**row.attempts))


def _release_next_offer(row: Outbox) -> None:
    if row.entry.kind in texts.ANSWERS_AN_OFFER and row.entry.about:
        appointment = appointments.any_appointment(row.entry.about)
        if appointment is not None and appointment.claimant.mobile:
            routing.release_offers(appointment.claimant.mobile)
