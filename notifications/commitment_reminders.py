"""A commitment that waits to be accepted is brought to mind once, shortly before its last day.

Follows from time, not from an entry: computed when due, with a key, and asked again just before it
is queued and just before it is sent. Whoever gets no texts stands on the desk's list of what is
not accepted yet. How many days before: `remind_before` in portal/data/numbers.toml.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog

from notifications import beats, policy, routing, spend
from notifications.drafts import Draft
from portal import clock
from portal.commitment import queries
from portal.commitment.models import Version
from portal.database import db, transaction
from portal.dated_data import number

log = structlog.get_logger()

EVERY = timedelta(minutes=5)


def step() -> bool:
    """Every few minutes look whose last day is near; True if a text was queued."""
    if not beats.take("commitment", EVERY):
        return False
    today = clock.today()
    near = queries.last_day_between(today, today + timedelta(days=number("remind_before")))
    queued = [_safely(version.id) for version in near]
    return any(queued)


def _safely(version_id: UUID) -> bool:
    """One that cannot be worded must not keep the others from being told."""
    try:
        with transaction():
            return _remind(version_id)
    except Exception as error:
        log.error("commitments", version=str(version_id), error=type(error).__name__)
        return False


def _remind(version_id: UUID) -> bool:
    version, ends = db.session.get(Version, version_id), queries.waits_until(version_id)
    if version is None or ends is None or ends <= clock.now() or spend.stops(policy.COMMITMENT):
        return False
    day = version.accept_by
    draft = Draft(
        policy.COMMITMENT, version.claimant_id, regarding=version.id, values={"accept_by": day}
    )
    key = f"{draft.kind}:{version.id}:{day}"
    return routing.remind(draft, key, not_after=ends) is not None
