"""The people of the stories, and Alex's phone, for tests of the texts."""

import pytest
from flask import Flask

from tests.notifications.dialogues import Talk
from tests.people import People, StoppedClock, clock_stopped, people

__all__ = ["clock_stopped", "people", "talk"]


@pytest.fixture
def talk(app: Flask, people: People, clock_stopped: StoppedClock) -> Talk:
    """Alex, texting with us."""
    return Talk(app, clock_stopped, people.alex)
