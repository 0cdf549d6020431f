"""A limit on what is sent in a day, counted in parts of texts: what providers charge for.

When it is reached, reminders and the digest stop for the day. What answers somebody never stops:
answers, receipts, offers and changes, codes, and what is about safety. The limit is in parts and
not in money, because the parts are certain and the price is often an estimate.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa
import structlog
from flask import current_app

from notifications import beats, policy
from notifications.models import Notification
from portal import clock
from portal.database import db, transaction

log = structlog.get_logger()

SPENT = "daily-limit"
"""Why a reminder was not sent: kept with it."""
STOPS = policy.TEXTS | {policy.DIGEST, policy.COMMITMENT}
"""What waits when the limit is reached, and nothing else."""
NEAR = 80
"""Percent of the limit at which somebody should hear of it."""
_EVERY = timedelta(minutes=1)


class Level(StrEnum):
    """How far the day's parts are used."""

    no_limit = "no limit"
    below = "below"
    near = "near"
    reached = "reached"


def level(used: int, limit: int) -> Level:
    """Pure. A limit of 0 is none."""
    if limit <= 0:
        return Level.no_limit
    if used >= limit:
        return Level.reached
    return Level.near if used * 100 >= limit * NEAR else Level.below


def limit() -> int:
    """Parts a day, from the settings; 0 for none."""
    found: int = current_app.extensions["settings"].sms_parts_a_day
    return found


def used_today() -> int:
    """Parts handed over to a provider since midnight by the wall clock in the United Kingdom."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Notification.segments), 0)).where(
        Notification.sent_at >= clock.start_of_day(clock.today())
    )
    return int(db.session.scalar(query) or 0)


def level_now() -> Level:
    """How far today's parts are used. Asks the database only where there is a limit."""
    return level(used_today(), limit()) if limit() > 0 else Level.no_limit


def stops(kind: str) -> bool:
    """Asked just before sending: does this text wait because the day's parts are used?"""
    return kind in STOPS and level_now() is Level.reached


def step() -> bool:
    """Once a minute: say in the log, once a day each, that the limit is near or reached."""
    if limit() <= 0 or not beats.take("spend", _EVERY):
        return False
    now_is = level_now()
    if now_is in (Level.near, Level.reached) and not beats.was_today(f"spend-{now_is.value}"):
        with transaction():
            beats.mark(f"spend-{now_is.value}")
        log.warning("spend", how_far=now_is.value, parts=used_today(), limit=limit())
    return False
