"""A complaint while it is being written: each page is kept as it is left, for 30 days.

Takes part in the caller's transaction. Nothing that is written is recorded before it is sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from uuid import UUID

from portal import clock
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor
from portal.complaints import events, queries, rules
from portal.complaints.models import Draft
from portal.database import db, new_id
from portal.record import log
from portal.refusals import Refusal, sentence

Answers = dict[str, str | list[str]]


OTHER_WINDOW = sentence(
    "You wrote something else here in another window. It is below. What stands in the box now is "
    "kept when you go on."
)


def keep(
    claimant: Claimant, answers: Mapping[str, str | list[str]], *, seen: str | None = None
) -> Draft:
    """Keep the fields of one page. Those of the others stay as they are, so that two open
    windows lose nothing of each other's pages.

    `seen` is the `mark` of these fields when the page was opened: when another window changed
    them since, nothing is kept, and Refusal is raised.
    """
    draft, now = locked(claimant), clock.now()
    if draft is None:
        draft = Draft(id=new_id(), claimant_id=claimant.id, begun_at=now, changed_at=now)
        db.session.add(draft)
    else:
        before = read(draft)
        same = all(before.get(name) == answers[name] for name in answers)
        if seen is not None and seen != mark(before, answers) and not same:
            raise Refusal("other-window", OTHER_WINDOW)
    draft.answers = json.dumps(read(draft) | dict(answers), ensure_ascii=False)
    draft.changed_at = now
    db.session.flush()
    return draft


def locked(claimant: Claimant) -> Draft | None:
    """What this person is writing, as it is now, while nobody else can change it."""
    lock(claimant)
    draft = queries.draft(claimant)
    if draft is not None:
        db.session.refresh(draft)
    return draft


def read(draft: Draft | None) -> Answers:
    """Everything that was written so far, by field."""
    found: Answers = json.loads(draft.answers) if draft is not None and draft.answers else {}
    return found


def kept_ids(answers: Answers) -> frozenset[UUID]:
    """Who must not see it. Only who was offered is ever kept."""
    named = answers.get("kept_from", [])
    return frozenset(UUID(each) for each in named) if isinstance(named, list) else frozenset()


def mark(answers: Mapping[str, str | list[str]], names: Iterable[str]) -> str:
    """A short sign of what these fields hold; another one once they hold something else. Empty
    while they hold nothing."""
    held = {name: answers[name] for name in sorted(names) if answers.get(name)}
    if not held:
        return ""
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]


def drop(claimant: Claimant, shown: str) -> bool:
    """The person wants none of what they were shown, by its id. False when they are writing
    something else by now: then nothing is lost."""
    draft = locked(claimant)
    if draft is not None and str(draft.id) != shown:
        return False
    if draft is not None:
        let_go(draft)
    return True


def let_go(draft: Draft) -> None:
    """It was sent, or is wanted no more. Nobody can write in it with a helper's link either; that
    is recorded for whoever could until now."""
    for link in queries.links(draft):
        if rules.is_live(link, clock.now()):
            log.append(draft.claimant_id, events.HelperEnded(link.id), by=Actor.system())
        db.session.delete(link)
    db.session.flush()
    db.session.delete(draft)
    db.session.flush()
