"""Alex at her pages, somebody who interprets for her, and the appointment they are at."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.appointments.models import Appointment
from portal.database import db, transaction
from portal.interpreting.models import Session
from tests.people import NOW, Browser, People, StoppedClock, again, appointment, recorded


class Watched:
    """Alex's browser, and the one of whoever interprets for them."""

    def __init__(self, app: Flask, people: People) -> None:
        self.app, self.people = app, people
        self.alex = Browser(app).sign_in(people.alex)
        self.other = Browser(app)

    def opens(self) -> str:
        """Alex makes a code; returns its link."""
        self.alex.open("/interpreter").press("Make a code for the interpreter")
        found = re.search(r"/i/[0-9A-Z]{8}", self.alex.text)
        assert found, self.alex.text
        return found[0]

    def joins(self, link: str) -> None:
        self.other.open(link).press("Begin here")

    def session(self) -> Session:
        with self.app.app_context():
            return db.session.scalars(sa.select(Session)).one()

    def seen(self) -> Browser:
        """What the interpreter has before them now."""
        return self.other.open(f"/interpreting/{self.session().id}")

    def happened(self) -> list[str]:
        return recorded(self.app, self.people.alex, "interpreting")


@pytest.fixture
def watched(app: Flask, people: People, clock_stopped: StoppedClock) -> Watched:
    return Watched(app, people)


@pytest.fixture
def visit(app: Flask, people: People) -> Appointment:
    """In ten minutes, for forty."""
    with app.app_context(), transaction():
        return appointment(again(people.alex), NOW + timedelta(minutes=10), minutes=40)
