"""From the queue to the provider: claim, commit, send, settle.

Nothing is held open while a provider takes its time. Which provider it is, and what follows when
its answer was lost, says `carriers`. What is refused for good, and what nobody could send in time,
becomes a fact in the person's record and a task for staff.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import structlog

from notifications import carriers, policy, queue, routing, segments, spend, texts
from notifications.gateways.base import Gateway, GatewayError, Sent
from notifications.models import Notification, State
from notifications.queue import Outcome
from portal import clock
from portal.account import actions as account
from portal.account import delivery_actions, queries
from portal.account.models import Claimant
from portal.actors import Actor
from portal.database import db, transaction

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
TRIES = 14
"""Then we give up: some four hours after the first, so that staff can still call."""
SHORTEST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)
TOO_LATE = "too-late"
NO_LONGER_TRUE = "no-longer-true"
NOT_WANTED = "not-wanted"
"""The person stopped texts, or has another number, since this one was queued."""


def step() -> bool:
    """Send one text, if one is due; True if there was one."""
    if not queue.anything_due():
        return False
    with transaction():
        job = queue.claim(LEASE)
    if job is None:
        return False
    db.session.expunge(job)  # What we hold is what we claimed, whatever is read or noted meanwhile.
    outcome, refusal, tried = _try(job)
    with transaction():
        if tried is not None:
            carriers.note(tried, refusal)
        if queue.settle(job.id, outcome, attempt=job.attempts):
            _tell(job, outcome, refusal)
    return True


def _try(job: Notification) -> tuple[Outcome, GatewayError | None, Gateway | None]:
    """What became of it, why not, and which gateway it was handed to."""
    try:
        reason = _not_worth_sending(job)
        text = "" if reason else _text_of(job)
        chosen = None if reason else carriers.choose(job, text)
        is_down = chosen is not None and carriers.is_down(chosen)
    except GatewayError as error:
        log.warning("sender", notification=job.id, code=error.code, attempt=job.attempts)
        return _later(job, error), error, None
    except Exception as error:
        # A text that cannot be worded must not stop the others.
        log.error("sender", notification=job.id, error=type(error).__name__)
        wordless = GatewayError("We could not word it", code="wording")
        return _later(job, wordless), wordless, None
    finally:
        # Whatever was read for that is done with: no transaction is open while we send.
        db.session.close()
    if chosen is None:
        return Outcome(State.dropped, error=reason), None, None
    try:
        found = carriers.taken_already(job, text)
        if found is not None:
            return _taken(*found, text), None, found[0]
        sent = chosen.send(job.to_number, text, str(job.id), not_after=job.not_after)
    except carriers.NotKnown as error:
        log.warning("sender", notification=job.id, code=error.code, attempt=job.attempts)
        return _later(job, error), error, error.gateway
    except GatewayError as error:
        log.warning("sender", notification=job.id, code=error.code, attempt=job.attempts)
        last_resort = carriers.able(job, text)[-1]
        if last_resort.name != chosen.name and not error.unsure:
            return _by_another(job, error, chosen, is_down=is_down), error, chosen
        return _later(job, error), error, chosen
    return _taken(chosen, sent, text), None, chosen


def _taken(by: Gateway, sent: Sent, text: str) -> Outcome:
    size = segments.measure(text)
    return Outcome(sent.state, gateway=by.name, provider_id=sent.provider_id, size=size)


def _by_another(job: Notification, error: GatewayError, by: Gateway, *, is_down: bool) -> Outcome:
    """This provider has surely not taken it, and another one can: at once, when the trouble is
    this one's own, or lasts; else soon, with either."""
    if error.elsewhere:
        return Outcome(State.queued, error=error.code, again_at=clock.now(), refused_by=by.name)
    later = _later(job, error)
    if later.again_at is None:
        return later
    soonest = clock.now() if is_down else clock.now() + carriers.SOON
    return replace(later, again_at=min(later.again_at, soonest))


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
    if person is not None and person.texts_unsafe_at:
        return False
    if person is None or job.secret_of or job.kind in routing.ALWAYS:
        return True
    may = queries.works if job.kind in (routing.NUMBER_CHECK, routing.NEUTRAL) else queries.may_text
    return person.mobile == job.to_number and may(person)


def _text_of(job: Notification) -> str:
    return texts.secret_text(job) if job.secret_of else job.body


def _later(job: Notification, error: GatewayError) -> Outcome:
    """Again after a while, or never: too often tried, or refused for good."""
    if error.permanent or job.attempts >= TRIES:
        return Outcome(State.undelivered, error=error.code)
    # Not all at the same moment, after an outage; and never sooner than a provider asks for.
    if error.retry_after:
        wait = error.retry_after * random.uniform(1, 1.2)
    else:
        wait = min(SHORTEST_WAIT * 2 ** (job.attempts - 1), LONGEST_WAIT)
        wait *= random.uniform(0.8, 1.2)
    # Since the first lost answer, not the last: waiting to be told has to end.
    unsure = (job.unsure_since or clock.now()) if error.unsure else None
    return Outcome(State.queued, error=error.code, again_at=clock.now() + wait, unsure_since=unsure)


def _tell(job: Notification, outcome: Outcome, refusal: GatewayError | None) -> None:
    if outcome.state is State.undelivered:
        not_delivered(job, refusal or GatewayError(""))
    elif outcome.error == TOO_LATE and not job.secret_of:
        not_delivered(job, GatewayError("Nobody could send it in time"))
    elif outcome.error == NOT_WANTED and job.claimant_id and (job.regarding or job.receipt):
        # An answer to what they wrote has neither, and need not be told.
        person = queries.claimant(job.claimant_id)
        assert person is not None
        account.needs_telling(
            person,
            what=job.kind,
            regarding=job.regarding,
            words=job.body,
            language=job.language,
        )


def not_delivered(job: Notification, reason: GatewayError) -> None:
    """Put it into the person's record that a text did not arrive, and staff to work.

    A number that the person has given up since says nothing about the one they have now.
    """
    person = queries.claimant(job.claimant_id) if job.claimant_id else None
    if person is None:
        return
    same_number = person.mobile == job.to_number
    if reason.blocked and same_number and delivery_actions.started_again_lately(person):
        # They asked us for texts since: it is the provider's list that is behind, not ours.
        delivery_actions.provider_still_blocks(person, by=Actor.system())
        return
    delivery_actions.text_not_delivered(
        person,
        number=job.to_number,
        text_id=job.id,
        words=job.body,
        language=job.language,
        what=job.kind,
        regarding=job.regarding,
        permanent=reason.dead and same_number,
        blocked=reason.blocked and same_number,
        by=Actor.system(),
    )
    if reason.dead and same_number:
        _nobody_else_either(job, person)


def _nobody_else_either(job: Notification, person: Claimant) -> None:
    """A phone that several people share is dead for all of them."""
    for each in queries.claimants_with_number(job.to_number):
        if each.id != person.id and each.number_suspended_at is None:
            delivery_actions.text_not_delivered(
                each,
                number=job.to_number,
                what="account.number_dead",
                regarding=None,
                permanent=True,
                by=Actor.system(),
            )
