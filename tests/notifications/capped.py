"""Appointments at many hours, and what was sent or held back of their reminders."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask

from notifications import policy
from notifications.models import State
from portal import clock
from portal.appointments import actions
from portal.appointments.models import Appointment
from portal.database import transaction
from tests.notifications.sending import rows
from tests.people import (
    SOON,
    People,
    actor,
    again,
    appointment,
    work,
)

ALEX = "+447700900101"


def accepted(app: Flask, people: People, *starts: datetime) -> list[Appointment]:
    with app.app_context(), transaction():
        found = [appointment(again(people.alex), each) for each in starts]
        for each in found:
            actions.accept(each, by=actor(people.alex))
    work(app)
    return found


def sent(app: Flask, *kinds: str) -> list[tuple[str, datetime]]:
    with app.app_context():
        return [(r.kind, r.sent_at) for r in rows() if r.kind in kinds and r.sent_at is not None]


def held(app: Flask) -> list[str | None]:
    with app.app_context():
        return [r.error for r in rows() if r.kind in policy.TEXTS and r.state is State.dropped]


def at(*figures: int) -> datetime:
    return clock.from_wall_clock(datetime(*figures))  # type: ignore[arg-type]  # noqa: DTZ001


THREE = (SOON, SOON + timedelta(hours=2), SOON + timedelta(hours=4))
