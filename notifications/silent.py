"""Which numbers has nothing come from for half a year? Networks give such numbers to other people.

Whoever has it is asked, in a text that says nothing about anybody; until they answer, nothing else
goes there, and staff check the number too (sms.md in the design: new number).
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog

from notifications import beats, routing
from notifications.conversation import questions
from portal import clock
from portal.account import number_actions, queries
from portal.account.models import Claimant
from portal.actors import Actor
from portal.database import db, transaction

log = structlog.get_logger()

EVERY = timedelta(hours=1)
"""So that each person is asked within their own hours for texts, on the day it is due."""
_BATCH = 20
_BEAT = "silent numbers"


def step() -> bool:
    """Ask about some numbers, once an hour until none is left; True if any was asked about."""
    if not beats.take(_BEAT, EVERY):
        return False
    silent = queries.silent_numbers(clock.now() - number_actions.SILENT)
    asked = 0
    with transaction():
        for each in silent:
            asked += _safely(each)
            if asked == _BATCH:
                beats.forget(_BEAT)  # There may be more: the others have their turn, then these.
                break
    return bool(asked)


def _safely(claimant_id: UUID) -> bool:
    """One that cannot be asked must not keep the others from being."""
    try:
        with db.session.begin_nested():
            return _ask(claimant_id)
    except Exception as error:
        log.error("silent", claimant=str(claimant_id), error=type(error).__name__)
        return False


def _ask(claimant_id: UUID) -> bool:
    # Of the person alone: PostgreSQL locks no row of an office or a coach who may not be there.
    person = db.session.get(
        Claimant, claimant_id, with_for_update={"of": Claimant}, populate_existing=True
    )
    if person is None or not person.mobile or not routing.may_go_now(person):
        return False
    if number_actions.ask_whether_still_theirs(person, by=Actor.system()) is None:
        return False
    questions.ask(person.mobile, person, questions.NUMBER_CHECK, digits="12")
    return True
