"""A record with five entries in it."""

from uuid import UUID

import pytest
from flask import Flask

from portal.account import events
from portal.actors import Actor
from portal.database import transaction
from portal.record import log
from tests.people import People, StoppedClock, actor


@pytest.fixture
def five(app: Flask, people: People, clock_stopped: StoppedClock) -> UUID:
    """Whose record has five entries: registered, and four visits a minute apart."""
    for how in ("code", "card", "code", "card"):
        clock_stopped.later(minutes=1)
        with app.app_context(), transaction():
            log.append(people.alex.id, events.SignedIn(how), by=actor(people.alex))
    return people.alex.id


@pytest.fixture
def nobody() -> Actor:
    return Actor.system()
