"""Several who do something at the very same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Found = TypeVar("Found")


def together(*acts: Callable[[], Found]) -> list[Found]:
    """Do these at once, each in a thread of its own; what they returned, in the same order."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Found]) -> Found:
        gate.wait(60)
        return act()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(run, acts))
