"""By when the office should answer a request, when it is reminded, and who may ask. Pure.

Whether the fund can pay is no matter for this file: the explainer says it, and staff decide.
Moments are aware, UTC; days are those of the wall clock in the United Kingdom.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from portal import clock, working_days
from portal.actors import Actor, Assurance, Kind
from portal.costs.models import CostRequest, Paid, Pay
from portal.dated_data import number
from portal.refusals import Refusal, Sentence, sentence

LONGEST_WORDS = 200
"""Characters of one line, like what a request is for."""
LONGEST_NOTE = 1000
"""Characters of a reason that staff give."""
MOST_OPEN = 20
"""Requests of one person that wait at the same time."""

PAID: dict[Paid, Sentence] = {
    Paid.no: sentence("No, not yet"),
    Paid.with_receipt: sentence("Yes, and I have the receipt"),
    Paid.without_receipt: sentence("Yes, but I have no receipt"),
}
PAY: dict[Pay, Sentence] = {
    Pay.before: sentence("They pay you before you spend the money."),
    Pay.back: sentence("You pay first, and they pay you back."),
    Pay.supplier: sentence("They pay the shop or provider."),
}

NEEDED = {
    "text_card": Assurance.signed_in,
    "ask": Assurance.number,
    "ask_to_look_again": Assurance.number,
    "withdraw": Assurance.number,
}
"""How sure we must be of the person for each action (sms.md in the design: security)."""
FOR_THEM = frozenset({"ask", "ask_to_look_again", "withdraw"})
"""What staff may write down for a person who told them."""


@dataclass(frozen=True)
class Wish:
    """What a person asks for, as far as they said. Only what is needed must be known."""

    item: str
    item_words: str = ""
    answers: str = ""
    amount_pence: int | None = None
    amount_typed: str = ""
    needed_by: date | None = None
    step: str = ""
    appointment_id: UUID | None = field(default=None)
    paid: Paid = Paid.unknown


def require(action: str, by: Actor) -> None:
    """Refuse an actor who is neither sure enough to be the person nor staff who were told."""
    if by.kind is Kind.staff and action in FOR_THEM and by.assurance >= Assurance.staff:
        return
    if by.kind is not Kind.claimant or by.assurance < NEEDED[action]:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def reply_by(asked: datetime, needed_by: date | None, nation: str) -> date:
    """The day by which we ask the office to answer, sooner when it is needed
    sooner, but never before the next working day."""
    day = clock.local(asked).date()
    # A promise of this service: the Department for Work and Pensions publishes none (facts 1.5).
    usual = working_days.after(day, number("reply_to_costs"), nation)
    if needed_by is None:
        return usual
    in_time = working_days.before(needed_by, 1, nation)
    return max(working_days.after(day, 1, nation), min(usual, in_time))


def next_nudge(request: CostRequest, nation: str, now: datetime) -> datetime | None:
    """When the office is reminded next: in the morning of the last working day before the day,
    of the day itself, and of the working day after it, when it becomes a manager's."""
    moments = (
        _morning(working_days.before(request.reply_by, 1, nation)),
        _morning(request.reply_by),
        late_from(request, nation),
    )
    return next((moment for moment in moments if moment > now), None)


def late_from(request: CostRequest, nation: str) -> datetime:
    """When a request that was not answered becomes a manager's."""
    return _morning(working_days.after(request.reply_by, 1, nation))


def _morning(day: date) -> datetime:
    return clock.from_wall_clock(datetime.combine(day, working_days.OPENS))


def is_open(request: CostRequest) -> bool:
    """True while it waits for an answer."""
    return request.decision is None


def is_late(request: CostRequest, today: date) -> bool:
    """True when the day that was named is over and nobody has answered. That is the office's
    doing, never the person's."""
    return request.decision is None and today > request.reply_by


def is_soon(request: CostRequest) -> bool:
    """True when the answer may come too late for the day it is needed: a call is better."""
    return request.needed_by is not None and request.reply_by >= request.needed_by


def may_look_again(request: CostRequest) -> bool:
    """True when it was refused and no manager has looked at it again yet."""
    return request.state == "refused" and request.look_again_at is None
