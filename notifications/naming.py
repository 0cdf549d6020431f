"""Whom a text to a shared phone is for: the name they chose, never their own unless they chose it.

Without one they are the first or the second person: the order in which they came to us.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import pgettext

from portal.account import queries
from portal.account.models import Claimant

_FOR_THE_PHONE = frozenset(
    {
        "account.concern",
        "account.texts_stopped",
        "account.number_disowned",
        "account.number_check",
        "account.shared_number",
    }
)
"""Texts to whoever has the phone: they name nobody."""


def name(person: Claimant, people: Sequence[Claimant]) -> str:
    """What this person is called among those who share a phone, in the language spoken now."""
    if person.nickname:
        return person.nickname
    place = [each.id for each in people].index(person.id) + 1
    match place:
        case 1:
            return pgettext("sms", "first person")
        case 2:
            return pgettext("sms", "second person")
        case _:
            return pgettext("sms", "person %(num)s", num=place)


def heading(person: Claimant, people: Sequence[Claimant]) -> str:
    """The line before a text to a shared phone; empty when the phone is this person's alone."""
    if len(people) < 2 or person.id not in {each.id for each in people}:
        return ""
    if person.nickname:
        return pgettext("sms", "For %(name)s:", name=person.nickname)
    place = [each.id for each in people].index(person.id) + 1
    match place:
        case 1:
            return pgettext("sms", "For the first person:")
        case 2:
            return pgettext("sms", "For the second person:")
        case _:
            return pgettext("sms", "For person %(num)s:", num=place)


def with_heading(body: str, person: Claimant, number: str, kind: str) -> str:
    """A text as it goes to this number: with a line that says whom it is for, where several
    people share it."""
    if kind in _FOR_THE_PHONE:
        return body
    line = heading(person, queries.claimants_with_number(number))
    return f"{line}\n{body}" if line else body
