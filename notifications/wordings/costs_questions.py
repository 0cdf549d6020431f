"""The questions of help with costs as texts ask them: short, a digit before each answer.

The rules and the order are the website's (portal/data/costs.toml); only the words are shorter.
Ids as there. A test holds that none is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import pgettext

Words = Callable[[], str]


def _unsure() -> str:
    return pgettext("sms", "not sure")


QUESTIONS: Mapping[str, Words] = {
    "you": lambda: pgettext("sms", "Which is true for you?"),
    "need": lambda: pgettext("sms", "What do you need help to pay for?"),
    "steps": lambda: pgettext(
        "sms", "Have you shown ID, been to your first meeting and accepted your commitment?"
    ),
    "payer": lambda: pgettext("sms", "Could someone else pay for it?"),
    "regime": lambda: pgettext("sms", "What does the Jobcentre ask of you?"),
    "carer": lambda: pgettext("sms", "Are you the main carer of a child?"),
    "purpose": lambda: pgettext("sms", "What is it for?"),
    "paid": lambda: pgettext("sms", "Have you paid already?"),
}

GROUPS: Mapping[str, Words] = {
    "travel": lambda: pgettext("sms", "travel"),
    "clothes": lambda: pgettext("sms", "clothes or tools"),
    "childcare": lambda: pgettext("sms", "childcare"),
    "training": lambda: pgettext("sms", "training"),
    "papers": lambda: pgettext("sms", "ID, a check or papers"),
    "other": lambda: pgettext("sms", "something else"),
}
"""What is needed, in two steps: a text holds no twenty answers."""

MEMBERS: Mapping[str, tuple[str, ...]] = {
    "travel": ("travel", "jobcentre_extra", "jobcentre_usual", "bicycle", "driving"),
    "clothes": ("clothes", "tools", "haircut", "ppe"),
    "childcare": ("childcare",),
    "training": ("training",),
    "papers": ("id", "checks", "immigration"),
    "other": ("phone", "new_job", "living", "debts", "other", "unsure"),
}

OPTIONS: Mapping[str, Mapping[str, Words]] = {
    "you": {
        "northern_ireland": lambda: pgettext("sms", "I live in Northern Ireland"),
        "uc": lambda: pgettext("sms", "I get Universal Credit, or claimed it"),
        "jsa_esa": lambda: pgettext("sms", "I get JSA or ESA"),
        "neither": lambda: pgettext("sms", "none of these"),
        "unsure": _unsure,
    },
    "need": {
        "travel": lambda: pgettext("sms", "to an interview, job or course"),
        "jobcentre_extra": lambda: pgettext("sms", "to an extra Jobcentre visit or other office"),
        "jobcentre_usual": lambda: pgettext("sms", "to a usual Jobcentre visit"),
        "clothes": lambda: pgettext("sms", "clothes"),
        "tools": lambda: pgettext("sms", "tools"),
        "id": lambda: pgettext("sms", "photo ID or a document"),
        "checks": lambda: pgettext("sms", "a record check or licence"),
        "training": lambda: pgettext("sms", "training"),
        "childcare": lambda: pgettext("sms", "childcare"),
        "new_job": lambda: pgettext("sms", "first weeks of a new job"),
        "driving": lambda: pgettext("sms", "driving lessons"),
        "bicycle": lambda: pgettext("sms", "a bicycle"),
        "haircut": lambda: pgettext("sms", "a haircut"),
        "phone": lambda: pgettext("sms", "phone, data or laptop"),
        "ppe": lambda: pgettext("sms", "safety gear"),
        "living": lambda: pgettext("sms", "food, rent or bills"),
        "debts": lambda: pgettext("sms", "fines or debts"),
        "immigration": lambda: pgettext("sms", "immigration papers"),
        "other": lambda: pgettext("sms", "something else"),
        "unsure": _unsure,
    },
    "steps": {
        "yes": lambda: pgettext("sms", "yes, all three"),
        "no": lambda: pgettext("sms", "no, not all"),
        "unsure": _unsure,
    },
    "payer": {
        "no_one": lambda: pgettext("sms", "no one else"),
        "employer": lambda: pgettext("sms", "an employer"),
        "provider": lambda: pgettext("sms", "the course provider"),
        "scheme": lambda: pgettext("sms", "another scheme"),
        "me": lambda: pgettext("sms", "I could pay"),
        "unsure": _unsure,
    },
    "regime": {
        "look": lambda: pgettext("sms", "look for work"),
        "prepare": lambda: pgettext("sms", "get ready for work"),
        "meetings": lambda: pgettext("sms", "meetings only"),
        "nothing": lambda: pgettext("sms", "nothing"),
        "works": lambda: pgettext("sms", "I work, no meetings"),
        "unsure": _unsure,
    },
    "carer": {
        "yes": lambda: pgettext("sms", "yes"),
        "no": lambda: pgettext("sms", "no"),
        "unsure": _unsure,
    },
    "purpose": {
        "interview": lambda: pgettext("sms", "interview or trial with a date"),
        "job": lambda: pgettext("sms", "job offer, new job, more hours"),
        "agreed": lambda: pgettext("sms", "course my coach agreed to"),
        "not_agreed": lambda: pgettext("sms", "course not agreed"),
        "search": lambda: pgettext("sms", "looking for work"),
        "none": lambda: pgettext("sms", "none of these"),
        "unsure": _unsure,
    },
    "paid": {
        "no": lambda: pgettext("sms", "not yet"),
        "receipt": lambda: pgettext("sms", "yes, with receipt"),
        "no_receipt": lambda: pgettext("sms", "yes, no receipt"),
        "unsure": _unsure,
    },
}


def numbered(question: str, answers: list[str]) -> str:
    """A question, its answers by digit, and 0 to go back; each on a line of its own, so that a
    digit stands beside its words in every script."""
    lines = [f"{n} {words}" for n, words in enumerate(answers, 1)]
    back = pgettext("sms", "back")
    return "\n".join([question, *lines, f"0 {back}"])
