"""Words about danger that nobody has read for a quarter of an hour: said once, loudly, to those
who run the service. Staff have it on every page of the desk; they get no text and no e-mail."""

from __future__ import annotations

import structlog

from portal.account import concern_actions, concern_queries
from portal.database import transaction

log = structlog.get_logger()


def step() -> bool:
    """Sound the alarm for what has become overdue; True if anything had.

    Each is said once, by one worker: after it is noted, so that a worker that is killed just then
    says it too seldom rather than for ever.
    """
    if all(each.alarmed_at for each in concern_queries.overdue()):
        return False
    with transaction():
        late = concern_actions.sound_alarm()
    for each in late:
        log.error("unread words about danger", concern=str(each))
    return bool(late)
