"""When reminders are due, by the rules in force. Pure: data and times, no database.

The rules are data with a date and a source, in `reminders.toml`. Moments are aware, UTC; hours
of the day and working days are those of the wall clock in the United Kingdom.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from portal import clock
from portal.account.models import Way
from portal.appointments.models import Answer, Appointment, Status
from portal.working_days import before, hours_of

FILE = Path(__file__).parent / "reminders.toml"

OFFER_AGAIN = "appointments.offer_again"
TWO_DAYS = "appointments.reminder_two_days"
DAY_BEFORE = "appointments.reminder_day_before"
MORNING = "appointments.reminder_morning"
STILL_STANDS = "appointments.still_stands"
DIGEST = "reminders.digest"
COMMITMENT = "commitment.reminder"
CALL = "reminders.call"
TELL = "reminders.tell"

TEXTS = frozenset({OFFER_AGAIN, TWO_DAYS, DAY_BEFORE, MORNING, STILL_STANDS})
TASKS = frozenset({CALL, TELL})
OPTIONAL = frozenset({TWO_DAYS, MORNING})
"""What a comparison group goes without. Never an offer, a change, or a call by staff."""
UNASKED = TEXTS | {"appointments.offer", "appointments.offer_short_notice"}
"""What counts towards the caps. An offer counts but is never held back: it is the notice."""

_TIME_TO_ANSWER = timedelta(hours=4)
"""Nobody is called about an offer that has only just reached them."""
_SLACK = timedelta(minutes=2)
"""For the worker to come round, when the first moment for a text is the last one too."""


class Situation(StrEnum):
    """Where an appointment stands, as far as reminders go."""

    unanswered = "unanswered"
    agreed = "agreed"
    """Both sides know that it takes place: accepted, a phone call agreed, or a request refused."""
    asked = "asked"
    """The person asked for something, and the office has not answered."""


@dataclass(frozen=True)
class Policy:
    """The rules that hold from `since` on, and where they come from."""

    since: date
    checked: date
    source: str
    hours_between: int
    call: dict[str, Any]
    tell: dict[str, Any]
    two_days: dict[str, Any]
    day_before: dict[str, Any]
    morning: dict[str, Any]
    caps: dict[str, int]
    digest: dict[str, time]


@dataclass(frozen=True)
class Meeting:
    """What reminders need to know of an appointment that stands."""

    id: UUID
    claimant_id: UUID
    starts_at: datetime
    notice_given_at: datetime
    told_at: datetime
    """When the person last heard or said something about it."""
    situation: Situation
    nation: str
    may_text: bool
    way: Way
    morning_text: bool = True

    @property
    def key(self) -> str:
        """The appointment at this time: another time is another meeting."""
        return f"{self.id}:{int(self.starts_at.timestamp())}"


@cache
def policies() -> tuple[Policy, ...]:
    """Every block of rules, oldest first. Raises TypeError when one lacks a rule."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["policy"]
    return tuple(sorted((Policy(**row) for row in rows), key=lambda each: each.since))


def in_force(day: date) -> Policy:
    """The rules of a day; those of the first block for any day before it."""
    return max(
        (p for p in policies() if p.since <= day), key=lambda p: p.since, default=policies()[0]
    )


def situation_of(answer: Answer, asks: bool) -> Situation:
    """`asks`: a request is open that the office has not answered."""
    if answer is Answer.none:
        return Situation.unanswered
    return Situation.asked if asks else Situation.agreed


def due(meeting: Meeting, now: datetime, policy: Policy) -> str | None:
    """The text that should go now, if there is one. Never more than one is due at a time, so
    that after a standstill only what still makes sense goes out."""
    if not meeting.may_text:
        return None
    between = timedelta(hours=policy.hours_between)
    if now < meeting.told_at + between:
        return None
    for kind, start, end in _windows(meeting, policy):
        if start <= now < end:
            return kind
    return None


