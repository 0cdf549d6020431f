"""An appointment, the days before it, and what went out in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from notifications import policy, reminders
from portal import clock
from portal.account.models import UndeliveredText
from portal.appointments import actions
from portal.appointments.models import Appointment
from portal.database import db, transaction
from tests.notifications.sending import rows
from tests.people import (
    SOON,
    People,
    StoppedClock,
    actor,
    again,
    appointment,
    work,
)

ALEX = "+447700900101"


def book(app: Flask, people: People, starts_at: datetime = SOON, **more: Any) -> Appointment:
    with app.app_context(), transaction():
        return appointment(again(people.alex), starts_at, **more)


def accept(app: Flask, people: People, visit: Appointment) -> None:
    with app.app_context(), transaction():
        actions.accept(again(visit), by=actor(people.alex, "text"))


def through(app: Flask, stopped: StoppedClock, until: datetime, **every: float) -> None:
    """Let time pass until a moment, from three days before it. The reminders come round again
    and again; the rest of the worker does when there is something for it to do."""
    step = timedelta(**(every or {"hours": 1}))
    work(app)
    if clock.now() < until - timedelta(days=3):
        stopped.at(until - timedelta(days=3))
    while clock.now() < until:
        stopped.at(min(until, clock.now() + step))
        with app.app_context():
            found = reminders.step()
        if found:
            work(app)
    work(app)


def reminded(app: Flask) -> list[tuple[str, datetime]]:
    """The kind and time of each reminder that went out."""
    with app.app_context():
        return [
            (row.kind, row.sent_at)
            for row in rows()
            if row.kind in policy.TEXTS and row.sent_at is not None
        ]


def tasks(app: Flask) -> list[tuple[str, datetime]]:
    """What staff have still to do about reminders."""
    with app.app_context():
        found = db.session.scalars(
            sa.select(UndeliveredText).where(
                UndeliveredText.what.in_(policy.TASKS), UndeliveredText.settled_at.is_(None)
            )
        )
        return sorted((each.what, each.at) for each in found)
