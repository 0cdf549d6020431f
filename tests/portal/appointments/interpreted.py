"""What the tests of interpreters share: a person who needs one, and a visit of theirs."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.account.interpreter_actions import Need, say_need
from portal.account.interpreter_models import Help
from portal.appointments import actions, office_actions
from portal.appointments.models import Appointment, InterpreterBy
from portal.database import transaction
from tests.people import People, actor, again, appointment


@pytest.fixture
def needed(app: Flask, people: People) -> None:
    """Alex speaks Dari, as in Herat."""
    with app.app_context(), transaction():
        need = Need(Help.spoken, "Dari", "Herat")
        say_need(again(people.alex), need, by=actor(people.alex))


def visit(app: Flask, people: People, by: InterpreterBy, **more: object) -> Appointment:
    with app.app_context(), transaction():
        return appointment(
            again(people.alex), by=people.coach, interpreter_by=by, minutes_said=True, **more
        )


def calls_instead(app: Flask, people: People, row: Appointment) -> None:
    """Alex asks for a phone call instead, and the office agrees."""
    with app.app_context(), transaction():
        actions.ask_for_phone_call(again(row), by=actor(people.alex))
        request = again(row).open_request
        assert request is not None
        office_actions.agree(
            request, caller_name="Priya", caller_number="0113 496 0111", by=actor(people.coach)
        )
