"""The texts of somebody who asks what the fund may pay for."""

from __future__ import annotations

import sqlalchemy as sa

from notifications.models import Dialogue
from portal.costs.models import CostRequest
from portal.database import db
from tests.notifications.dialogues import Talk

ID_FOR_A_JOB = ("COSTS", "5", "1", "1", "1", "1", "2", "1")
"""Photo ID; all three steps; no one else pays; looks for work; a job offer; not paid yet."""


def says_all(talk: Talk, *texts: str) -> Talk:
    for each in texts:
        talk.says(each)
    return talk


def requests(talk: Talk) -> list[CostRequest]:
    with talk.app.app_context():
        return list(db.session.scalars(sa.select(CostRequest)))


def question(talk: Talk) -> str:
    with talk.app.app_context():
        row = db.session.get(Dialogue, talk.number)
        return row.question if row else ""
