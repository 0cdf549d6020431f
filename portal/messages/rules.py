"""When the office replies, when it calls, and who may ask. Pure. Times are aware, UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from portal import clock, working_days
from portal.actors import Actor, Assurance, Kind
from portal.dated_data import number
from portal.messages.models import Message, When
from portal.refusals import Refusal, Sentence, sentence

LONGEST = 4000
"""Characters of one message."""
MOST_TRIES = 2
"""Calls that reach nobody, before the person has to ask again (facts 10, scenario 13)."""

WHEN: dict[When, Sentence] = {
    When.now: sentence("As soon as you can"),
    When.morning: sentence("In the morning"),
    When.afternoon: sentence("In the afternoon"),
}

CALL_REASONS: dict[str, Sentence] = {
    "appointment": sentence("My appointment"),
    "missed": sentence("I missed your call or my appointment"),
    "plan": sentence("My plan"),
    "costs": sentence("Help with costs"),
    "pin": sentence("My PIN for texts"),
    "other": sentence("Something else"),
}

_ENDS = {When.morning: time(12, 0), When.afternoon: working_days.CLOSES}

NEEDED = {
    "write": Assurance.number,
    "ask_for_call": Assurance.number,
    "withdraw_call": Assurance.number,
}
"""How sure we must be of the person for each action (sms.md in the design: security)."""
FOR_THEM = frozenset({"write", "ask_for_call"})
"""What staff may write down for a person who told them."""


def require(action: str, by: Actor) -> None:
    """Refuse an actor who is neither sure enough to be the person nor staff who were told."""
    if by.kind is Kind.staff and action in FOR_THEM and by.assurance >= Assurance.staff:
        return
    if by.kind is not Kind.claimant or by.assurance < NEEDED[action]:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def reply_by(written: datetime, nation: str) -> date:
    """The day by which the office replies to a message, by its nation's holidays. A promise of
    this service, not a law."""
    return working_days.after(clock.local(written).date(), number("reply_to_a_message"), nation)


def is_late(message: Message, today: date) -> bool:
    """True when the office said it would reply by a day that is over, and has not."""
    return message.reply_by is not None and message.replied_at is None and today > message.reply_by


def call_by(when: When, asked: datetime, nation: str) -> datetime:
    """The end of the time in which the office should call. `now` means today while the office
    is open, or else the next working day; a morning or afternoon that is nearly over is the
    next one."""
    local = clock.local(asked)
    ends = _ENDS.get(when, working_days.CLOSES)
    latest = (datetime.combine(local.date(), ends) - timedelta(hours=1)).time()
    day = local.date() if local.time() < latest else local.date() + timedelta(days=1)
    return clock.from_wall_clock(datetime.combine(working_days.first_from(day, nation), ends))
