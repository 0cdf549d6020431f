"""The people of the stories, for tests of the texts."""

from tests.people import clock_stopped, people

__all__ = ["clock_stopped", "people"]
