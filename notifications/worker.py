"""The worker: a loop over short steps, each in an app context and a transaction of its own.

Any number of workers may run, on any number of machines. A step that breaks is logged and does
not keep the others from being taken. Killing a worker at any point loses nothing; see queue.py
for what may come twice.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

import structlog
from flask import Flask, current_app

from notifications import (
    alarms,
    beats,
    commitment_reminders,
    forgetting,
    inbound,
    receipts,
    relay,
    reminders,
    sender,
    silent,
    spend,
    unconfirmed,
    unfinished,
)
from portal.account import throttle
from portal.appointments import report_actions
from portal.complaints import desk_actions as complaints
from portal.costs import desk_actions as costs
from portal.database import transaction
from portal.plan import actions as plan
from portal.record import retention

log = structlog.get_logger()

IDLE = 0.5
"""Seconds between two looks when there was nothing to do."""
IDLE_IN_TROUBLE = 5.0
BEAT_EVERY = timedelta(seconds=10)
SWEEP_EVERY = timedelta(minutes=5)

Step = tuple[str, Callable[[], bool]]


class Stop(Protocol):
    """Says when to stop; threading.Event is one."""

    def is_set(self) -> bool: ...
    def wait(self, timeout: float) -> Any: ...


def steps() -> Sequence[Step]:
    """Reports come before sending: one may say that a text has gone already."""
    return (
        ("inbound", inbound.step),
        ("alarms", alarms.step),
        ("relay", relay.step),
        ("receipts", receipts.step),
        ("reminders", reminders.step),
        ("commitments", commitment_reminders.step),
        ("unfinished", unfinished.step),
        ("silent numbers", silent.step),
        ("unconfirmed", unconfirmed.step),
        ("sender", sender.step),
        ("forgetting", forgetting.step),
        ("spend", spend.step),
        *((name, partial(_sweep, name, job)) for name, job in _SWEEPS.items()),
    )


def run(stop: Stop) -> None:
    """Work until told to stop; then finish the step that is running, and return."""
    app = _app()
    idle = IDLE
    while not stop.is_set():
        did_something = broke = False
        for name, step in (("beat", beat), *steps()):
            if stop.is_set():
                return
            done = _take(app, name, step)
            did_something |= bool(done)
            broke |= done is None
        if did_something:
            idle = IDLE
        else:
            idle = min(idle * 2, IDLE_IN_TROUBLE) if broke else IDLE
            stop.wait(idle)


def once() -> bool:
    """Work until nothing is left that could be done now; False when a step broke."""
    app = _app()
    done: list[bool | None] = [_take(app, "beat", beat), True]
    broke = False
    while any(done):
        done = [_take(app, name, step) for name, step in steps()]
        broke |= None in done
    return not broke


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


def _take(app: Flask, name: str, step: Callable[[], bool]) -> bool | None:
    """Whether the step did something; None when it broke."""
    with app.app_context():
        try:
            return step()
        except Exception as error:
            # Kind and place only: messages of errors carry numbers and words that people wrote.
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("worker", step=name, error=type(error).__name__, at=_short(place))
            return None


def _short(place: traceback.FrameSummary) -> str:
    return f"{'/'.join(place.filename.split('/')[-2:])}:{place.lineno}"


def beat() -> bool:
    """Leave a sign of life, now and then. Nothing that anybody has to wait for."""
    beats.take("worker", BEAT_EVERY)
    return False


_SWEEPS: dict[str, Callable[[], object]] = {
    "sweep limits": throttle.sweep,
    "sweep kept": retention.sweep,
    "sweep reports": report_actions.remind_of_unanswered,
    "sweep promises": plan.remind_of_late,
    "sweep costs": costs.nudge,
    "sweep complaints": complaints.tell_of_late,
}
"""What has run out is removed, and what nobody has answered is asked again: each by itself, so
that one that breaks keeps none of the others from it, nor tries again and again at once."""


def _sweep(name: str, job: Callable[[], object]) -> bool:
    if beats.take(name, SWEEP_EVERY):
        with transaction():
            job()
    return False
