"""Reading sentences by their ids, and what people said about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from portal import catalogues, languages
from portal.catalogues import Sentence
from portal.database import db
from portal.translating.models import TranslationReport


@cache
def _by_id(code: str) -> dict[str, Sentence]:
    return {each.id: each for each in catalogues.read(languages.TRANSLATIONS / code)}


def sentence(code: str, string_id: str) -> Sentence | None:
    """One sentence of a language that is offered, or None."""
    if code == languages.DEFAULT or not languages.is_offered(code):
        return None
    return _by_id(code).get(string_id)


def report(report_id: UUID) -> TranslationReport | None:
    return db.session.get(TranslationReport, report_id)


def open_reports(code: str = "", limit: int | None = None) -> Sequence[TranslationReport]:
    """What nobody has settled, of one language or of all, the oldest first within a language."""
    found = sa.select(TranslationReport).where(TranslationReport.settled_at.is_(None))
    if code:
        found = found.where(TranslationReport.language == code)
    order = (TranslationReport.language, TranslationReport.at, TranslationReport.id)
    return db.session.scalars(found.order_by(*order).limit(limit)).all()


def how_many_open() -> int:
    found = sa.select(sa.func.count()).where(TranslationReport.settled_at.is_(None))
    return db.session.scalar(found) or 0
