"""A stored text becomes what it says: once, in the order in which one person wrote.

Nothing here talks to a network, so taking a text and everything that follows from it are one
transaction: after a crash it is either done or not begun.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import aliased

from notifications import arrivals, parts
from notifications.conversation import calls, dialogue, masking
from notifications.conversation.limits import PART
from notifications.conversation.tasks import complaints
from notifications.models import InboundText
from portal import clock
from portal.account import actions as account
from portal.account import numbers, queries
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
    group = next(parts.groups(arrivals.waiting_from(text.from_number)))
    if group.ready_at > clock.now() and text.attempts == 0:
        text.not_before = group.ready_at
        return
    try:
        with db.session.begin_nested():
            _answer(text, group)
    except Exception as error:
        # Kept and tried again; after some tries a person has to look at it.
        log.error("inbound", text=text.id, attempts=text.attempts, error=type(error).__name__)
        text.attempts += 1
        text.not_before = clock.now() + timedelta(seconds=min(600, 2**text.attempts))
        if text.attempts < MOST_ATTEMPTS:
            return
        _give_up(text, group)
    for each in group.texts:
        each.handled_at = clock.now()


def _give_up(text: InboundText, group: parts.Group) -> None:
    """We cannot read it: whoever has the number may wait for an answer, so a person looks."""
    for each in group.texts:
        each.outcome = "given up"
    people = queries.claimants_with_number(text.from_number)
    writes_complaint = complaints.is_meant(text.from_number)
    for person in people:
        account.needs_telling(
            person,
            what=dialogue.UNCLEAR,
            regarding=None,
            heard="" if writes_complaint else masking.secrets(group.body),
            language=person.language,
        )
    if not people:
        log.error("a text of nobody we know was given up", text=text.id)


def _answer(text: InboundText, group: parts.Group) -> None:
    """What was put together stands in the first of its parts."""
    if not _from_a_mobile(text):
        for each in group.texts:
            each.outcome = "not a mobile"
        return
    for each in group.texts[1:]:
        each.outcome = PART
    if len(group.texts) > 1 or not group.whole:
        text.body, text.whole = masking.secrets(group.body), group.whole
        text.media = max(each.media for each in group.texts)
    text.outcome = calls.answer(text) if text.call else dialogue.answer(text)


def _from_a_mobile(text: InboundText) -> bool:
    """Short codes, word senders and landlines get no answer."""
    try:
        text.from_number = numbers.read_mobile(text.from_number)
    except Refusal:
        return False
    return True
