"""The people that the rules of the house are tried on."""

from tests.people import clock_stopped, people

__all__ = ["clock_stopped", "people"]
