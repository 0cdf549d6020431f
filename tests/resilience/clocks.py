"""The hour at which a long trial runs: always the same, whatever the hour is outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from portal import clock


@contextmanager
def running_from(moment: datetime) -> Iterator[None]:
    """Inside the block, the service's clock runs on from `moment` (aware)."""
    before = clock._ahead
    clock.set_to(moment)
    try:
        yield
    finally:
        clock._ahead = before
