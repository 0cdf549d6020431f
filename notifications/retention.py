"""The words of texts go after four weeks; that they were sent, and arrived, stays."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from notifications.models import Dialogue, InboundText, LocalText, Notification, State
from portal.account.models import Claimant
from portal.database import db
from portal.record.retention import WORDS_OF_TEXTS, goes_with_a_record, runs_out


@runs_out
def sweep(now: datetime) -> None:
    """Erase the words of texts in and out. What is still to be sent or read keeps its own."""
    before = now - WORDS_OF_TEXTS
    db.session.execute(
        sa.update(Notification)
        .where(
            Notification.made_at < before,
            Notification.body != "",
            Notification.state.not_in((State.queued, State.sending)),
        )
        .values(body="")
    )
    db.session.execute(
        sa.update(InboundText)
        .where(
            InboundText.received_at < before,
            InboundText.body != "",
            InboundText.handled_at.is_not(None),
        )
        .values(body="")
    )
    db.session.execute(
        sa.update(LocalText).where(LocalText.at < before, LocalText.body != "").values(body="")
    )
    db.session.execute(sa.delete(Dialogue).where(Dialogue.expires_at < before))


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """The numbers that texts of this person went to or came from, unless they are somebody
    else's too."""
    numbers = db.session.scalars(
        sa.select(Notification.to_number).where(Notification.claimant_id == claimant_id).distinct()
    ).all()
    shared = db.session.scalars(
        sa.select(Claimant.mobile).where(Claimant.mobile.in_(numbers), Claimant.id != claimant_id)
    ).all()
    db.session.execute(
        sa.update(Notification)
        .where(Notification.claimant_id == claimant_id)
        .values(to_number="", body="")
    )
    db.session.execute(sa.delete(Dialogue).where(Dialogue.claimant_id == claimant_id))
    theirs = [number for number in numbers if number not in shared]
    db.session.execute(
        sa.update(InboundText)
        .where(InboundText.from_number.in_(theirs))
        .values(from_number="", body="")
    )
