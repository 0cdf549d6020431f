"""Whom a source means. A source may also introduce a person whom nobody here knows yet.

Apart from `sources` because it reads what a source typed; nothing about a person who is known
already is ever changed here, least of all a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from portal import languages
from portal.account import actions, queries, staff_accounts
from portal.account.models import Claimant, Office
from portal.account.numbers import read_mobile
from portal.actors import Actor
from portal.languages import say
from portal.refusals import Refusal
from portal.web.text import one_line

COLUMNS = ("claimant_reference", "full_name", "mobile", "language", "office")
"""Columns about the person. Only the first is needed for somebody who is known."""
LONGEST = {"claimant_reference": 64, "full_name": 200}

_UNKNOWN = "Nobody has this reference. To register a new person, give full_name and office too."


class BadPerson(Exception):
    """The person could not be found or introduced. `errors`: sentences for each column."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Newcomer:
    """A person a source names for the first time, read and checked."""

    reference: str
    full_name: str
    office: Office
    mobile: str | None
    language: str

    def register(self, *, by: Actor) -> Claimant:
        return actions.register(
            reference=self.reference,
            full_name=self.full_name,
            office=self.office,
            mobile=self.mobile,
            language=self.language,
            by=by,
        )


def reference_of(values: Mapping[str, object]) -> str:
    """The person's reference as it was meant, or nothing."""
    return _text(values, "claimant_reference")


def read_person(
    values: Mapping[str, object], known: Claimant | None, *, only_office: Office | None = None
) -> Claimant | Newcomer:
    """Whom these columns mean; `known` is who has this reference now, if anybody.

    With `only_office`, a person of another office is nobody. Raises BadPerson with every fault.
    """
    reference = reference_of(values)
    if not reference:
        raise BadPerson({"claimant_reference": ["Say which person this is for."]})
    if len(reference) > LONGEST["claimant_reference"]:
        raise BadPerson({"claimant_reference": ["Use at most 64 characters here."]})
    if known is not None:
        if only_office is not None and known.office_id != only_office.id:
            raise BadPerson({"claimant_reference": ["Nobody of your office has this reference."]})
        return known
    if not any(_text(values, name) for name in COLUMNS[1:]):
        raise BadPerson({"claimant_reference": [_UNKNOWN]})
    return _newcomer(values, reference, only_office)


def _newcomer(values: Mapping[str, object], reference: str, only_office: Office | None) -> Newcomer:
    errors: dict[str, list[str]] = {}
    wrong = partial(_wrong, errors)
    full_name = _text(values, "full_name")
    if not full_name:
        wrong("full_name", "Give the person's full name.")
    elif len(full_name) > LONGEST["full_name"]:
        wrong("full_name", "Use at most 200 characters here.")
    code = _text(values, "office")
    office = queries.office_by_code(code) if code else only_office
    if office is None:
        wrong("office", "Give the code of an office that is known here.")
    elif only_office is not None and office.id != only_office.id:
        wrong("office", "Your key is for another office.")
    elif staff_accounts.is_of_the_team(office):
        wrong("office", "The complaints team works there. Give the office of the person.")
    mobile = None
    if typed := _text(values, "mobile"):
        try:
            mobile = read_mobile(typed)
        except Refusal as refusal:
            wrong("mobile", say(refusal.sentence))
    language = _text(values, "language").lower() or languages.DEFAULT
    if language not in languages.known():
        wrong("language", f"Write one of these: {', '.join(languages.known())}.")
    if errors or office is None:
        raise BadPerson(errors)
    return Newcomer(reference, full_name, office, mobile, language)


def _wrong(errors: dict[str, list[str]], column: str, what: str) -> None:
    errors.setdefault(column, []).append(what)


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return one_line(value) if isinstance(value, str) else ""
