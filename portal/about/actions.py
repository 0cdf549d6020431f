"""Writing the page that a person does not want to explain again, and letting it be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal import clock
from portal.about import events, queries, rules
from portal.about.models import AboutMe
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


@dataclass(frozen=True)
class Words:
    """What the person wrote. Everything can be left out."""

    needs: str = ""
    times: str = ""
    helps: str = ""
    more: str = ""
    interpreter: str = ""
    private_room: bool = False

    @property
    def is_empty(self) -> bool:
        said = (self.needs, self.times, self.helps, self.more, self.interpreter)
        return not any(text.strip() for text in said) and not self.private_room


def write_page(claimant: Claimant, words: Words, *, by: Actor) -> AboutMe:
    """Keep what was written as a draft: nobody sees it until the person approves it. Changing an
    approved page makes it a draft again, and staff see nothing meanwhile."""
    rules.require_the_person(by)
    if words.is_empty:
        raise Refusal("empty", sentence("Write something first. One line is enough."))
    texts = (words.needs, words.times, words.helps, words.more)
    if max(map(len, texts)) > rules.LONGEST or len(words.interpreter) > rules.LONGEST_LANGUAGE:
        raise Refusal("long", sentence("This is too long. Use fewer words."))
    lock(claimant)
    page = queries.page_of(claimant.id)
    if page is not None and _as_words(page) == words:
        return page
    if page is None:
        page = AboutMe(id=new_id(), claimant_id=claimant.id, version=0)
        db.session.add(page)
    for name, value in vars(words).items():
        setattr(page, name, value)
    page.version, page.written_at, page.approved_at = page.version + 1, clock.now(), None
    page.review_by = None
    db.session.flush()
    return page


def approve_page(page: AboutMe, *, version: int | None = None, by: Actor) -> Entry:
    """The person read it through and lets each new work coach see it. Again after half a year."""
    rules.require_the_person(by)
    lock(page.claimant)
    db.session.refresh(page)
    if version is not None and version != page.version:
        raise Refusal("changed", sentence("This page has changed. Read it once more."))
    today = clock.today()
    fresh = page.approved_at is not None and clock.local(page.approved_at).date() == today
    if fresh:
        return log.last(page.claimant_id, page.id, events.Approved)
    page.approved_at, page.review_by = clock.now(), today + rules.REVIEW_AFTER
    event = events.Approved(page.id, page.version, page.review_by)
    return log.append(page.claimant_id, event, by=by)


def take_back_page(page: AboutMe, *, by: Actor) -> Entry | None:
    """Nobody sees it any more. What was written stays, for the person alone."""
    rules.require_the_person(by)
    lock(page.claimant)
    db.session.refresh(page)
    if page.approved_at is None:
        return None
    page.approved_at = page.review_by = None
    return log.append(page.claimant_id, events.TakenBack(page.id), by=by)


def _as_words(page: AboutMe) -> Words:
    values: dict[str, Any] = {name: getattr(page, name) for name in vars(Words())}
    return Words(**values)
