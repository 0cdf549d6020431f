"""An appointment today, and what was said about it shortly before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.appointments import queries
from portal.appointments.models import Appointment
from portal.database import transaction
from tests.people import NOW, People, again, appointment, recorded


@pytest.fixture
def visit(app: Flask, people: People) -> Appointment:
    """Today at 10:30, an hour and a half from now."""
    with app.app_context(), transaction():
        return appointment(again(people.alex), NOW + timedelta(minutes=90))


def kinds(app: Flask, about: Appointment) -> list[str]:
    """What has happened to an appointment, without the first offer."""
    return recorded(app, about, "appointments")[1:]


def open_reports(app: Flask, people: People) -> list[str]:
    with app.app_context():
        return [report.kind.value for report in queries.open_reports(people.office.id)]
