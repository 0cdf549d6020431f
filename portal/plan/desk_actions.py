"""What the office does with its promises and with what people asked for. Apart from `actions`:
nothing here may be done in a claimant's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal import clock, languages
from portal.account.locks import lock
from portal.account.models import Claimant, Staff
from portal.actors import Actor
from portal.database import db, new_id
from portal.plan import events, queries, rules
from portal.plan.actions import recorded
from portal.plan.models import Ask, Decision, Promise, Status
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


@dataclass(frozen=True)
class Offer:
    """What is being promised: what, who does it, who answers for it, and by when."""

    kind: str
    owner: Staff
    due: date
    words: str = ""
    who_name: str = ""
    who_role: str = ""


def promise(
    claimant: Claimant, offer: Offer, *, promise_id: UUID | None = None, by: Actor
) -> Entry:
    """The office promises something. Raises Refusal for what is vague, nobody's, or in the past.

    With an id that the page made, a second press of the button finds the first promise.
    """
    who_name = offer.who_name.strip() or offer.owner.name
    who_role = offer.who_role.strip() or offer.owner.role
    words = offer.words.strip()
    rules.check_promise(offer.kind, words, who_name, who_role)
    lock(claimant)
    known = queries.promise(claimant, promise_id) if promise_id else None
    if known is not None:
        return log.last(claimant.id, known.id, events.Promised)
    rules.check_due(offer.due, clock.today(), claimant.office.nation)
    made = Promise(
        id=promise_id or new_id(),
        claimant_id=claimant.id,
        kind=offer.kind,
        words=words,
        who_name=who_name,
        who_role=who_role,
        owner_id=offer.owner.id,
        due=offer.due,
        made_at=clock.now(),
        status=Status.promised,
    )
    db.session.add(made)
    db.session.flush()
    shown = wording(made, claimant.language)
    event = events.Promised(
        made.id,
        made.kind,
        who_name,
        who_role,
        made.due,
        len(words),
        shown.language,
        shown.digest,
        shown.review,
    )
    entry = log.append(claimant.id, event, by=by)
    made.receipt = entry.receipt
    return entry


def wording(promise: Promise, language: str) -> languages.Wording:
    """What the plan says of a promise in a language: the sentence of its kind, and the office's own
    words, one a line."""
    with languages.speaking(language):
        kind = "" if promise.kind == "other" else languages.say(rules.KINDS[promise.kind])
        return languages.wording("\n".join(each for each in (kind, promise.words) if each))


def start(found: Promise, *, by: Actor) -> Entry:
    """Staff are at it. It is late all the same once its day has passed."""
    _take(found)
    if found.status is Status.in_progress:
        return log.last(found.claimant_id, found.id, events.PromiseStarted)
    found.status = Status.in_progress
    return recorded(found, events.PromiseStarted(found.id, found.kind), by)


def keep(found: Promise, *, by: Actor) -> Entry:
    """Staff say that it is done. The person can say that it is not."""
    _take(found)
    late = rules.days_late(found, clock.today())
    found.status, found.settled_at = Status.kept, clock.now()
    found.disputed_at = found.date_asked_at = None
    return recorded(found, events.PromiseKept(found.id, found.kind, late), by)


def withdraw(found: Promise, why: str, *, by: Actor) -> Entry:
    """The office takes a promise back, and says why in words that the person sees."""
    said = _why(why)
    _take(found)
    found.status, found.settled_at, found.why = Status.withdrawn, clock.now(), said
    found.date_asked_at = None
    return recorded(found, events.PromiseWithdrawn(found.id, found.kind), by)


def change_date(found: Promise, due: date, *, version: int | None = None, by: Actor) -> Entry:
    """The office names another day, asked or not. It is late no longer; that it was late stays in
    the record."""
    _take(found, version)
    if due == found.due:
        raise Refusal("same", sentence("That is the day that was promised already."))
    rules.check_due(due, clock.today(), found.claimant.office.nation)
    was, found.due = found.due, due
    found.date_asked_at, found.told_late_on = None, None
    return recorded(found, events.PromiseDateChanged(found.id, found.kind, was, due), by)


def keep_date(found: Promise, why: str, *, by: Actor) -> Entry:
    """The person had asked for another day, and the office does not agree: why."""
    said = _why(why)
    _take(found)
    if found.date_asked_at is None:
        raise Refusal("settled", sentence("This was settled a moment ago."))
    found.date_asked_at, found.why = None, said
    return recorded(found, events.PromiseDateKept(found.id, found.kind, found.due), by)


def see_ask(ask: Ask, *, by: Actor) -> Entry | None:
    """Staff opened what a person asked. Recorded once; the person sees it."""
    lock(ask.claimant)
    db.session.refresh(ask)
    if ask.seen_at is not None or ask.decision is not None:
        return None
    ask.seen_at = clock.now()
    return log.append(ask.claimant_id, events.AskSeen(ask.id, ask.offer), by=by)


def agree(ask: Ask, offer: Offer, *, staff: Staff, promise_id: UUID, by: Actor) -> Entry:
    """The office agrees, and says what it will do, who does it and by when."""
    _decide(ask, staff)
    promise(ask.claimant, offer, promise_id=promise_id, by=by)
    ask.decision, ask.decided_at, ask.promise_id = Decision.agreed, clock.now(), promise_id
    late = ask.reply_by < clock.today()
    return log.append(ask.claimant_id, events.AskAgreed(ask.id, ask.offer, promise_id, late), by=by)


def refuse(ask: Ask, why: str, *, staff: Staff, by: Actor) -> Entry:
    """The office says no, and why, in words that the person sees."""
    said = _why(why)
    _decide(ask, staff)
    late = ask.reply_by < clock.today()
    ask.decision, ask.decided_at, ask.why = Decision.refused, clock.now(), said
    return log.append(ask.claimant_id, events.AskRefused(ask.id, ask.offer, late), by=by)


def _decide(ask: Ask, staff: Staff) -> None:
    lock(ask.claimant)
    db.session.refresh(ask)
    if ask.decision is not None:
        raise Refusal("settled", sentence("This was settled a moment ago."))
    if ask.offer == "second_opinion" and ask.claimant.coach_id == staff.id:
        raise Refusal(
            "own", sentence("A second opinion comes from another work coach than their own.")
        )
    ask.seen_at = ask.seen_at or clock.now()


def _take(found: Promise, version: int | None = None) -> None:
    """Take the promise for a change: it must be open, and as the page showed it."""
    lock(found.claimant)
    db.session.refresh(found)
    if not rules.is_open(found):
        raise Refusal("settled", sentence("This was settled a moment ago."))
    if version is not None and version != found.version:
        raise Refusal("changed", sentence("Somebody changed this a moment ago. Look at it again."))


def _why(why: str) -> str:
    said = why.strip()
    if not said:
        raise Refusal("why", sentence("Say why, in plain words. The person will see it."))
    if len(said) > rules.LONGEST:
        raise Refusal("why", sentence("This is too long. Use fewer words."))
    return said
