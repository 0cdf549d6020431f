"""Alex complains by text."""

from __future__ import annotations

import sqlalchemy as sa

from portal.complaints.models import Complaint
from portal.database import db
from tests.notifications.dialogues import Talk

STORY = ("On Monday she said", "that she would stop my money.")


def complaint(talk: Talk) -> Complaint:
    with talk.app.app_context():
        found = db.session.scalars(sa.select(Complaint)).all()
        assert len(found) == 1
        return found[0]


def sent(talk: Talk) -> Complaint:
    """Alex complains by text, from the first word to the receipt."""
    talk.says("COMPLAIN").hears("Write what happened", "Your work coach does not see it")
    talk.says(STORY[0]).hears("Kept")
    talk.says(STORY[1]).says("DONE").hears("Texts kept: 2")
    talk.says("1")
    return complaint(talk)