def task_due(meeting: Meeting, now: datetime, policy: Policy) -> str | None:
    """What staff should do about it now: call whoever has not answered, or remind whoever gets
    no texts."""
    if now >= meeting.starts_at:
        return None
    if meeting.situation is Situation.unanswered and policy.call["on"]:
        left = int(policy.call["working_days_left"])
        start = max(call_from(meeting, left), meeting.notice_given_at + _TIME_TO_ANSWER)
        if start <= now:
            return CALL
    if meeting.may_text or not policy.tell["on"]:
        return None
    by_letter = meeting.way in (Way.letter, Way.slip)
    if meeting.situation is Situation.unanswered and not by_letter:
        return None
    left = int(policy.tell["working_days_left_by_letter" if by_letter else "working_days_left"])
    start = call_from(meeting, left)
    # Whoever was booked later than that is being told about it anyway.
    return TELL if meeting.notice_given_at < start <= now else None


def call_from(meeting: Meeting, working_days_left: int) -> datetime:
    """When staff must hear of it, so that so many full working days are left to act."""
    day = before(clock.local(meeting.starts_at).date(), working_days_left, meeting.nation)
    return min(hours_of(day)[0], meeting.starts_at - timedelta(hours=24))


def last_moment(kind: str, starts_at: datetime) -> datetime:
    """After this a reminder is of no use any more."""
    if kind == OFFER_AGAIN:
        return starts_at
    policy = in_force(clock.local(starts_at).date())
    return starts_at - timedelta(hours=policy.morning["not_under_hours"]) + _SLACK


def still_means(kind: str, appointment: Appointment, made_at: datetime, now: datetime) -> bool:
    """Asked just before sending: does a reminder still say what is so?"""
    if appointment.status is not Status.booked or appointment.notice_given_at > made_at:
        return False
    if now >= last_moment(kind, appointment.starts_at):
        return False
    now_is = situation_of(appointment.answer, appointment.open_request is not None)
    return now_is in _MEANT_FOR[kind]


_MEANT_FOR = {
    OFFER_AGAIN: {Situation.unanswered},
    TWO_DAYS: {Situation.agreed},
    DAY_BEFORE: {Situation.agreed},
    STILL_STANDS: {Situation.asked},
    MORNING: {Situation.agreed, Situation.unanswered},
}


def _windows(meeting: Meeting, policy: Policy) -> list[tuple[str, datetime, datetime]]:
    """From when until when each text makes sense for this meeting; none overlaps another."""
    start = meeting.starts_at
    two_days = start - timedelta(hours=policy.two_days["hours_before"])
    day_before = start - timedelta(hours=policy.day_before["hours_before"])
    latest = last_moment(MORNING, start)
    morning = _morning_of(start, policy) if meeting.morning_text else None
    unanswered = meeting.situation is Situation.unanswered
    asked = meeting.situation is Situation.asked
    found: list[tuple[str, datetime, datetime]] = []
    if policy.two_days["on"] and not asked:
        found.append((OFFER_AGAIN if unanswered else TWO_DAYS, two_days, day_before))
    if policy.day_before["on"] and asked:
        found.append((STILL_STANDS, day_before, latest))
    elif policy.day_before["on"] and not unanswered:
        found.append((DAY_BEFORE, day_before, morning or latest))
    if morning is not None and not asked:
        found.append((MORNING, morning, latest))
    return found


def _morning_of(starts_at: datetime, policy: Policy) -> datetime | None:
    """When the text of the same day goes; None when it would come too late to be of use."""
    rule = policy.morning
    earliest = datetime.combine(clock.local(starts_at).date(), rule["not_before"])
    at = max(starts_at - timedelta(hours=rule["hours_before"]), clock.from_wall_clock(earliest))
    if not rule["on"] or at > starts_at - timedelta(hours=rule["not_under_hours"]):
        return None
    return at
