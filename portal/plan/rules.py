"""What makes a promise, when it is late, and who may say what about it (facts 3.4, 4 and 10).

Pure. Days are days of the wall clock in the United Kingdom; times are aware, UTC.
"""

from __future__ import annotations

from datetime import date, timedelta

from portal import working_days
from portal.actors import Actor, Assurance, Kind
from portal.dated_data import number
from portal.plan.models import OPEN, Ask, Promise
from portal.refusals import Refusal, Sentence, sentence

KINDS: dict[str, Sentence] = {
    "cv": sentence("Help you write your CV"),
    "applications": sentence("Help you fill in job applications"),
    "interview": sentence("Help you get ready for a job interview"),
    "careers": sentence("Book you a talk about careers"),
    "course": sentence("Find you a course, or a place on one"),
    "english_maths": sentence("Find you an English or maths course"),
    "after_course": sentence("Say what comes after your course"),
    "costs": sentence("Answer what you asked about costs"),
    "adviser": sentence("Put you in touch with an adviser"),
    "referral": sentence("Send your details to another service, if you agree"),
    "disability": sentence("Put you in touch with a disability employment adviser"),
    "second_opinion": sentence("Look at it again with another work coach"),
    "document": sentence("Send you a letter or form"),
    "call": sentence("Call you"),
    "other": sentence("Something else, in the office's own words"),
}
"""Each says what will be done, and begins with a verb. Shown in the person's language."""

NEEDS_WORDS = frozenset({"other", "course", "after_course", "adviser", "referral", "document"})
"""Kinds that say too little without words of their own."""

OTHER_ASKS: dict[str, Sentence] = {
    "training_place": sentence("A place on a course"),
    "second_opinion": sentence("A second opinion about a course"),
}
NEEDS: dict[str, Sentence] = {
    "fares": sentence("My fares paid"),
    "lunch": sentence("Food or lunch on the day"),
    "childcare": sentence("Help with childcare"),
    "access": sentence("Something because of my health or disability"),
}
"""To be asked before a place is booked (facts 10, scenario 23)."""

LONGEST = 1000
LONGEST_NAME, LONGEST_ROLE = 120, 60
LONGEST_AHEAD = timedelta(days=366)
"""A promise for more than a year ahead is no promise a person can wait for."""
REVIEW_AFTER = timedelta(days=91)
"""A goal is looked at again each quarter."""
_FEWEST_WORDS = 3
_VAGUE = frozenset(
    {
        "try", "trying", "consider", "maybe", "perhaps", "hopefully", "possibly", "asap", "soon",
        "sometime", "someday", "tbc", "tba", "tbd",
    }
)  # fmt: skip
_ROLES_OF_NOBODY = frozenset({"somebody", "someone", "anyone", "the team", "staff", "tbc", "n/a"})


NEEDED = {
    "happened": Assurance.saw_our_text,
    "not_happened": Assurance.saw_our_text,
    "remind": Assurance.saw_our_text,
    "ask_new_date": Assurance.saw_our_text,
    "ask_for": Assurance.signed_in,
    "withdraw_ask": Assurance.signed_in,
    "write_goal": Assurance.signed_in,
    "add_step": Assurance.signed_in,
    "step_done": Assurance.signed_in,
}
"""How sure we must be: by text this needs the PIN (sms.md in the design: security)."""
FOR_THEM = frozenset(
    {"happened", "not_happened", "remind", "ask_new_date", "ask_for", "write_goal", "add_step"}
)
"""What staff may write down for a person who told them."""


def require(action: str, by: Actor) -> None:
    """Refuse an actor who is neither sure enough to be the person nor staff who were told."""
    if by.kind is Kind.staff and action in FOR_THEM and by.assurance >= Assurance.staff:
        return
    if by.kind is not Kind.claimant or by.assurance < NEEDED[action]:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def is_open(promise: Promise) -> bool:
    """True while the office still has to do it."""
    return promise.status in OPEN


def days_late(promise: Promise, today: date) -> int:
    """Days since the last day for it, every day of the week counted; 0 when it is not late.

    By the clock alone: nobody has to say so (facts 4).
    """
    if not is_open(promise):
        return 0
    return max(0, (today - promise.due).days)


def owner_is_due(promise: Promise, today: date, nation: str) -> bool:
    """True when its owner should hear from the clock today that it is late."""
    if days_late(promise, today) == 0 or not working_days.is_working_day(today, nation):
        return False
    told = promise.told_late_on
    again = number("remind_owner_again")
    return told is None or today >= working_days.after(told, again, nation)


def for_the_manager(promise: Promise, today: date, nation: str) -> bool:
    """True when the promise is late by so many working days, or the person said that something
    marked as done did not happen."""
    if not is_open(promise):
        return False
    if promise.disputed_at is not None:
        return True
    return today > working_days.after(promise.due, number("promise_to_manager"), nation)


def may_remind(promise: Promise, today: date, nation: str) -> bool:
    """Once a working day: on a Saturday one reminds for Monday, once."""
    if not is_open(promise):
        return False
    day = working_days.first_from(today, nation)
    return promise.reminded_on is None or promise.reminded_on < day


def check_due(due: date, today: date, nation: str) -> None:
    """Refuse a day that has passed, is too far, or on which the office is closed."""
    if due < today:
        raise Refusal("past", sentence("This day has passed. Choose a day from today on."))
    if due > today + LONGEST_AHEAD:
        raise Refusal("far", sentence("This is more than a year away. Choose an earlier day."))
    if not working_days.is_working_day(due, nation):
        raise Refusal(
            "closed",
            sentence(
                "The office is closed that day. The next working day is %(day)s.",
                day=working_days.first_from(due, nation),
            ),
        )


def check_promise(kind: str, words: str, who_name: str, who_role: str) -> None:
    """Refuse a promise that is vague: it says what will be done and who does it (facts 4)."""
    if kind not in KINDS:
        raise Refusal("kind", sentence("Choose what will be done."))
    if len(words) > LONGEST:
        raise Refusal("words", sentence("This is too long. Use fewer words."))
    if kind in NEEDS_WORDS and len(words.split()) < _FEWEST_WORDS:
        raise Refusal(
            "words", sentence("Say in a few words what will be done, starting with a verb.")
        )
    said = {word.strip(".,;:!?()").casefold() for word in words.split()}
    if kind == "other" and said & _VAGUE:
        raise Refusal(
            "words", sentence("This is too vague to promise. Say what will be done by that day.")
        )
    name, role = who_name.strip(), who_role.strip()
    if not name or not role or name.casefold() in _ROLES_OF_NOBODY:
        raise Refusal("who", sentence("Say who will do it: their name and their role."))
    if len(name) > LONGEST_NAME or len(role) > LONGEST_ROLE:
        raise Refusal("who", sentence("This name or role is too long."))


def ask_is_late(ask: Ask, today: date) -> bool:
    """True when the office said it would reply by a day that is over, and has not."""
    return ask.decision is None and today > ask.reply_by


def asked(offer: str, names: dict[str, Sentence]) -> Sentence:
    """What was asked for, in words; `names` are those of the offers."""
    return names.get(offer) or OTHER_ASKS.get(offer) or sentence("Something else")
