"""What a person can say about their support plan, at whichever door.

Each function takes part in the caller's transaction and returns the entry whose receipt proves
it. Saying the same thing twice records it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from portal import clock, working_days
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor
from portal.database import db, new_id
from portal.dated_data import number
from portal.plan import events, offers, queries, rules
from portal.plan.models import Ask, Decision, Promise, Status
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def happened(promise: Promise, *, by: Actor) -> Entry:
    """The person says that it happened. Then it is kept, whoever said so first."""
    rules.require("happened", by)
    lock(promise.claimant)
    db.session.refresh(promise)
    if promise.status is Status.kept:
        return same(promise.receipt)
    _require_open(promise)
    promise.status, promise.settled_at = Status.kept, clock.now()
    promise.disputed_at = promise.date_asked_at = None
    return recorded(promise, events.Happened(promise.id, promise.kind), by)


def not_happened(promise: Promise, *, by: Actor) -> Entry:
    """The person says that it has not happened. What the office had called done waits again, and
    goes to the manager."""
    rules.require("not_happened", by)
    lock(promise.claimant)
    db.session.refresh(promise)
    if promise.status is Status.withdrawn:
        _require_open(promise)
    reopened = promise.status is Status.kept
    if not reopened and (said := _said_today(promise, events.NotHappened.kind)):
        return said
    if reopened:
        promise.status, promise.settled_at = Status.promised, None
        promise.disputed_at = clock.now()
    return recorded(promise, events.NotHappened(promise.id, promise.kind, reopened), by)


def remind(promise: Promise, *, by: Actor) -> Entry:
    """The person reminds whoever answers for it: once a working day."""
    rules.require("remind", by)
    lock(promise.claimant)
    db.session.refresh(promise)
    _require_open(promise)
    nation = promise.claimant.office.nation
    if not rules.may_remind(promise, clock.today(), nation):
        return log.last(promise.claimant_id, promise.id, events.Reminded)
    promise.reminded_on = working_days.first_from(clock.today(), nation)
    promise.reminders += 1
    return recorded(promise, events.Reminded(promise.id, promise.kind, promise.reminders), by)


def ask_new_date(promise: Promise, *, by: Actor) -> Entry:
    """The person asks by when it will be done instead. The old day stands until then."""
    rules.require("ask_new_date", by)
    lock(promise.claimant)
    db.session.refresh(promise)
    _require_open(promise)
    if promise.date_asked_at is not None:
        return log.last(promise.claimant_id, promise.id, events.DateAsked)
    promise.date_asked_at = clock.now()
    return recorded(promise, events.DateAsked(promise.id, promise.kind), by)


def ask_for(
    claimant: Claimant,
    offer: str,
    *,
    about: UUID | None = None,
    title: str = "",
    needs: Sequence[str] = (),
    note: str = "",
    by: Actor,
) -> Entry:
    """The person asks their work coach about an offer, a place on a course, or for a second
    opinion on one; the office says by which day it replies.

    `about` is the course or step, `title` its name. Asking again gives the same receipt.
    """
    rules.require("ask_for", by)
    if offer not in offers.known() and offer not in rules.OTHER_ASKS:
        raise Refusal("offer", sentence("Choose what you want to ask about."))
    if set(needs) - set(rules.NEEDS):
        raise Refusal("needs", sentence("Choose from the list what you need."))
    if len(note) > rules.LONGEST:
        raise Refusal("note", sentence("This is too long. Use fewer words."))
    lock(claimant)
    about = about or claimant.id
    found = queries.open_ask(claimant, offer, about)
    if found is not None:
        return same(found.receipt)
    now, nation = clock.now(), claimant.office.nation
    reply_in = number("reply_to_ask")
    ask = Ask(
        id=new_id(),
        claimant_id=claimant.id,
        offer=offer,
        about=about,
        title=title,
        needs=[need for need in rules.NEEDS if need in needs],
        note=note.strip(),
        asked_at=now,
        reply_by=working_days.after(clock.today(), reply_in, nation),
    )
    db.session.add(ask)
    db.session.flush()
    event = events.Asked(ask.id, offer, " ".join(ask.needs), ask.reply_by)
    entry = log.append(claimant.id, event, by=by)
    ask.receipt = entry.receipt
    return entry


def withdraw_ask(ask: Ask, *, by: Actor) -> Entry:
    """The person no longer asks for it."""
    rules.require("withdraw_ask", by)
    lock(ask.claimant)
    db.session.refresh(ask)
    if ask.decision is Decision.withdrawn:
        return same(ask.receipt)
    if ask.decision is not None:
        raise Refusal("settled", sentence("Your Jobcentre has answered this already."))
    ask.decision, ask.decided_at = Decision.withdrawn, clock.now()
    entry = log.append(ask.claimant_id, events.AskWithdrawn(ask.id, ask.offer), by=by)
    ask.receipt = entry.receipt
    return entry


def remind_of_late() -> int:
    """The clock found promises late: record it, so that both sides see it, and put each before
    its owner again. Returns how many."""
    today = clock.today()
    return sum(_tell_late(promise, today) for promise in queries.to_tell_late(today))


def _tell_late(promise: Promise, today: date) -> bool:
    nation = promise.claimant.office.nation
    if not rules.owner_is_due(promise, today, nation):
        return False
    lock(promise.claimant)
    db.session.refresh(promise)
    if not rules.owner_is_due(promise, today, nation):
        return False  # Settled, or told by another worker, while we waited for our turn.
    promise.told_late_on, promise.late_reminders = today, promise.late_reminders + 1
    event = events.PromiseLate(
        promise.id,
        promise.kind,
        promise.due,
        rules.days_late(promise, today),
        promise.late_reminders,
    )
    log.append(promise.claimant_id, event, by=Actor.system())
    return True


def recorded(promise: Promise, event: events.AboutPromise, by: Actor) -> Entry:
    """Record what happened to a promise; whoever had an older page before them is told."""
    promise.version += 1
    entry = log.append(promise.claimant_id, event, by=by)
    promise.receipt = entry.receipt
    return entry


def same(receipt: str) -> Entry:
    """The entry that says this already."""
    entry = log.by_receipt(receipt)
    assert entry is not None
    return entry


def _require_open(promise: Promise) -> None:
    if promise.status is Status.withdrawn:
        raise Refusal("withdrawn", sentence("Your Jobcentre has taken this promise back."))
    if promise.status is Status.kept:
        raise Refusal("kept", sentence("This is marked as done already."))


def _said_today(promise: Promise, kind: str) -> Entry | None:
    for entry in reversed(log.entries_about(promise.claimant_id, promise.id)):
        if entry.kind == kind and clock.local(entry.at).date() == clock.today():
            return entry
    return None
