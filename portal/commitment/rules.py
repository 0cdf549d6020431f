"""When a commitment must be accepted, what may be asked about it, and who may. Pure.

Days are days of the wall clock in the United Kingdom. Times are aware, UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from portal import clock, working_days
from portal.actors import Actor, Assurance, Kind
from portal.commitment.models import Known, Point, Request, State, Version
from portal.dated_data import number
from portal.refusals import Refusal, Sentence, sentence

LONGEST = 2000
"""Characters of anything that a person or staff write here, but for a point's own sentence."""
MOST_POINTS = 20
MOST_HOURS = 48

DEDUCTIONS: dict[str, Sentence] = {
    "paid_work": sentence("Paid work you do"),
    "voluntary_work": sentence("Voluntary work you do"),
    "training": sentence("Training or a course"),
    "childcare": sentence("Looking after a child"),
    "caring": sentence("Caring for somebody"),
    "other": sentence("Something else that was agreed"),
}
"""What is taken off the hours (facts 3, groups and hours)."""

PAUSED: dict[str, Sentence] = {
    "all": sentence("Everything in this commitment"),
    "work_search": sentence("Looking for work"),
    "ready": sentence("Being ready to start work"),
    "prepare": sentence("Getting ready for work"),
    "meetings": sentence("Meetings"),
}

KNOWN: dict[str, Sentence] = {
    "child": sentence("Main carer of a child"),
    "fit_note": sentence("Fit notes without a gap"),
    "homeless": sentence("Has no home, or is about to lose it"),
    "abuse": sentence("Told us about abuse"),
    "carer": sentence("Cares for somebody"),
    "bereaved": sentence("Somebody close has died"),
}
"""What staff may note, each with a day. It leads to a question to staff, never to a decision."""

FIT: dict[str, Sentence] = {
    "yes": sentence("Yes, it was"),
    "partly": sentence("Partly"),
    "no": sentence("No, it was not"),
}
"""Was this written for you?"""

NEEDED = {
    "read": Assurance.saw_our_text,
    "take_time": Assurance.saw_our_text,
    "accept": Assurance.saw_our_text,
    "say_done": Assurance.signed_in,
    "say_fit": Assurance.signed_in,
    "ask_for_change": Assurance.saw_our_text,
    "add_instead": Assurance.saw_our_text,
    "ask_for_pause": Assurance.signed_in,
    "ask_another_coach": Assurance.saw_our_text,
    "take_back": Assurance.signed_in,
}
"""How sure we must be of the person. By text it takes the PIN (sms.md in the design: security)."""
FOR_THEM = frozenset(
    {"read", "take_time", "accept", "ask_for_change", "ask_for_pause", "ask_another_coach"}
)
"""What staff may write down for a person who told them, or to whom they read it out."""


def require(action: str, by: Actor) -> None:
    """Refuse an actor who is neither sure enough to be the person nor staff who were told."""
    if by.kind is Kind.staff and action in FOR_THEM and by.assurance >= Assurance.staff:
        return
    if by.kind is not Kind.claimant or by.assurance < NEEDED[action]:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def last_day(offered: datetime) -> date:
    """The last day to accept: seven calendar days after the day it was offered (facts 3.2).

    Counted in days of the wall clock, so a change of the clocks takes nothing away.
    """
    return clock.local(offered).date() + timedelta(days=number("time_to_think"))


def last_open_day(version: Version) -> date | None:
    """The last working day up to the last day to accept, when that day is none itself: the office
    is closed then, and only the website and texts still answer."""
    if version.accept_by is None:
        return None
    day, nation = version.accept_by, version.claimant.office.nation
    if working_days.is_working_day(day, nation):
        return None
    while not working_days.is_working_day(day, nation):
        day -= timedelta(days=1)
    return day


def is_late(version: Version, today: date) -> bool:
    """True when the last day is over and the version was not accepted."""
    return (
        version.state is State.offered
        and version.accept_by is not None
        and today > version.accept_by
    )


def unread(version: Version, shown: Collection[object]) -> list[Point]:
    """The points that were neither opened, sent nor read out yet. `shown` are ids of points."""
    return [point for point in version.points if point.id not in shown]


def reply_by(asked: datetime, nation: str) -> date:
    """The day by which the office answers a wish. A promise of this service, not a law."""
    day = clock.local(asked).date()
    return working_days.after(day, number("reply_to_a_change"), nation)


def reply_is_late(request: Request, today: date) -> bool:
    """True when the office said it would answer by a day that is over, and has not."""
    return request.decision is None and today > request.reply_by


def quarter(day: date) -> date:
    """The first day of a day's quarter of the year."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def prompts(known: Iterable[Known], today: date) -> list[tuple[Known, str]]:
    """What staff are asked about, by what is known: a key of `easements` for each.

    It asks whether something has been offered. It decides nothing (facts 9, automated decisions).
    """
    found = []
    for each in known:
        since = date.fromisoformat(each.since) if each.since else None
        key = _easement_for(each.what, since, today)
        if key:
            found.append((each, key))
    return found


def _easement_for(what: str, since: date | None, today: date) -> str:
    if what == "child" and since is not None:
        age = today.year - since.year - ((today.month, today.day) < (since.month, since.day))
        steps = ((1, "child_under_1"), (2, "child_1"), (3, "child_2"), (13, "child_3_to_12"))
        return next((key for below, key in steps if age < below), "child_13" if age < 16 else "")
    if what == "fit_note" and since is not None:
        return "long_sick" if (today - since).days >= number("fit_note_review") else "sick"
    return _BY_ITSELF.get(what, "")


_BY_ITSELF = {"homeless": "homeless", "abuse": "abuse", "carer": "carer", "bereaved": "bereaved"}
