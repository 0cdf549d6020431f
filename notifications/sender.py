"""From the queue to the provider: claim, commit, send, settle.

Nothing is held open while a provider takes its time. What it refuses for good, and what nobody
could send in time, becomes a fact in the person's record and a task for staff.
"""

from __future__ import annotations

import random
from datetime import timedelta

import structlog

from notifications import policy, queue, segments, spend, texts
from notifications.gateways.base import Gateway, GatewayError
from notifications.gateways.choice import current_gateway
from notifications.models import Notification, State
from notifications.queue import Outcome
from portal import clock
from portal.account import actions as account
from portal.account import queries
from portal.actors import Actor
from portal.database import db, transaction

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
TRIES = 12
"""Then we give up: some four hours after the first, so that staff can still call."""
SHORTEST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)
TOO_LATE = "too-late"
NO_LONGER_TRUE = "no-longer-true"
NOT_WANTED = "not-wanted"
"""The person stopped texts, or has another number, since this one was queued."""
_EVEN_WHEN_STOPPED = "account.texts_stopped"


def step() -> bool:
    """Send one text, if one is due; True if there was one."""
    if not queue.anything_due():
        return False
    with transaction():
        job = queue.claim(LEASE)
    if job is None:
        return False
    outcome, refusal = _try(job, current_gateway())
    with transaction():
        if queue.settle(job.id, outcome, attempt=job.attempts):
            _tell(job, outcome, refusal)
    return True


def _try(job: Notification, gateway: Gateway) -> tuple[Outcome, GatewayError | None]:
    try:
        reason = _not_worth_sending(job)
        text = "" if reason else _text_of(job)
    except Exception as error:
        # A text that cannot be worded must not stop the others.
        log.error("sender", notification=job.id, error=type(error).__name__)
        return _later(job, GatewayError("We could not word it", code="wording"))
    finally:
        # Whatever was read for that is done with: no transaction is open while we send.
        db.session.close()
    if reason:
        return Outcome(State.dropped, error=reason), None
    try:
        if not gateway.can_carry(text):
            raise GatewayError("The provider cannot carry this text", permanent=True, code="carry")
        sent = gateway.send(job.to_number, text, str(job.id), not_after=job.not_after)
    except GatewayError as error:
        log.warning("sender", notification=job.id, code=error.code, attempt=job.attempts)
        return _later(job, error)
    size = segments.measure(text)
    outcome = Outcome(sent.state, gateway=gateway.name, provider_id=sent.provider_id, size=size)
    return outcome, None


def _not_worth_sending(job: Notification) -> str:
    if job.not_after is not None and clock.now() >= job.not_after:
        return TOO_LATE
    if not texts.still_true(job):
        return NO_LONGER_TRUE
    if not _is_wanted(job):
        return NOT_WANTED
    return spend.SPENT if job.kind in policy.TEXTS and spend.stops(job.kind) else ""


def _is_wanted(job: Notification) -> bool:
    """STOP holds for what waits already, and nothing goes to a number that was given up."""
    person = queries.claimant(job.claimant_id) if job.claimant_id else None
    if person is None or job.secret_of or job.kind == _EVEN_WHEN_STOPPED:
        return True
    return person.mobile == job.to_number and queries.may_text(person)


def _text_of(job: Notification) -> str:
    return texts.secret_text(job) if job.secret_of else job.body


def _later(job: Notification, error: GatewayError) -> tuple[Outcome, GatewayError]:
    """Again after a while, or never: too often tried, or refused for good."""
    if error.permanent or job.attempts >= TRIES:
        return Outcome(State.undelivered, error=error.code), error
    wait = error.retry_after or min(SHORTEST_WAIT * 2 ** (job.attempts - 1), LONGEST_WAIT)
    # Not all at the same moment, after an outage.
    wait *= random.uniform(0.8, 1.2)
    return Outcome(State.queued, error=error.code, again_at=clock.now() + wait), error


def _tell(job: Notification, outcome: Outcome, refusal: GatewayError | None) -> None:
    if outcome.state is State.undelivered:
        not_delivered(job, refusal or GatewayError(""))
    elif outcome.error == TOO_LATE and not job.secret_of:
        not_delivered(job, GatewayError("Nobody could send it in time"))
    elif outcome.error == NOT_WANTED and job.claimant_id and job.regarding:
        person = queries.claimant(job.claimant_id)
        assert person is not None
        account.needs_telling(person, what=job.kind, regarding=job.regarding)


def not_delivered(job: Notification, reason: GatewayError) -> None:
    """Put it into the person's record that a text did not arrive, and staff to work.

    A number that the person has given up since says nothing about the one they have now.
    """
    person = queries.claimant(job.claimant_id) if job.claimant_id else None
    if person is None:
        return
    same_number = person.mobile == job.to_number
    account.text_not_delivered(
        person,
        what=job.kind,
        regarding=job.regarding,
        permanent=reason.dead and same_number,
        blocked=reason.blocked and same_number,
        by=Actor.system(),
    )
