"""Whether a number is still a person's. Apart from `actions`: a number that was silent for long
may have been given to somebody else, and whoever has it must learn nothing from us.

Takes part in the caller's transaction.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from portal import clock
from portal.account import actions, events
from portal.account.models import Claimant, UndeliveredText
from portal.actors import Actor
from portal.database import db
from portal.record import log
from portal.record.models import Entry

SILENT = timedelta(days=180)
"""After so long without a sign a number is asked about (sms.md in the design: new number)."""
TASK = "account.number_check"
_OFTEN_ENOUGH = timedelta(hours=12)


def heard_from(claimant: Claimant) -> None:
    """Something came from the number that shows it is in use, as far as we know by this person.
    Does not settle a doubt: whoever has the number now may write too."""
    now = clock.now()
    if claimant.number_heard_at is None or now - claimant.number_heard_at > _OFTEN_ENOUGH:
        claimant.number_heard_at = now


def ask_whether_still_theirs(claimant: Claimant, *, by: Actor) -> Entry | None:
    """Nothing about the person goes to the number from now on, until they say that it is
    theirs. Staff are asked to check it too."""
    if claimant.number_doubted_at is not None:
        return None
    claimant.number_doubted_at = clock.now()
    actions.needs_telling(claimant, what=TASK, regarding=None)
    return log.append(claimant.id, events.NumberCheckAsked(claimant.mobile or ""), by=by)


def still_theirs(claimant: Claimant, *, by: Actor) -> Entry | None:
    """Whoever has the phone says that the number is this person's: texts go there as before."""
    if claimant.number_doubted_at is None:
        return None
    claimant.number_doubted_at, claimant.number_heard_at = None, clock.now()
    settle_check(claimant)
    return log.append(claimant.id, events.NumberConfirmed(claimant.mobile or ""), by=by)


def settle_check(claimant: Claimant) -> None:
    """Staff need not look into it any more."""
    db.session.execute(
        sa.update(UndeliveredText)
        .where(
            UndeliveredText.claimant_id == claimant.id,
            UndeliveredText.what == TASK,
            UndeliveredText.settled_at.is_(None),
        )
        .values(settled_at=clock.now())
    )
