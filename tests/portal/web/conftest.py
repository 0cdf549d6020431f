"""A world to walk through."""

import pytest
from flask import Flask

from tests.people import People, StoppedClock
from tests.world import World, lived_in


@pytest.fixture
def world(app: Flask, people: People, clock_stopped: StoppedClock) -> World:
    """Everything has happened once; it is NOW."""
    return lived_in(app, people, clock_stopped)
