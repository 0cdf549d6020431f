"""A stored text becomes what it says: once, in the order in which one person wrote.

Nothing here talks to a network, so taking a text and everything that follows from it are one
transaction: after a crash it is either done or not begun.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import aliased

from notifications.conversation import dialogue
from notifications.models import InboundText
from portal import clock
from portal.account import numbers
from portal.database import db, transaction
from portal.refusals import Refusal

log = structlog.get_logger()
MOST_ATTEMPTS = 8


def step() -> bool:
    """Answer one waiting text; True if there was one."""
    # A plain look first: writers wait for each other, and most looks find nothing.
    waiting = sa.select(InboundText.id).where(
        InboundText.handled_at.is_(None), InboundText.not_before <= clock.now()
    )
    if db.session.scalar(waiting.limit(1)) is None:
        return False
    with transaction() as session:
        earlier = aliased(InboundText)
        blocked = (
            sa.select(earlier.id)
            .where(
                earlier.from_number == InboundText.from_number,
                earlier.handled_at.is_(None),
                earlier.id < InboundText.id,
            )
            .exists()
        )
        text = session.scalars(
            sa.select(InboundText)
            .where(
                InboundText.handled_at.is_(None),
                InboundText.not_before <= clock.now(),
                ~blocked,
            )
            .order_by(InboundText.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if text is None:
            return False
        _take(text)
        return True


def _take(text: InboundText) -> None:
    try:
        with db.session.begin_nested():
            text.outcome = dialogue.answer(text) if _from_a_mobile(text) else "not a mobile"
    except Exception as error:
        # Kept and tried again; after some tries a person has to look at it.
        log.error("inbound", text=text.id, attempts=text.attempts, error=type(error).__name__)
        text.attempts += 1
        text.not_before = clock.now() + timedelta(seconds=min(600, 2**text.attempts))
        if text.attempts < MOST_ATTEMPTS:
            return
        text.outcome = "given up"
    text.handled_at = clock.now()


def _from_a_mobile(text: InboundText) -> bool:
    """Short codes, word senders and landlines get no answer."""
    try:
        text.from_number = numbers.read_mobile(text.from_number)
    except Refusal:
        return False
    return True
