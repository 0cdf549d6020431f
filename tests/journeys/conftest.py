"""Every journey starts with the same people, on a Monday morning."""

import pytest
from flask import Flask

from tests.journeys.story import Story
from tests.people import People, StoppedClock, clock_stopped, people

__all__ = ["clock_stopped", "people"]


@pytest.fixture
def story(app: Flask, people: People, clock_stopped: StoppedClock) -> Story:
    return Story(app, people, clock_stopped)
