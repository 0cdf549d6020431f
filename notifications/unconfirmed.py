"""Texts of which nobody says whether they arrived: after four hours, somebody has to know.

The person's record says so honestly, and staff tell them another way. Should the network report
later that it arrived after all, the task goes away by itself.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import structlog

from notifications import texts
from notifications.models import Notification, State
from portal import clock
from portal.account import delivery_actions, queries
from portal.appointments import queries as appointments
from portal.database import db, transaction

log = structlog.get_logger()

AFTER = timedelta(hours=4)
_FORGOTTEN = timedelta(days=7)
"""What is older than that and was never looked at, nobody need be told of any more."""
_BATCH = 20


def step() -> bool:
    """Look at some; True if there were any."""
    if db.session.scalar(_waiting().limit(1)) is None:
        return False
    with transaction() as session:
        found = session.scalars(_waiting().limit(_BATCH).with_for_update(skip_locked=True)).all()
        for text in found:
            text.late_at = clock.now()
            _safely(text)
    return bool(found)


def _safely(text: Notification) -> None:
    """One that breaks must not keep staff from hearing of the others."""
    try:
        with db.session.begin_nested():
            _take(text)
    except Exception as error:
        log.error("unconfirmed", notification=text.id, error=type(error).__name__)


def _waiting() -> sa.Select[Notification]:
    now = clock.now()
    return (
        sa.select(Notification)
        .where(
            Notification.state == State.sent,
            Notification.sent_at <= now - AFTER,
            Notification.sent_at > now - _FORGOTTEN,
            Notification.late_at.is_(None),
        )
        .order_by(Notification.sent_at)
    )


def _take(text: Notification) -> None:
    person = queries.claimant(text.claimant_id) if text.claimant_id else None
    # Codes have run out by now, and an answer to a text is asked for again if it is missed.
    if person is None or text.secret_of or text.kind.startswith("conversation."):
        return
    if not _still_matters(text):
        return
    log.info("unconfirmed", notification=text.id)
    delivery_actions.text_may_not_have_arrived(
        person,
        what=text.kind,
        regarding=text.regarding,
        number=text.to_number,
        text_id=text.id,
        words=text.body,
        language=text.language,
    )


def _still_matters(text: Notification) -> bool:
    """False once they have answered about it, or it is over: then they know."""
    meant = appointments.any_appointment(text.regarding) if text.regarding else None
    if meant is not None:
        since = text.sent_at or text.made_at
        heard = meant.answered_at is not None and meant.answered_at > since
        if heard or meant.starts_at <= clock.now():
            return False
    return texts.still_true(text)
