"""What the conversation says about promises. Each choice has a line of its own, so that a digit
stands beside its words in every script."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from flask_babel import npgettext, pgettext

from portal import clock, languages
from portal.plan import rules
from portal.plan.models import Promise

LONGEST = 40
"""Characters of the office's own words in a text."""


def menu_line() -> str:
    return pgettext("sms", "my plan")


def promise(found: Promise, late: int, *, more: bool) -> str:
    """One promise, how late it is, and what one can say about it."""
    what, day = _what(found), languages.day_in_text(found.due)
    if late:
        said = npgettext(
            "sms",
            "%(what)s: due %(day)s, late %(num)s day.",
            "%(what)s: due %(day)s, late %(num)s days.",
            late,
            what=what,
            day=day,
        )
    else:
        said = pgettext("sms", "%(what)s: due %(day)s.", what=what, day=day)
    return f"{said}\n{_choices(more)}"


def _what(found: Promise) -> str:
    """The kind of promise, or the first of the office's own words."""
    if found.kind != "other":
        return languages.say(rules.KINDS[found.kind])
    text = " ".join(found.words.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _choices(more: bool) -> str:
    if more:
        return pgettext(
            "sms", "1 = next\n2 = remind coach\n3 = it happened\n4 = ask for a new date"
        )
    return pgettext("sms", "2 = remind coach\n3 = it happened\n4 = ask for a new date")


def last() -> str:
    return pgettext("sms", "That was the last promise. Text HELP for more.")


def none() -> str:
    return pgettext(
        "sms", "Nothing is promised to you now. You can ask for help. Text HELP for more."
    )


def samples(moment: datetime) -> dict[str, str]:
    """Every reply with its longest values."""
    found = {"plan_last": last(), "plan_none": none(), "plan_line": menu_line()}
    for kind in rules.KINDS:
        example = Promise(id=uuid4(), kind=kind, words="w" * 90, due=clock.local(moment).date())
        found[f"plan_{kind}"] = promise(example, 120, more=True)
        found[f"plan_{kind}_in_time"] = promise(example, 0, more=False)
    return found
