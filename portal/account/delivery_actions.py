"""What became of our texts, and how a person is told instead. Apart from `actions`: it is not the
person who acts here, but the network, the worker and the office.

Takes part in the caller's transaction.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account import events, queries, ways
from portal.account.actions import STILL_BLOCKED
from portal.account.models import Claimant, UndeliveredText, Way
from portal.actors import Actor
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

LATELY = timedelta(days=2)
LONGEST_HELPER = 200


def text_not_delivered(
    claimant: Claimant,
    *,
    what: str,
    regarding: UUID | None,
    permanent: bool,
    blocked: bool = False,
    number: str = "",
    text_id: int | None = None,
    words: str = "",
    language: str = "",
    by: Actor,
) -> Entry:
    """A provider says a text did not arrive. Staff see it; a dead number is not used again.

    `number` is where it went; the person's own, when it is not given."""
    now = clock.now()
    if text_id is not None:
        # It was doubtful before, and is certain now: one task, not two.
        db.session.execute(
            sa.delete(UndeliveredText).where(
                UndeliveredText.text_id == text_id, UndeliveredText.settled_at.is_(None)
            )
        )
    if blocked:
        claimant.texts_stopped_at = claimant.texts_stopped_at or now
    elif permanent:
        claimant.number_suspended_at = claimant.number_suspended_at or now
    db.session.add(
        UndeliveredText(
            claimant_id=claimant.id,
            regarding=regarding,
            what=what,
            words=words,
            language=language,
            text_id=text_id,
            at=now,
        )
    )
    number = number or claimant.mobile or ""
    event = events.TextNotDelivered(number, what, regarding, permanent, blocked)
    return log.append(claimant.id, event, by=by)


def text_may_not_have_arrived(
    claimant: Claimant,
    *,
    what: str,
    regarding: UUID | None,
    number: str,
    text_id: int,
    words: str,
    language: str,
) -> Entry | None:
    """Nobody knows whether a text arrived. The record says so, and staff tell the person; None
    when they are to tell them already."""
    if queries.open_task(claimant.id, what, regarding) is not None:
        return None
    db.session.add(
        UndeliveredText(
            claimant_id=claimant.id,
            regarding=regarding,
            what=what,
            words=words,
            language=language,
            text_id=text_id,
            sure=False,
            at=clock.now(),
        )
    )
    event = events.TextNotDelivered(number, what, regarding, permanent=False, sure=False)
    return log.append(claimant.id, event, by=Actor.system())


def text_arrived(text_id: int, number: str) -> Entry | None:
    """It arrived after all: staff need not tell them what it says, unless they have."""
    task = db.session.scalar(
        sa.select(UndeliveredText).where(
            UndeliveredText.text_id == text_id, UndeliveredText.sure.is_(False)
        )
    )
    if task is None:
        return None
    if task.settled_at is None:
        task.settled_at, task.words, task.heard = clock.now(), "", ""
    person = task.claimant
    event = events.TextArrived(number, task.what, task.regarding)
    return log.append(person.id, event, by=Actor.system())


def settle(task: UndeliveredText) -> None:
    """They were told of this one thing in another way."""
    if task.settled_at is None:
        task.settled_at, task.words, task.heard = clock.now(), "", ""


def started_again_lately(claimant: Claimant) -> bool:
    """True when the person asked us for texts again so lately that a provider's list which says
    otherwise is behind, and not ours."""
    since = claimant.texts_started_at
    return since is not None and clock.now() - since < LATELY


def provider_still_blocks(claimant: Claimant, *, by: Actor) -> Entry | None:
    """A provider refuses the number although the person asked us for texts again: staff ask
    them to text START, which is the word that the provider itself understands."""
    if claimant.texts_blocked_at is not None:
        return None
    claimant.texts_blocked_at = clock.now()
    db.session.add(
        UndeliveredText(claimant_id=claimant.id, regarding=None, what=STILL_BLOCKED, at=clock.now())
    )
    event = events.TextNotDelivered(
        claimant.mobile or "", STILL_BLOCKED, None, permanent=False, blocked=True
    )
    return log.append(claimant.id, event, by=by)


def choose_reach(
    claimant: Claimant,
    *,
    homeless: bool,
    no_phone: bool,
    helper: str,
    way: Way | None,
    by: Actor,
) -> Entry | None:
    """Staff note with the person how they can be reached. Without a `way`, the one that fits
    these facts best. Raises Refusal for a way that cannot reach them."""
    helper = " ".join(helper.split())[:LONGEST_HELPER]
    number = claimant.mobile if queries.may_text(claimant) else None
    chosen = way or ways.usual(
        homeless=homeless, no_phone=no_phone, helper=helper, mobile=claimant.mobile
    )
    if not ways.possible(chosen, no_phone=no_phone, helper=helper, mobile=number):
        if chosen is Way.helper:
            raise Refusal("helper", sentence("Write who is told for them, and how."))
        raise Refusal("way", sentence("They cannot be reached in this way."))
    before = (claimant.homeless, claimant.no_phone, claimant.helper, claimant.way)
    if before == (homeless, no_phone, helper, chosen):
        return None
    was = claimant.way
    claimant.homeless, claimant.no_phone = homeless, no_phone
    claimant.helper, claimant.way = helper, chosen
    event = events.ReachNoted(was.value, chosen.value, homeless, no_phone)
    return log.append(claimant.id, event, by=by)
