"""Checks for /health/ready: is the worker alive, do texts leave in time, how is the day going?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from notifications import beats, traffic
from notifications import queue as texts_queue
from portal import clock
from portal.account import concern_queries
from portal.home import health

WORKER_SILENT = timedelta(seconds=60)
QUEUE_LATE = timedelta(minutes=15)


class NoWorker(Exception):
    """No worker has come round lately: texts wait."""


class QueueLate(Exception):
    """A text that could have gone has waited too long."""


def worker() -> dict[str, Any]:
    """Raises NoWorker when the last sign of life is a minute old, or there was none."""
    last = beats.last("worker")
    if last is None or abs(clock.now() - last) > WORKER_SILENT:
        raise NoWorker
    return {"seconds_ago": round((clock.now() - last).total_seconds())}


def queue() -> dict[str, Any]:
    """Raises QueueLate when the oldest text that could go has waited for a quarter of an hour."""
    found = texts_queue.waiting()
    waited = clock.now() - found.oldest if found.oldest else timedelta(0)
    if waited > QUEUE_LATE:
        raise QueueLate
    return {
        "waiting": found.now,
        "oldest_seconds": round(waited.total_seconds()),
        "waiting_for_later": found.later,
    }


def texts() -> dict[str, Any]:
    """How the texts of today are doing. Never bad by itself: a number that does not exist is no
    fault of this service."""
    sent, failed = traffic.so_far_today()
    return {"sent_today": sent, "not_delivered_today": failed}


def limit() -> dict[str, Any]:
    """How far the day's parts are used. Never bad: answers go out whatever it says, and pages
    have nothing to do with it."""
    found = traffic.limit()
    return {
        "level": found.level.value,
        "parts_today": found.used,
        "limit": found.parts,
        "percent": found.percent,
    }


def concerns() -> dict[str, Any]:
    """Words about danger that nobody has read, and how many of them for too long. Never bad: a
    service that is taken away helps nobody. Whoever watches it should watch `overdue`."""
    late = concern_queries.overdue()
    oldest = (clock.now() - late[0].at).total_seconds() if late else 0
    return {
        "unread": concern_queries.how_many_unread(),
        "overdue": len(late),
        "oldest_overdue_seconds": round(oldest),
    }


def register() -> None:
    health.register("concerns", concerns)
    health.register("worker", worker)
    health.register("queue", queue)
    health.register("texts", texts)
    health.register("daily_limit", limit)
