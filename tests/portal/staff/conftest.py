"""Priya at her desk, and what brings people to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.appointments import actions
from portal.appointments.models import Appointment, Request
from portal.database import transaction
from tests.people import Desk, People, actor, again, appointment

Ask = Callable[..., Request]


@pytest.fixture
def desk(app: Flask, people: People) -> Desk:
    """Priya's browser, signed in."""
    return Desk(app).sign_in(people.coach)


@pytest.fixture
def visit(app: Flask, people: People) -> Appointment:
    """Alex's appointment on Wednesday 10 February at 10:30am."""
    with app.app_context(), transaction():
        return appointment(again(people.alex), with_name="Priya Shah")


@pytest.fixture
def asks(app: Flask, people: People, visit: Appointment) -> Ask:
    """Let Alex ask for something about her appointment; returns the request."""

    def ask(what: str = "cancel", **choices: Any) -> Request:
        act = {
            "cancel": actions.ask_to_cancel,
            "phone": actions.ask_for_phone_call,
            "time": actions.ask_for_another_time,
        }[what]
        if what == "time":
            choices.setdefault("note", "Fridays after three")
        with app.app_context(), transaction():
            found = again(visit)
            act(found, by=actor(people.alex), **choices)
            request = found.open_request
            assert request is not None
            return request

    return ask
