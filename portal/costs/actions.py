"""What a person can do about help with costs: ask, ask a manager to look again, take it back.

Each function takes part in the caller's transaction and returns the entry whose receipt proves
it. Saying the same thing twice records it once.
"""

from __future__ import annotations

from uuid import UUID

from portal import clock
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor
from portal.appointments import queries as diary
from portal.costs import amounts, events, queries, rules
from portal.costs.models import CostRequest, Decision
from portal.costs.rules import Wish
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

NOT_THERE = sentence(
    "This help is for England, Scotland and Wales. In Northern Ireland, ask your Jobs & Benefits "
    "office."
)


def ask(claimant: Claimant, wish: Wish, *, request_id: UUID | None = None, by: Actor) -> Entry:
    """The person asks the office to pay for one thing. Each thing is a request of its own.

    With an id that the page made, a second press of the button finds the first request; so does
    asking for the very same while it waits. Raises Refusal for a day that is over, an amount
    that cannot be, or too many open requests.
    """
    rules.require("ask", by)
    _check(claimant, wish)
    lock(claimant)
    known = queries.request(claimant, request_id) if request_id else None
    waiting = queries.waiting_of(claimant)
    known = known or next((each for each in waiting if _is_same(each, wish)), None)
    if known is not None:
        return _asking(known)
    if len(waiting) >= rules.MOST_OPEN:
        raise Refusal(
            "too-many",
            sentence(
                "Many of your requests wait for an answer. Please call %(phone)s.",
                phone=claimant.office.phone,
            ),
        )
    now, nation = clock.now(), claimant.office.nation
    request = CostRequest(
        id=request_id or new_id(),
        claimant_id=claimant.id,
        owner_id=claimant.coach_id,
        asked_at=now,
        reply_by=rules.reply_by(now, wish.needed_by, nation),
        nudges=0,
        **vars(wish),
    )
    request.nudge_at = rules.next_nudge(request, nation, now)
    db.session.add(request)
    db.session.flush()
    event = events.Asked(
        request.id, request.item, request.amount_pence, request.needed_by, request.reply_by
    )
    entry = log.append(claimant.id, event, by=by)
    request.receipt = entry.receipt
    return entry


def ask_to_look_again(request: CostRequest, *, by: Actor) -> Entry:
    """The person does not agree with a no: a manager looks again, with a clock of its own.

    It is no benefit decision, so nothing is appealed; whoever is not content complains after
    that (facts 1.5, Challenge).
    """
    rules.require("ask_to_look_again", by)
    again(request)
    if request.look_again_at is not None and request.decision is None:
        return log.last(request.claimant_id, request.id, events.LookAgainAsked)
    if not rules.may_look_again(request):
        raise Refusal("no-look-again", sentence("There is no answer to look at again."))
    now, nation = clock.now(), request.claimant.office.nation
    request.first_why, request.first_by = request.why, request.decided_by
    request.why, request.decision, request.decided_at, request.decided_by = "", None, None, None
    request.look_again_at = request.manager_since = now
    request.answer_read_at = None
    request.reply_by = rules.reply_by(now, None, nation)
    request.nudges, request.seen_at, request.seen_by = 0, None, None
    request.nudge_at = rules.next_nudge(request, nation, now)
    event = events.LookAgainAsked(request.id, request.item, request.receipt, request.reply_by)
    return log.append(request.claimant_id, event, by=by)


def withdraw(request: CostRequest, *, by: Actor) -> Entry:
    """The person no longer asks for it. Only while it waits: an answer stays an answer."""
    rules.require("withdraw", by)
    again(request)
    if request.decision is Decision.withdrawn:
        return log.last(request.claimant_id, request.id, events.Withdrawn)
    if request.decision is not None:
        raise Refusal("decided", sentence("Your Jobcentre has answered this already."))
    request.decision, request.decided_at = Decision.withdrawn, clock.now()
    request.nudge_at = None
    event = events.Withdrawn(request.id, request.item, request.receipt)
    return log.append(request.claimant_id, event, by=by)


def open_answer(request: CostRequest) -> None:
    """The person has the answer before them. Not recorded: it is nobody's duty to read."""
    request.answer_read_at = request.answer_read_at or clock.now()


def _check(claimant: Claimant, wish: Wish) -> None:
    if claimant.office.nation == "northern_ireland":
        raise Refusal("northern-ireland", NOT_THERE)
    if wish.amount_pence is not None and not 0 < wish.amount_pence <= amounts.MOST_PENCE:
        raise Refusal("amount", amounts.TOO_MUCH if wish.amount_pence > 0 else amounts.NOT_ABOVE_0)
    if wish.needed_by is not None and wish.needed_by < clock.today():
        raise Refusal("past", sentence("This day is over. Write a day that is still to come."))
    if max(len(wish.item_words), len(wish.step)) > rules.LONGEST_WORDS:
        raise Refusal("words", sentence("This is too long. Say it in fewer words."))
    if wish.appointment_id and diary.appointment(claimant, wish.appointment_id) is None:
        raise Refusal("appointment", sentence("Choose one of your own appointments."))


def _is_same(request: CostRequest, wish: Wish) -> bool:
    """Asked for again in the same words. Two fares on two days are two requests."""
    alike = ("item", "item_words", "amount_pence", "needed_by", "step", "appointment_id")
    return all(getattr(request, name) == getattr(wish, name) for name in alike)


def _asking(request: CostRequest) -> Entry:
    entry = log.by_receipt(request.receipt)
    assert entry is not None
    return entry


def again(request: CostRequest) -> None:
    """Take the person's lock, and read the request as it is now."""
    lock(request.claimant)
    db.session.refresh(request)
