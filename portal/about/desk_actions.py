"""What staff do with the page: open it, and say that they have read it. The person sees both."""

from __future__ import annotations

from portal import clock
from portal.about import events, queries
from portal.about.models import AboutMe, Reading
from portal.account.locks import lock
from portal.account.models import Staff
from portal.actors import Actor
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def open_page(page: AboutMe, *, staff: Staff, by: Actor) -> Entry | None:
    """Staff opened it. Recorded once for each version of the page."""
    _take(page)
    if queries.reading(page, staff.id) is not None:
        return None
    db.session.add(
        Reading(about_id=page.id, staff_id=staff.id, version=page.version, opened_at=clock.now())
    )
    db.session.flush()
    event = events.Opened(page.id, page.version, staff.name, staff.role)
    return log.append(page.claimant_id, event, by=by)


def mark_read(page: AboutMe, *, version: int, staff: Staff, by: Actor) -> Entry | None:
    """Staff say that they have read it, as it was before them. None when they had said so."""
    _take(page)
    reading = queries.reading(page, staff.id)
    if reading is None or version != page.version:
        raise Refusal("changed", sentence("This page has changed. Open it again."))
    if reading.read_at is not None:
        return None
    reading.read_at = clock.now()
    return log.append(
        page.claimant_id, events.Read(page.id, page.version, staff.name, staff.role), by=by
    )


def _take(page: AboutMe) -> None:
    lock(page.claimant)
    db.session.refresh(page)
    if page.approved_at is None:
        raise Refusal("taken-back", sentence("The person has taken this page back."))
