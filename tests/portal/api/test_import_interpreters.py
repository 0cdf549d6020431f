"""A file about a person who needs an interpreter: what it leaves out, and what it says anew."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.account.interpreter_actions import Need, say_need
from portal.account.interpreter_models import Help
from portal.account.queries import claimant_by_reference
from portal.actors import Actor, Assurance, Channel, Kind
from portal.api.models import Said
from portal.appointments.models import InterpreterBy
from portal.database import db, transaction
from tests.portal.api.files import appointment, counts, load, row

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture(autouse=True)
def needed(app: Flask, office: str) -> None:
    """Amina speaks Dari."""
    with app.app_context(), transaction():
        amina = claimant_by_reference("LDS-1")
        assert amina is not None
        by = Actor(Kind.claimant, amina.id, Channel.web, Assurance.signed_in)
        say_need(amina, Need(Help.spoken, "Dari"), by=by)


def state(app: Flask) -> tuple[InterpreterBy, str, int]:
    found = appointment(app)
    return found.interpreter_by, found.interpreter, found.minutes


def test_a_language_that_is_said_later_is_a_booking(app: Flask) -> None:
    load(app, row())
    assert state(app) == (InterpreterBy.not_yet, "", 20)
    assert counts(load(app, row(interpreter="Dari"))) == {"read": 1, "corrected": 1}
    assert state(app) == (InterpreterBy.in_person, "Dari", 20)
    assert counts(load(app, row(interpreter="Dari"))) == {"read": 1, "unchanged": 1}


def test_what_is_said_no_more_waits_at_the_desk(app: Flask) -> None:
    load(app, row(interpreter_by="phone", interpreter="Dari"))
    assert state(app) == (InterpreterBy.phone, "Dari", 20)
    load(app, row(interpreter_by="", interpreter=""))
    assert state(app) == (InterpreterBy.not_yet, "", 20)


def test_a_source_that_is_heard_for_the_first_time_does_not_end_the_need(app: Flask) -> None:
    """What it said before was let go."""
    load(app, row(interpreter_by="phone", interpreter="Dari"))
    with app.app_context(), transaction():
        db.session.query(Said).delete()
    load(app, row(with_name="Jo Bell"))
    assert state(app) == (InterpreterBy.not_yet, "", 20)
