"""A commitment that waits to be accepted is brought to mind once, two days before its last day.

Follows from time, not from an entry: computed when due, with a key, and asked again just before it
is queued. Whoever gets no texts stands on the desk's list of what is not accepted yet.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from notifications import beats, routing
from notifications.drafts import Draft
from portal import clock
from portal.commitment import queries
from portal.commitment.models import State, Version
from portal.database import transaction

REMINDER = "commitment.reminder"
DAYS_BEFORE = timedelta(days=2)
EVERY = timedelta(minutes=5)
_NAME = "commitment"


def step() -> bool:
    """Every few minutes look whose last day is near; True if a text was queued."""
    if not beats.is_older(_NAME, EVERY):
        return False
    near = [version.id for version in queries.waiting_until(clock.today() + DAYS_BEFORE)]
    with transaction():
        beats.mark(_NAME)
    queued = [_remind(each) for each in near]
    return any(queued)


def _remind(version_id: UUID) -> bool:
    with transaction() as session:
        version = session.get(Version, version_id)
        if version is None or version.state is not State.offered or version.accept_by is None:
            return False
        if not clock.today() <= version.accept_by <= clock.today() + DAYS_BEFORE:
            return False
        draft = Draft(REMINDER, version.claimant_id, values={"accept_by": version.accept_by})
        key = f"{REMINDER}:{version.id}:{version.accept_by}"
        return routing.remind(draft, key) is not None
