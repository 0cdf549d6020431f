"""What accounts keep only for a while. Apart from `actions`: time does this, nobody acts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from portal.account.interpreter_models import InterpreterNeed
from portal.account.models import (
    Card,
    Claimant,
    CodeAttempt,
    Concern,
    NumberChange,
    TypedText,
    UndeliveredText,
    UnknownCall,
    Visit,
)
from portal.database import db
from portal.record.retention import (
    DAY,
    ENDED_VISITS,
    STRANGERS,
    WORDS_OF_TEXTS,
    goes_with_a_record,
    runs_out,
)


@runs_out
def sweep(now: datetime) -> None:
    """Typed text, requests for codes and changes of number go after a day, visits after a
    month. A visit that nobody ended has ended too when it was not used for so long. What came
    from strangers goes four weeks after somebody read it or called them, and not before."""
    for table, at, life in (
        (TypedText, TypedText.saved_at, DAY),
        (CodeAttempt, CodeAttempt.asked_at, DAY),
        (NumberChange, NumberChange.asked_at, DAY),
        (Visit, Visit.seen_at, ENDED_VISITS),
    ):
        db.session.execute(sa.delete(table).where(at < now - life))
    db.session.execute(sa.delete(UnknownCall).where(UnknownCall.settled_at < now - STRANGERS))
    db.session.execute(
        sa.delete(Concern).where(Concern.claimant_id.is_(None), Concern.read_at < now - STRANGERS)
    )
    db.session.execute(
        sa.update(UndeliveredText)
        .where(
            UndeliveredText.at < now - WORDS_OF_TEXTS,
            sa.or_(UndeliveredText.words != "", UndeliveredText.heard != ""),
        )
        .values(words="", heard="")
    )


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """Who the person is. The row stays, for entries point to it."""
    mine = (TypedText, CodeAttempt, NumberChange, Card, Visit, UndeliveredText, InterpreterNeed)
    for table in mine:
        db.session.execute(sa.delete(table).where(table.claimant_id == claimant_id))
    db.session.execute(
        sa.update(Concern).where(Concern.claimant_id == claimant_id).values(words="", number="")
    )
    db.session.execute(
        sa.update(Claimant)
        .where(Claimant.id == claimant_id)
        .values(
            full_name="",
            reference=f"erased-{claimant_id.hex}",
            mobile=None,
            quiet_from=None,
            quiet_to=None,
            discreet=False,
            helper="",
            homeless=False,
            no_phone=False,
            coach_id=None,
            pin_hash="",
            nickname="",
        )
    )
