"""Keeping what a notice said. Nobody acts: it follows from what was sent, or handed over."""

from __future__ import annotations

from uuid import UUID

from portal import clock, languages
from portal.account.models import Claimant
from portal.actors import Actor
from portal.database import db, new_id
from portal.notices import events, rules
from portal.notices.models import Notice, Told
from portal.record import log
from portal.record.models import Entry


def keep(
    claimant: Claimant,
    words: str,
    *,
    what: str,
    regarding: UUID | None,
    told: Told,
    language: str,
    by: Actor,
) -> Entry | None:
    """Keep a notice that matters in law as it was sent: its language, its words, and how far the
    language was checked at that moment. None for what is no such notice, or says nothing."""
    if what not in rules.NOTICES or not words:
        return None
    with languages.speaking(language):
        said = languages.wording(words)
    notice = Notice(
        id=new_id(),
        claimant_id=claimant.id,
        what=what,
        regarding=regarding,
        told=told,
        language=said.language,
        review=said.review,
        words=said.words,
        wording=said.digest,
        at=clock.now(),
    )
    db.session.add(notice)
    db.session.flush()
    event = events.Sent(notice.id, what, told, said.language, said.review, said.digest)
    entry = log.append(claimant.id, event, by=by)
    notice.receipt = entry.receipt
    return entry
