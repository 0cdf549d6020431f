"""The people and the world that the rules of the house are tried on."""

import pytest
from flask import Flask

from tests.people import People, StoppedClock, clock_stopped, people
from tests.world import World, lived_in

__all__ = ["clock_stopped", "people", "world"]


@pytest.fixture
def world(app: Flask, people: People, clock_stopped: StoppedClock) -> World:
    """Everything has happened once; it is NOW."""
    return lived_in(app, people, clock_stopped)
