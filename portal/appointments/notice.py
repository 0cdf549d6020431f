"""How much notice an office normally gives. Apart from `rules` because it is dated: it changes
from a day on, and what was recorded under the old number stays as it was. Pure; times are aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class NoticeRule:
    """How much notice an office normally gives. A practice that staff described, not a law.

    Facts 2.2: Jobcentre staff told Citizens Advice that notice is normally no less than
    48 hours unless the person agrees. The decision makers' guide names no number.
    """

    since: date
    hours: int
    source: str
    checked: date


NOTICE_RULES = (
    NoticeRule(date(2025, 1, 1), 48, "Citizens Advice, Found anything yet?", date(2026, 11, 21)),
)


def notice_hours(on: date) -> int:
    """The hours of notice an office normally gives, by the rule in force on that day."""
    return max((r for r in NOTICE_RULES if r.since <= on), key=lambda r: r.since).hours


def is_short_notice(given_at: datetime, starts_at: datetime) -> bool:
    """True when the time between being told and the start is less than the notice rule."""
    return starts_at - given_at < timedelta(hours=notice_hours(given_at.date()))
