"""Alex's appointment, open in her browser, and what its pages always say."""

import re

import pytest
from flask import Flask

from portal.account import codes
from tests.people import Browser, People
from tests.portal.appointments.conftest import Visit

STANDS = "the appointment still stands"
CHOICES = ["Accept", "Ask for a phone call", "Ask for another time", "Ask to cancel"]


@pytest.fixture(params=["signed in", "by link"])
def page(request: pytest.FixtureRequest, app: Flask, people: People, visit: Visit) -> Browser:
    """Alex's appointment, open in her browser: signed in, and by the link in a text."""
    if request.param == "signed in":
        return Browser(app).sign_in(people.alex).open(f"/appointments/{visit.row.id}")
    with app.app_context():
        token = codes.link_token(visit.row.id)
    return Browser(app).open(f"/a/{token}")


def receipt(browser: Browser) -> str:
    """The code on the slip."""
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", browser.text)
    assert found, browser.text
    return found[0].replace("-", "")
