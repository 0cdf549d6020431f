"""How much notice an office normally gives. What was recorded under another number stays as it was:
each entry keeps the number of its day. Pure; times are aware.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.dated_data import number


def notice_hours() -> int:
    """The hours of notice an office normally gives. A practice that staff described, not a law.

    Facts 2.2: Jobcentre staff told Citizens Advice that notice is normally no less than
    48 hours unless the person agrees. The decision makers' guide names no number.
    """
    return number("notice")


def is_short_notice(given_at: datetime, starts_at: datetime) -> bool:
    """True when the time between being told and the start is less than the notice rule."""
    return starts_at - given_at < timedelta(hours=notice_hours())
