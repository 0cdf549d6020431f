"""Keeping that a translation is wrong, and that somebody has dealt with it.

This is about our words and not about a person: nothing is written into anybody's record.
"""

from __future__ import annotations

from uuid import UUID

from portal import clock
from portal.catalogues import Sentence
from portal.database import db
from portal.translating.models import TranslationReport

LONGEST = 1000


def report(
    once: UUID, code: str, sentence: Sentence, *, endpoint: str, wrong: str, better: str
) -> None:
    """Keep what somebody said about this sentence. Saying it twice keeps it once."""
    if db.session.get(TranslationReport, once) is not None:
        return
    db.session.add(
        TranslationReport(
            id=once,
            at=clock.now(),
            language=code,
            string_id=sentence.id,
            english="\n".join(sentence.english),
            shown="\n".join(sentence.forms),
            endpoint=endpoint,
            wrong=wrong,
            better=better,
        )
    )


def settle(found: TranslationReport, staff_id: UUID) -> None:
    """Somebody has looked at it. The first to do so stays the one who did."""
    db.session.refresh(found, with_for_update=True)
    if found.settled_at is None:
        found.settled_at, found.settled_by = clock.now(), staff_id
