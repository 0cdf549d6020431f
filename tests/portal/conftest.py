"""The people of the stories, for tests of the portal."""

from tests.complaints import handlers
from tests.people import clock_stopped, people

__all__ = ["clock_stopped", "handlers", "people"]
