"""Whom a text to a shared phone is for: the name they chose, never their own unless they chose it.

Without one they are the first or the second person: the order in which they came to us.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import pgettext

from notifications import segments
from notifications.drafts import style_of
from portal import languages
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
    if person.nickname and _costs_nothing_more(person.nickname):
        return pgettext("sms", "For %(name)s:", name=person.nickname)
    place = [each.id for each in people].index(person.id) + 1
    match place:
        case 1:
            return pgettext("sms", "For the first person:")
        case 2:
            return pgettext("sms", "For the second person:")
        case _:
            return pgettext("sms", "For person %(num)s:", num=place)


def _costs_nothing_more(nickname: str) -> bool:
    """False for a name in letters that would make a short text a long one: in Arabic letters
    under an English text, for example."""
    code = languages.current().code
    if not segments.in_gsm7(code):
        return True
    return segments.measure(segments.plain(nickname, code)).encoding == "GSM-7"


def with_heading(body: str, person: Claimant, number: str, kind: str = "") -> str:
    """A text as it goes to this number: with a line that says whom it is for, where several
    people share it."""
    if kind in _FOR_THE_PHONE:
        return body
    return headed(body, person, queries.claimants_with_number(number))


def headed(body: str, person: Claimant, people: Sequence[Claimant]) -> str:
    """A text under the line for one of these people: a short line, where a longer one would cost
    a part more."""
    line = heading(person, people)
    if not line:
        return body
    place = [each.id for each in people].index(person.id) + 1
    short, long = f"{place}:\n{body}", f"{line}\n{body}"
    return short if _parts(short, person) < _parts(long, person) else long


def _parts(text: str, person: Claimant) -> int:
    code = languages.current().code
    return segments.measure(segments.fit(text, code, style_of(person))).segments
