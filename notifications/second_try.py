"""A text that did not arrive is sent once more, where that may help: later by the same way, or at
once by the other provider. After that, or where it would not help, a person tells them."""

from __future__ import annotations

from datetime import timedelta

import structlog

from notifications import carriers, queue, routing
from notifications.gateways.base import GatewayError
from notifications.models import Notification
from portal import clock
from portal.account import queries
from portal.appointments import queries as appointments

log = structlog.get_logger()

LATER = timedelta(hours=1)
"""A phone that was off, or out of reach, may be back by then."""
TOO_SOON = timedelta(hours=24)
"""Of an appointment that is so near, staff tell the person at once."""
_ANSWERS = "conversation."
"""Answers to what a person just wrote: an hour later they would only confuse."""


def queued(text: Notification, by: str, reason: GatewayError) -> bool:
    """Queue it once more in the caller's transaction, in the person's hours; False when staff
    must tell them instead. `by` is the gateway that could not bring it."""
    if text.copy_of is not None or text.secret_of or text.kind.startswith(_ANSWERS):
        return False
    if reason.dead or reason.blocked:
        return False
    if reason.elsewhere:
        at, not_by = clock.now(), by
        if not any(each.name != by for each in carriers.able(text, text.body)):
            return False
    elif reason.permanent:
        return False
    else:
        at, not_by = clock.now() + LATER, None
    person = queries.claimant(text.claimant_id) if text.claimant_id else None
    if person is None or not text.body:
        return False
    at = routing.in_their_hours(at, person)
    meant = appointments.any_appointment(text.regarding) if text.regarding else None
    too_late = meant is not None and meant.starts_at < at + TOO_SOON and not not_by
    if too_late or (text.not_after is not None and at >= text.not_after):
        return False
    log.info("second-try", notification=text.id, code=reason.code)
    return queue.again(text, at, not_by=not_by) is not None
