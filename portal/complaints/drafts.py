"""A complaint while it is being written: each page is kept as it is left, for 30 days.

Takes part in the caller's transaction. Nothing of it is recorded before it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from portal import clock
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.complaints import queries
from portal.complaints.models import Draft
from portal.database import db, new_id

Answers = dict[str, str | list[str]]


def keep(claimant: Claimant, answers: Mapping[str, str | list[str]]) -> Draft:
    """Keep the fields of one page. Those of the others stay as they are, so that two open
    windows lose nothing of each other's pages."""
    lock(claimant)
    draft, now = queries.draft(claimant), clock.now()
    if draft is None:
        draft = Draft(id=new_id(), claimant_id=claimant.id, begun_at=now, changed_at=now)
        db.session.add(draft)
    else:
        db.session.refresh(draft)
    draft.answers = json.dumps(read(draft) | dict(answers), ensure_ascii=False)
    draft.changed_at = now
    db.session.flush()
    return draft


def read(draft: Draft | None) -> Answers:
    """Everything that was written so far, by field."""
    found: Answers = json.loads(draft.answers) if draft is not None and draft.answers else {}
    return found


def drop(claimant: Claimant) -> None:
    """The person wants none of it any more."""
    lock(claimant)
    draft = queries.draft(claimant)
    if draft is not None:
        db.session.delete(draft)
        db.session.flush()
