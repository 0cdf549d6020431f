"""The people of the stories, and Alex's phone, for tests of the texts."""

from collections.abc import Iterator

import pytest
from flask import Flask

from notifications.gateways.twilio import TwilioGateway
from portal.settings import Settings
from tests.complaints import handlers
from tests.notifications.dialogues import Talk
from tests.notifications.sending import using
from tests.notifications.two_people import Two
from tests.people import People, StoppedClock, clock_stopped, people
from tests.stand_in.twilio import TwilioStandIn

__all__ = ["clock_stopped", "handlers", "people", "talk", "twilio", "two"]


@pytest.fixture
def talk(app: Flask, people: People, clock_stopped: StoppedClock) -> Talk:
    """Alex, texting with us."""
    return Talk(app, clock_stopped, people.alex)


@pytest.fixture
def twilio(app: Flask, people: People) -> Iterator[TwilioStandIn]:
    """The service's only provider; inside an app context."""
    with TwilioStandIn(public_url="https://p.example", reports=False) as stand_in:
        gateway = TwilioGateway(Settings.for_tests(**stand_in.settings()))
        with using(app, gateway=gateway), app.app_context():
            yield stand_in


@pytest.fixture
def two(app: Flask, people: People, clock_stopped: StoppedClock) -> Two:
    """Two people on one phone."""
    return Two(app, clock_stopped, people)
