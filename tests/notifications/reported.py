"""Texts that were sent, what the provider reported of them, and what followed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from notifications import arrivals, receipts, sender
from notifications.gateways.base import Status
from notifications.models import Notification, State
from portal.account.models import UndeliveredText
from portal.appointments.models import Appointment
from portal.database import db, transaction
from portal.history.words import sentence_of
from portal.record import log
from tests.notifications.sending import put, row
from tests.people import NOW, People, again, appointment


def sent(people: People, **more: Any) -> int:
    values: dict[str, Any] = {"claimant_id": people.alex.id} | more
    text = put(**values)
    while sender.step():
        pass
    assert row(text).state is State.sent
    return text


def report(text: int, status: State, error: str = "") -> None:
    kept = row(text)
    assert kept.provider_id is not None
    with transaction():
        arrivals.keep_status("twilio", Status(kept.provider_id, status, error, str(text)))
    while receipts.step():
        pass


def tasks() -> list[UndeliveredText]:
    found = sa.select(UndeliveredText).where(UndeliveredText.settled_at.is_(None))
    return list(db.session.scalars(found))


def copy_of(text: int) -> Notification | None:
    return db.session.scalar(sa.select(Notification).where(Notification.copy_of == text))


def visit(people: People, **later: float) -> Appointment:
    with transaction():
        return appointment(again(people.alex), NOW + timedelta(**later))


def last_sentence(people: People) -> str:
    return str(sentence_of(log.entries(people.alex.id)[0]).striptags())
