"""Two checks for /health/ready: is the worker alive, and do texts leave in time?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from notifications import queries
from portal import clock
from portal.home import health

WORKER_SILENT = timedelta(seconds=60)
QUEUE_LATE = timedelta(minutes=15)


class NoWorker(Exception):
    """No worker has come round lately: texts wait."""


class QueueLate(Exception):
    """A text that could have gone has waited too long."""


def worker() -> dict[str, Any]:
    """Raises NoWorker when the last sign of life is a minute old, or there was none."""
    last = queries.last_beat("worker")
    if last is None or abs(clock.now() - last) > WORKER_SILENT:
        raise NoWorker
    return {"seconds_ago": round((clock.now() - last).total_seconds())}


def queue() -> dict[str, Any]:
    """Raises QueueLate when the oldest text that is due has waited for a quarter of an hour."""
    waiting, seconds = queries.overdue()
    if seconds > QUEUE_LATE.total_seconds():
        raise QueueLate
    return {"waiting": waiting, "oldest_seconds": round(seconds)}


def register() -> None:
    health.register("worker", worker)
    health.register("queue", queue)
