"""What complaints keep only for a while. Apart from `actions`: time does this, nobody acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.actors import Actor
from portal.complaints import events, rules
from portal.complaints.actions import again
from portal.complaints.models import Complaint, Draft, HelperLink, Word
from portal.database import db
from portal.record import log
from portal.record.retention import RECORD_MONTHS, goes_with_a_record, months_before, runs_out
from portal.typed import retention as typed

_ERASED = {"what": "", "happened": "", "who": "", "effect": "", "put_right": "", "helper": ""}


def to_redact(now: datetime) -> Sequence[UUID]:
    """Complaints that were closed so long ago that their words go (facts 9, Retention: closed,
    and 24 months)."""
    closed = sa.func.coalesce(Complaint.withdrawn_at, Complaint.final_at, Complaint.answered_at)
    return db.session.scalars(
        sa.select(Complaint.id)
        .where(closed < months_before(now, RECORD_MONTHS), Complaint.redacted_at.is_(None))
        .order_by(closed, Complaint.id)
    ).all()


def redact(complaint_id: UUID) -> bool:
    """Erase the words of one complaint and record that; what happened, and when, stays. False
    when that was done already."""
    found = db.session.get(Complaint, complaint_id)
    assert found is not None
    again(found)
    if found.redacted_at is not None or found.is_open:
        return False
    _erase(Complaint.id == complaint_id)
    db.session.refresh(found)
    found.redacted_at = clock.now()
    log.append(found.claimant_id, events.Redacted(found.id, found.receipt), by=Actor.system())
    return True


def _erase(which: sa.ColumnElement[bool]) -> None:
    ids = sa.select(Complaint.id).where(which)
    db.session.execute(
        sa.update(Word).where(Word.complaint_id.in_(ids)).values(words="", found="", will_do="")
    )
    words = sa.select(Word.id).where(Word.complaint_id.in_(ids))
    typed.forget(db.session.scalars(sa.union_all(ids, words)).all())
    db.session.execute(sa.update(Complaint).where(which).values(**_ERASED, contact_note=""))


@goes_with_a_record
def erase(claimant_id: UUID) -> None:
    """All words of this person's complaints, and what they had not sent."""
    _erase(Complaint.claimant_id == claimant_id)
    db.session.execute(sa.delete(HelperLink).where(HelperLink.claimant_id == claimant_id))
    db.session.execute(sa.delete(Draft).where(Draft.claimant_id == claimant_id))


@runs_out
def sweep(now: datetime) -> None:
    """Drafts that nobody went on with."""
    old = sa.select(Draft.id).where(Draft.changed_at < now - rules.KEPT_AS_DRAFT)
    db.session.execute(sa.delete(HelperLink).where(HelperLink.draft_id.in_(old)))
    db.session.execute(sa.delete(Draft).where(Draft.changed_at < now - rules.KEPT_AS_DRAFT))
