"""What those who work at the office are called, and whom to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from wtforms.fields import SelectChoice

from portal.account.models import Staff
from portal.languages import say
from portal.refusals import Sentence, sentence

ROLES: dict[str, Sentence] = {
    "work coach": sentence("work coach"),
    "manager": sentence("manager"),
    "complaints": sentence("complaints"),
    "complaints team": sentence("complaints team"),
}
"""Roles that have a name in every language; others are shown as they were written."""


def role_name(role: str) -> str:
    """What somebody does at the office, in the reader's language where we know the word."""
    known = ROLES.get(role)
    return say(known) if known else role


def staff_choices(staff: Iterable[Staff]) -> list[SelectChoice]:
    """Who works at the office, to choose from."""
    return [
        SelectChoice(str(s.id), gettext("%(name)s, %(role)s", name=s.name, role=role_name(s.role)))
        for s in staff
    ]
