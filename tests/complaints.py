"""Those who deal with complaints, and what Alex complains about: for tests of complaints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from portal.account.models import Claimant, Staff
from portal.complaints import actions, desk_actions, rules
from portal.complaints.models import Complaint, Contact, Kind
from portal.complaints.rules import Wish
from portal.database import db, transaction
from tests.people import Desk, People, actor, again, staff

WORDS = "She said that she would stop my money."


@dataclass(frozen=True)
class Handlers:
    """Who deals with complaints: in Alex's office, in the other one, and in the team."""

    here: Staff
    elsewhere: Staff
    team: Staff
    manager: Staff
    """Of Alex's office; managers deal with no complaints."""


@pytest.fixture
def handlers(app: Flask, people: People) -> Handlers:
    with app.app_context(), transaction():
        return made_of(people)


def made_of(people: People) -> Handlers:
    """In the caller's transaction."""
    office, other = again(people.office), again(people.other_office)
    return Handlers(
        here=staff(office, "Amara Obi", role=rules.HANDLER),
        elsewhere=staff(other, "Idris Bell", role=rules.HANDLER),
        team=staff(other, "Mina Park", role=rules.TEAM),
        manager=staff(office, "Grace Holt", role="manager"),
    )


def complains(app: Flask, person: Claimant, what: str = WORDS, **more: Any) -> Complaint:
    """The person complains on the website. `more` is what they wish, or `after`."""
    after = more.pop("after", None)
    with app.app_context(), transaction():
        more.setdefault("contact", Contact.text)
        wish = Wish(kind=more.pop("kind", Kind.behaviour), what=what, **more)
        found = again(after) if after is not None else None
        entry = actions.send(again(person), wish, after=found, by=actor(person))
        assert entry.about is not None
        return db.session.get_one(Complaint, entry.about)


def answers(app: Flask, found: Complaint, member: Staff, *, final: bool = False) -> None:
    """Somebody answers it."""
    with app.app_context(), transaction():
        desk_actions.answer(
            again(found),
            looked_at="We read the notes of 1 February.",
            found_out="You were told something wrong.",
            will_do="We say sorry, and we train our staff by 1 March.",
            final=final,
            staff=again(member),
            by=actor(member),
        )


def at_desk(app: Flask, member: Staff) -> Desk:
    return Desk(app).sign_in(member)
