"""How a person is told things when it is not by text. Pure; beside `rules`, which is about time.

A text is the usual way. People who have no home or no phone get another one by default: whoever
they chose to be told for them, else a printed page at the office, else a letter. Staff and the
person can choose otherwise.
"""

from __future__ import annotations

from portal.account.models import Claimant, Way


def usual(*, homeless: bool, no_phone: bool, helper: str, mobile: str | None) -> Way:
    """The way that fits best, where nobody chose one."""
    if homeless or no_phone:
        return _on_paper(homeless=homeless, helper=helper)
    return Way.text if mobile else Way.letter


def possible(way: Way, *, no_phone: bool, helper: str, mobile: str | None) -> bool:
    """False for a way that cannot reach this person."""
    if way is Way.helper:
        return bool(helper)
    if way is Way.text:
        return bool(mobile) and not no_phone
    return way is not Way.call or not no_phone


def other(person: Claimant) -> Way:
    """The next way for what a text could not tell: never `text`.

    A number is called, even one that takes no texts: it may be a landline. One that is somebody
    else's or not safe is not; nor is somebody without a phone.
    """
    if person.way is not Way.text and possible(
        person.way, no_phone=person.no_phone, helper=person.helper, mobile=person.mobile
    ):
        return person.way
    if person.homeless or person.no_phone or not may_call(person):
        return _on_paper(homeless=person.homeless, helper=person.helper)
    return Way.call


def may_call(person: Claimant) -> bool:
    """True when the number on record rings, as far as we know, where this person answers it."""
    return bool(
        person.mobile
        and not person.no_phone
        and not person.number_disowned_at
        and not person.texts_unsafe_at
    )


def _on_paper(*, homeless: bool, helper: str) -> Way:
    if helper:
        return Way.helper
    return Way.slip if homeless else Way.letter
