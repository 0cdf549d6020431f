"""What the desk does with requests for help with costs, and what time does. Apart from `actions`:
nothing here may be done in a claimant's name."""

from __future__ import annotations

from portal import clock
from portal.account.models import Staff
from portal.account.rules import MANAGERS
from portal.actors import Actor
from portal.costs import amounts, events, queries, rules
from portal.costs.actions import again
from portal.costs.models import CostRequest, Decision, Pay
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def see(request: CostRequest, *, staff: Staff, by: Actor) -> Entry | None:
    """Staff opened the request. Recorded once for each look; the person sees it."""
    again(request)
    if request.seen_at is not None or request.decision is not None:
        return None
    request.seen_at, request.seen_by = clock.now(), staff.id
    event = events.Seen(request.id, request.item, request.receipt)
    return log.append(request.claimant_id, event, by=by)


def agree(
    request: CostRequest,
    *,
    pence: int,
    pay: Pay,
    when: str,
    keep: str = "",
    staff: Staff,
    by: Actor,
) -> Entry:
    """The office pays: how much, how and when, and which receipts the person keeps."""
    if not 0 < pence <= amounts.MOST_PENCE:
        raise Refusal("amount", amounts.TOO_MUCH if pence > 0 else amounts.NOT_ABOVE_0)
    if not when.strip():
        raise Refusal("when", sentence("Say when the money comes. The person will see it."))
    late = _decide(request, Decision.agreed, staff)
    request.agreed_pence, request.pay = pence, pay.value
    request.pay_when, request.keep = when.strip(), keep.strip()
    event = events.Agreed(request.id, request.item, request.receipt, pence, pay, late)
    return log.append(request.claimant_id, event, by=by)


def refuse(request: CostRequest, *, why: str, staff: Staff, by: Actor) -> Entry:
    """The office says no. It must say why, and the person sees it and what they can do next."""
    if not why.strip():
        raise Refusal("why", sentence("Say why, in plain words. The person will see it."))
    late = _decide(request, Decision.refused, staff)
    request.why = why.strip()
    looked_again = request.look_again_at is not None
    event = events.Refused(request.id, request.item, request.receipt, late, looked_again)
    return log.append(request.claimant_id, event, by=by)


def why_not(request: CostRequest, staff: Staff) -> Refusal | None:
    """Why this member of staff may not answer a request; None when they may.

    A second look is a manager's, and never of whoever said no. Where no other manager is, it is
    anybody else's: the person must not wait for somebody who does not exist.
    """
    if request.look_again_at is None:
        return None
    if request.first_by == staff.id:
        return Refusal(
            "same-person",
            sentence("You said no the first time. Somebody else must look at it again."),
        )
    office_id = request.claimant.office_id
    if staff.role not in MANAGERS and queries.has_manager(office_id, request.first_by):
        return Refusal("manager", sentence("A manager must look at this again."))
    return None


def _decide(request: CostRequest, decision: Decision, staff: Staff) -> bool:
    """Settle it; True when the day that was named is over."""
    again(request)
    if request.decision is not None:
        raise Refusal("decided", sentence("This request was settled a moment ago."))
    if refusal := why_not(request, staff):
        raise refusal
    now = clock.now()
    late = rules.is_late(request, clock.today())
    request.was_late = request.was_late or late
    request.decision, request.decided_at, request.decided_by = decision, now, staff.id
    if request.seen_at is None:
        request.seen_at, request.seen_by = now, staff.id
    request.nudge_at = None
    return late


def nudge() -> int:
    """Time passed and nobody answered: record that, and put it before the office again; once the
    day is over, before a manager. Returns how many. The person sees it in their record."""
    now, nudged = clock.now(), 0
    # In the order of people, like every sweep: two of them wait for each other, never in a ring.
    for request in sorted(queries.to_nudge(now), key=lambda each: each.claimant_id):
        again(request)
        if request.decision is not None or request.nudge_at is None or request.nudge_at > now:
            continue
        nation = request.claimant.office.nation
        late = now >= rules.late_from(request, nation)
        if late and request.manager_since is None:
            request.manager_since = now
        request.was_late = request.was_late or late
        request.nudges, request.nudge_at = (
            request.nudges + 1,
            rules.next_nudge(request, nation, now),
        )
        event = events.Nudged(request.id, request.item, request.receipt, request.reply_by, late)
        log.append(request.claimant_id, event, by=Actor.system())
        nudged += 1
    return nudged
