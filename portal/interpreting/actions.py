"""Letting an interpreter follow a person's page: opened, joined, seen, ended. Each function takes
part in the caller's transaction.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account import codes
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.account.queries import hash_of
from portal.actors import Actor, Assurance, Channel, Kind
from portal.database import db, new_id
from portal.interpreting import events, queries, rules
from portal.interpreting.models import Session
from portal.record import log, receipts
from portal.record.models import Entry

_INTERPRETER = Actor(Kind.system, None, Channel.link, Assurance.none)
"""Whoever has the link. We do not know who that is."""


def open_session(claimant: Claimant, *, session_id: UUID | None = None, by: Actor) -> Session:
    """A link with which one interpreter sees this person's page, until the appointment that is on
    ends, or for two hours. While one is open, opening finds that one; so does a second press of
    a button, with the id that its page had.
    """
    rules.require(by)
    lock(claimant)
    known = queries.unended(claimant)
    if known is not None and rules.is_live(known, clock.now()):
        return known
    if known is not None:
        _close(known)
    before = queries.session(session_id) if session_id else None
    if before is not None and before.claimant_id == claimant.id:
        return before
    now, appointment = clock.now(), queries.going_on(claimant)
    found = Session(
        id=session_id if session_id and before is None else new_id(),
        claimant_id=claimant.id,
        appointment_id=appointment.id if appointment else None,
        opened_at=now,
        ends_at=rules.ends_at(now, appointment),
    )
    found.token_hash = hash_of(codes.interpreter_token(found.id))
    db.session.add(found)
    db.session.flush()
    log.append(claimant.id, events.Opened(found.id, found.ends_at), by=by)
    return found


def by_token(token: str) -> Session | None:
    """The session of a code, as it was copied, typed or heard over the telephone."""
    plain = "".join(letter for letter in token.upper() if letter.isalnum())
    return queries.by_token(hash_of(plain.translate(receipts.LOOKALIKES)))


def join(session: Session, browser: str) -> bool:
    """The first to open the link: only the browser that holds `browser` can see pages from now
    on. False when it was opened already, or is over."""
    found = _locked(session)
    if not rules.is_live(found, clock.now()) or found.joined_at is not None:
        return False
    found.joined_at, found.browser_hash = clock.now(), hash_of(browser)
    log.append(found.claimant_id, events.Joined(found.id), by=_INTERPRETER)
    return True


def is_of(session: Session, browser: str) -> bool:
    """Whether this is the browser that opened it."""
    return bool(browser) and codes.same(hash_of(browser), session.browser_hash)


def keep_page(session: Session, *, visit_id: UUID, title: str, page: str) -> None:
    """The person is on this page now; the one before is gone. The same page again is no news."""
    found = _locked(session)
    same = (found.visit_id, found.title, found.page) == (visit_id, title, page)
    nothing_yet = not page and not found.version
    if not rules.is_live(found, clock.now()) or same or nothing_yet:
        return
    found.visit_id, found.title, found.page = visit_id, title, page
    found.version += 1


def see(session: Session) -> Session:
    """The interpreter has the latest page before them. Recorded once for each page."""
    found = _locked(session)
    if found.seen_version < found.version:
        found.seen_version = found.version
        if found.page:
            event = events.PageSeen(found.id, found.title[: rules.LONGEST_TITLE])
            log.append(found.claimant_id, event, by=_INTERPRETER)
    return found


def end(session: Session, *, by: Actor) -> Entry | None:
    """Nobody follows any more. Ending it twice, or when its time is over, records nothing."""
    rules.require(by)
    found = _locked(session)
    live = rules.is_live(found, clock.now())
    _close(found)
    return log.append(found.claimant_id, events.Ended(found.id), by=by) if live else None


def _close(session: Session) -> None:
    session.ended_at = session.ended_at or clock.now()
    session.page = session.title = ""
    db.session.flush()


def _locked(session: Session) -> Session:
    """The session as it is now, one at a time."""
    lock(session.claimant)
    found = db.session.scalar(
        sa.select(Session).where(Session.id == session.id).execution_options(populate_existing=True)
    )
    assert found is not None
    return found
