"""Reading what people said of whether their commitment was written for them. Apart from `queries`:
nothing here leads to a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa

from portal.commitment import rules
from portal.commitment.models import FitAnswer
from portal.database import db
from portal.dated_data import number


@dataclass(frozen=True)
class Share:
    """What people of an office said of whether their commitment was written for them."""

    tenths: dict[str, int]
    """By answer, in tenths, so that one more answer tells nothing of whose it was."""
    words: list[str]
    """Lines that they added, in no order of time."""


def share(office_id: UUID, today: date) -> Share | None:
    """What may be shown; None while it is too little.

    Only answers of quarters that are over, and those of a quarter only together with at least as
    many others as the smallest group that were not shown before: else staff who met one person
    this week could tell whose the new line is.
    """
    found = db.session.scalars(
        sa.select(FitAnswer)
        .where(FitAnswer.office_id == office_id, FitAnswer.quarter < rules.quarter(today))
        .order_by(FitAnswer.quarter)
    ).all()
    shown: list[FitAnswer] = []
    waiting: list[FitAnswer] = []
    for _quarter, answers in groupby(found, key=lambda each: each.quarter):
        waiting += answers
        if len(waiting) >= number("smallest_group"):
            shown, waiting = shown + waiting, []
    if not shown:
        return None
    said = Counter(each.answer for each in shown)
    return Share(
        {answer: round(10 * said[answer] / len(shown)) for answer in ("yes", "partly", "no")},
        sorted(each.words for each in shown if each.words),
    )
