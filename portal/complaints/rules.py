"""Who may have a complaint before them, by when it must be answered, and what can be done at each
stage (facts 5). Pure.

Days are those of the wall clock in the United Kingdom; working days are those of the nation of
the office that the complaint is about.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from portal import clock, working_days
from portal.account.models import Staff
from portal.account.rules import APART_IN_OFFICE, APART_OF_NO_OFFICE
from portal.actors import Actor, Assurance
from portal.actors import Kind as ActorKind
from portal.complaints.models import Complaint, Contact, HelperLink, Kind, Level
from portal.dated_data import number, numbers
from portal.refusals import Refusal, Sentence, sentence

LONGEST = 20_000
"""Characters of one answer in the form: room for a long story, and for pasted pages."""
KEPT_AS_DRAFT = timedelta(days=30)
"""After the last change. A person can go on with a complaint for so long."""
HELPED_FOR = timedelta(days=7)
"""How long a link for a helper opens: until the end of the day in a week."""
HELPER_IDLE = timedelta(minutes=60)
"""A helper who does nothing for so long cannot go on: somebody else may sit there now."""
MOST_OPEN = 20
"""Complaints of one person that wait at the same time."""
HANDLER, TEAM = APART_IN_OFFICE, APART_OF_NO_OFFICE
"""Roles of staff: those who deal with complaints in an office, and those in no office."""
_LEVEL_OF = {HANDLER: Level.office, TEAM: Level.team}

NEEDED = {
    "send": Assurance.number,
    "add": Assurance.number,
    "take_further": Assurance.number,
    "withdraw": Assurance.signed_in,
    "let_help": Assurance.signed_in,
}
"""How sure we must be of the person for each action (sms.md in the design: security)."""
FOR_THEM = frozenset({"send", "add", "take_further"})
"""What staff may write down for a person who told them."""

WRITTEN = {
    "what": "what",
    "happened": "when",
    "who": "who",
    "effect": "effect",
    "put_right": "right",
    "contact_note": "contact",
}
"""What a person writes about it in their own words, and the page of the form that asks for it."""

KINDS: dict[Kind, Sentence] = {
    Kind.service: sentence("Poor service, or wrong information"),
    Kind.behaviour: sentence("How somebody behaved towards me"),
    Kind.discrimination: sentence("I was treated worse because of who I am"),
    Kind.delay: sentence("Something took too long, or never happened"),
    Kind.messages: sentence("My messages were lost or not answered"),
    Kind.notice: sentence("I was told too late, or not told"),
    Kind.adjustment: sentence("They refused a change I need because of my health"),
    Kind.other: sentence("Something else"),
}
"""What one can choose. `worse` and `data` have doors of their own."""
NAMES = KINDS | {
    Kind.worse: sentence("It got worse after I complained"),
    Kind.data: sentence("How this service uses what it knows about me"),
}
"""What each complaint is called."""


@dataclass(frozen=True)
class Wish:
    """What a person complains about, as far as they said."""

    kind: Kind
    what: str
    happened: str = ""
    who: str = ""
    effect: str = ""
    put_right: str = ""
    contact: Contact = Contact.here
    contact_note: str = ""
    level: Level = Level.office
    kept_from: frozenset[UUID] = field(default_factory=frozenset)
    receipts: frozenset[str] = field(default_factory=frozenset)
    helper: str = ""


def require(action: str, by: Actor) -> None:
    """Refuse an actor who is neither sure enough to be the person nor staff who were told."""
    if by.kind is ActorKind.staff and action in FOR_THEM and by.assurance >= Assurance.staff:
        return
    if by.kind is not ActorKind.claimant or by.assurance < NEEDED[action]:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def is_live(link: HelperLink, now: datetime) -> bool:
    """True while somebody can still open the link, or go on writing where it was opened."""
    if link.ended_at is not None or now >= link.ends_at:
        return False
    return link.seen_at is None or now - link.seen_at <= HELPER_IDLE


def last_day(link: HelperLink) -> date:
    """The last day of a helper's link, on the wall clock in the United Kingdom."""
    return clock.local(link.ends_at - timedelta(seconds=1)).date()


def level_of(staff: Staff) -> Level | None:
    """Which complaints a member of staff may deal with; None for everybody whose role it is not,
    managers and work coaches among them."""
    return _LEVEL_OF.get(staff.role)


def reply_by(day: date, nation: str) -> date:
    """The day by which whoever has it must answer (facts 5, step 2: 15 working days)."""
    return working_days.after(day, number("complaint_reply"), nation)


def reply_by_is_sure() -> bool:
    """Whether that could be fully checked; pages say so where it could not."""
    return numbers()["complaint_reply"].sure


def is_late(complaint: Complaint, today: date) -> bool:
    """True when the day that was named is over without an answer: their doing, never the
    person's."""
    return complaint.is_open and today > complaint.reply_by


def is_due_soon(complaint: Complaint, today: date) -> bool:
    """True when the answer is due within a week."""
    return complaint.is_open and today <= complaint.reply_by <= today + timedelta(days=7)


def may_go_further(complaint: Complaint) -> bool:
    """True when the person can take it to the complaints team. Nobody need wait for the office, as
    a complaint can also be sent past it at once. An answer of the team itself can be taken further
    to its final response, without which nobody outside would look at it."""
    if complaint.withdrawn_at or complaint.final_at or complaint.redacted_at:
        return False
    return complaint.level is Level.office or complaint.answered_at is not None


def may_add(complaint: Complaint) -> bool:
    return complaint.is_open


def acknowledge_by(sent: date) -> date:
    """The day by which a complaint about our own use of data is acknowledged (facts 5)."""
    return sent + timedelta(days=number("data_acknowledged"))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def examiner_until(final: date) -> date:
    """The last day on which the Independent Case Examiner can be asked (facts 5, step 3)."""
    return months_after(final, number("complaint_examiner"))


def reconsider_until(decided: date) -> date:
    """The last day of the month in which a decision can be looked at again. A complaint does not
    stop it (facts 5)."""
    return months_after(decided, number("reconsideration"))
