"""From the pages of the form to what the rules know: a draft becomes a wish. Whoever writes, by
whichever door, keeps the same fields (`drafts`)."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from portal.account import queries as people
from portal.account.models import Claimant
from portal.complaints import drafts, queries, rules
from portal.complaints.drafts import Answers
from portal.complaints.forms import codes_in
from portal.complaints.models import Complaint, Contact, Kind, Level
from portal.complaints.rules import Wish
from portal.record import log

Choice = TypeVar("Choice", bound=StrEnum)


def here(person: Claimant) -> Answers:
    """What this person wrote so far. Their own work coach is among those who must not see it,
    unless they say otherwise."""
    own_coach = [str(person.coach_id)] if person.coach_id else []
    start: Answers = {
        "kept_from": own_coach,
        "contact": usual_contact(person).value,
        "level": Level.office.value,
    }
    return start | drafts.read(queries.draft(person))


def usual_contact(person: Claimant) -> Contact:
    """How they hear about it, unless they say otherwise."""
    return Contact.text if people.may_text(person) else Contact.here


def missing(answers: Answers) -> list[str]:
    """Names of the pages without which it cannot be sent."""
    found = [] if answers.get("after") or _one(Kind, answers, "kind") else ["kind"]
    long = [n for n in rules.WRITTEN if len(_text(answers, n)) > rules.LONGEST]
    if not _text(answers, "what").strip() or "what" in long:
        found.append("what")
    return found + [rules.WRITTEN[name] for name in long if name != "what"]


def wish_of(person: Claimant, answers: Answers) -> Wish:
    """What was written, as the rules read it. What was never offered is left out."""
    codes, _wrong = codes_in(_text(answers, "codes"))
    receipts = {*_several(answers, "receipts"), *codes}
    kind = _one(Kind, answers, "kind") or Kind.other
    level = _one(Level, answers, "level") or Level.office
    return Wish(
        kind=kind,
        contact=_one(Contact, answers, "contact") or Contact.here,
        level=Level.team if kind is Kind.data else level,
        kept_from=drafts.kept_ids(answers),
        receipts=frozenset(code for code in receipts if is_theirs(person, code)),
        helper=_text(answers, "helper"),
        **{name: _text(answers, name) for name in rules.WRITTEN},
    )


def after(person: Claimant, answers: Answers) -> Complaint | None:
    """The complaint after which things got worse, if it is this person's."""
    known = _text(answers, "after")
    return queries.complaint(person, UUID(known)) if known else None


def kind_of(wish: Wish, after: Complaint | None) -> Kind:
    return Kind.worse if after is not None else wish.kind


def is_theirs(person: Claimant, code: str) -> bool:
    """True for the receipt of an entry of this person's own record."""
    entry = log.by_receipt(code)
    return entry is not None and entry.claimant_id == person.id


def _text(answers: Answers, name: str) -> str:
    value = answers.get(name, "")
    return value if isinstance(value, str) else ""


def _several(answers: Answers, name: str) -> list[str]:
    value = answers.get(name, [])
    return value if isinstance(value, list) else []


def _one(choices: type[Choice], answers: Answers, name: str) -> Choice | None:
    value = _text(answers, name)
    return choices(value) if value in {each.value for each in choices} else None
