"""When texts that nobody asked for may go out, and which roles are a manager's. Pure. Times are
those of the wall clock in the United Kingdom."""

from __future__ import annotations

from datetime import time

TEXTS_FROM, TEXTS_UNTIL = time(8), time(20)
"""Nobody is texted before or after, unless they have just texted us (sms.md in the design: when
we text)."""
MANAGERS = frozenset({"manager", "operator"})
"""Roles that answer for how the service runs: they see how many texts go out and what they cost,
what is late, and look again at a no."""

APART_IN_OFFICE, APART_OF_NO_OFFICE = "complaints", "complaints team"
"""Roles that deal with complaints: those of an office, and those who are in none that people
belong to, for people complain to them about their own."""


def may_go(at: time, quiet_from: time | None, quiet_to: time | None) -> bool:
    """True when an unasked text may go at this time to a person with these quiet times."""
    return TEXTS_FROM <= at < TEXTS_UNTIL and not _is_quiet(at, quiet_from, quiet_to)


def _is_quiet(at: time, start: time | None, end: time | None) -> bool:
    if start is None or end is None or start == end:
        return False
    return start <= at < end if start < end else at >= start or at < end


def leaves_room(quiet_from: time | None, quiet_to: time | None) -> bool:
    """True when at least one whole hour of the day is left for texts."""
    hours = range(TEXTS_FROM.hour, TEXTS_UNTIL.hour)
    return any(
        all(may_go(time(hour, minute), quiet_from, quiet_to) for minute in (0, 15, 30, 45))
        for hour in hours
    )


def quiet_outside(first: int, last: int) -> tuple[time | None, time | None]:
    """The quiet times of somebody who wants texts only from one whole hour to another; none for
    the usual hours. Raises ValueError when no hour for texts lies between the two."""
    if not TEXTS_FROM.hour <= first < last <= TEXTS_UNTIL.hour:
        raise ValueError("Texts go between 8 and 20.")
    start, end = time(first), time(last)
    return (None, None) if (start, end) == (TEXTS_FROM, TEXTS_UNTIL) else (end, start)


def without_middle(words: str, most: int) -> str:
    """At most so many characters: how it began and how it is now both matter."""
    if len(words) <= most:
        return words
    gap = "\n…\n"
    half = most // 2
    return words[: half - len(gap)] + gap + words[-half:]
