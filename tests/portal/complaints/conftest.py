"""Alex's browser, before she complains; and a complaint of hers that went all the way."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.account import delivery_actions
from portal.complaints import actions, rules
from portal.complaints.models import Complaint
from portal.database import transaction
from portal.record import log
from tests.complaints import WORDS, Handlers, answers, complains
from tests.people import Browser, People, actor, again, appointment, staff
from tests.portal.complaints.documents import ARABIC


@pytest.fixture
def browser(app: Flask, people: People) -> Browser:
    """Alex's, signed in: somebody deals with complaints in her office and in the team, and she
    has an appointment."""
    with app.app_context(), transaction():
        staff(again(people.office), "Hana Handler", role=rules.HANDLER)
        staff(again(people.other_office), "Theo Team", role=rules.TEAM)
        appointment(again(people.alex), by=people.coach)
    return Browser(app).sign_in(people.alex)


@pytest.fixture
def person(app: Flask, people: People) -> Browser:
    """The browser of Alex, signed in, who lets somebody write for her."""
    with app.app_context(), transaction():
        staff(again(people.office), "Hana Handler", role=rules.HANDLER)
    return Browser(app).sign_in(people.alex)


@pytest.fixture
def documented(app: Flask, people: People, handlers: Handlers) -> Complaint:
    """Alex complained about an appointment whose text never came; she added something, it was
    answered, and she took it further and said why."""
    with app.app_context(), transaction():
        visit = appointment(again(people.alex), by=people.coach)
        delivery_actions.text_not_delivered(
            again(people.alex),
            what="appointments.offer",
            regarding=visit.id,
            permanent=False,
            by=actor(people.coach),
        )
        offered_in = log.entries_about(people.alex.id, visit.id)[0].receipt
    found = complains(
        app,
        people.alex,
        f"{WORDS}\n{ARABIC}\n#let x = 1 *not bold* <b>",
        effect="I could not sleep.",
        receipts=frozenset({offered_in}),
    )
    with app.app_context(), transaction():
        actions.add(again(found), "She said it twice.", by=actor(people.alex))
    answers(app, found, handlers.here)
    with app.app_context(), transaction():
        actions.take_further(again(found), why="It is not true.", by=actor(people.alex))
    return found
