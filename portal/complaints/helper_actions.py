"""Somebody else writes a complaint for a person, who agreed to it: an adviser, a friend, an
interpreter. They get a link that opens once, in one browser, for a week, and only the pages of
the form. The person reads it, changes it and sends it.

Each function takes part in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account import codes
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.account.queries import hash_of
from portal.actors import Actor
from portal.complaints import drafts, events, queries, rules
from portal.complaints.models import HelperLink
from portal.database import db, new_id
from portal.record import log, receipts
from portal.refusals import Refusal, sentence

LONGEST_NAME = 100


def let_help(person: Claimant, name: str, *, link_id: UUID | None = None, by: Actor) -> HelperLink:
    """The person agrees that somebody, whom they name, writes their complaint until the end of
    a day in a week. With the id that the page has, a second press finds the first link.

    Raises Refusal without a name, and while somebody else can write.
    """
    rules.require("let_help", by)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Refusal("name", sentence("Write who helps you."))
    lock(person)
    known = queries.link(link_id) if link_id else None
    if known is not None and known.claimant_id == person.id:
        return known
    if helping(person) is not None:
        raise Refusal("one", sentence("Somebody can already write for you. End that first."))
    now = clock.now()
    last_day = clock.local(now).date() + rules.HELPED_FOR
    link = HelperLink(
        id=link_id if link_id and known is None else new_id(),
        draft_id=drafts.keep(person, {}).id,
        claimant_id=person.id,
        name=name,
        made_at=now,
        ends_at=clock.start_of_day(last_day + timedelta(days=1)),
    )
    link.token_hash = hash_of(codes.helper_token(link.id))
    db.session.add(link)
    db.session.flush()
    log.append(person.id, events.HelperAsked(link.id, last_day), by=by)
    return link


def helping(person: Claimant) -> HelperLink | None:
    """The link with which somebody can write for this person now."""
    draft = queries.draft(person)
    found = queries.links(draft) if draft is not None else ()
    return next((each for each in found if rules.is_live(each, clock.now())), None)


def by_token(token: str) -> HelperLink | None:
    """The link of a token, as it was copied or typed."""
    return queries.by_token(hash_of(token.upper().translate(receipts.LOOKALIKES)))


def open_it(link: HelperLink, browser: str) -> bool:
    """The first opening: from now on only the browser that holds `browser` can go on. False when
    it was opened already, or is over."""
    if not _still_live(link) or link.opened_at is not None:
        return False
    link.opened_at = link.seen_at = clock.now()
    link.browser_hash = hash_of(browser)
    return True


def is_of(link: HelperLink, browser: str) -> bool:
    """Whether this is the browser that opened it."""
    return bool(browser) and codes.same(hash_of(browser), link.browser_hash)


def seen(link: HelperLink) -> None:
    """The helper is there. The complaint may be sent, and the link gone, at the same moment."""
    db.session.execute(
        sa.update(HelperLink).where(HelperLink.id == link.id).values(seen_at=clock.now())
    )


def keep(link: HelperLink, answers: Mapping[str, str | list[str]], *, seen: str) -> None:
    """Keep one page that the helper leaves, as `drafts.keep` does. Once they wrote something, the
    complaint says that they did. Raises Refusal when the page was changed elsewhere, and when
    the link is over."""
    if not _still_live(link):
        raise Refusal("over", sentence("This link does not open"))
    db.session.refresh(link.draft)
    before = drafts.read(link.draft)
    drafts.keep(link.claimant, answers, seen=seen)
    if any(answers[name] != before.get(name, "") for name in answers):
        helpers = [each for each in str(before.get("helper", "")).split("; ") if each]
        if link.name not in helpers:
            drafts.keep(link.claimant, {"helper": "; ".join([*helpers, link.name])})


def finish(link: HelperLink) -> None:
    """The helper says that they have finished. It is the person's again."""
    if _still_live(link):
        link.finished_at = link.ended_at = clock.now()
        log.append(link.claimant_id, events.HelperEnded(link.id), by=Actor.system())


def end(link: HelperLink, *, by: Actor) -> None:
    """The person does not want anybody to write for them any more."""
    rules.require("let_help", by)
    if _still_live(link):
        link.ended_at = clock.now()
        log.append(link.claimant_id, events.HelperEnded(link.id), by=by)


def _still_live(link: HelperLink) -> bool:
    """Take the person's lock, and read the link as it is now."""
    lock(link.claimant)
    found = db.session.get(HelperLink, link.id, populate_existing=True)
    return found is not None and rules.is_live(found, clock.now())
