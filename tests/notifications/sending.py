"""What the tests of sending share: texts in the queue, and a provider that does as it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask

from notifications import queue
from notifications.gateways.base import GatewayError, Sent
from notifications.gateways.local import LocalGateway
from notifications.models import Notification, State
from portal.database import db, transaction

ALEX, ROBIN = "+447700900101", "+447700900102"


def put(number: str = ALEX, body: str = "Hello", **more: Any) -> int:
    """Queue a text; returns its id."""
    values = {
        "to_number": number,
        "claimant_id": None,
        "language": "en",
        "kind": "appointments.accepted",
        "body": body,
        "dedupe_key": uuid4().hex,
    } | more
    with transaction():
        row = queue.put(**values)
        assert row is not None
        return row.id


def row(notification_id: int) -> Notification:
    found = db.session.get(Notification, notification_id, populate_existing=True)
    assert found is not None
    return found


def state(notification_id: int) -> State:
    return row(notification_id).state


def rows() -> list[Notification]:
    return list(db.session.scalars(sa.select(Notification).order_by(Notification.id)))


class Provider(LocalGateway):
    """Keeps what it was handed; answers with what was planned, one after the other."""

    name = "planned"

    def __init__(self, *answers: GatewayError | State) -> None:
        self.answers = list(answers)
        self.handed: list[tuple[str, str, str]] = []
        self.while_sending: Callable[[], None] = lambda: None

    def send(self, to: str, text: str, key: str, *, not_after: datetime | None = None) -> Sent:
        self.handed.append((to, text, key))
        self.while_sending()
        answer = self.answers.pop(0) if self.answers else State.delivered
        if isinstance(answer, GatewayError):
            raise answer
        return Sent(f"P{len(self.handed)}", answer)


@contextmanager
def using(app: Flask, **extensions: Any) -> Iterator[None]:
    """The service has these in place of its own, inside the block: `gateway`, `second_gateway`
    or `settings`. What is put in their place meanwhile is gone after it, too."""
    before = {name: app.extensions[name] for name in extensions}
    app.extensions.update(extensions)
    try:
        yield
    finally:
        app.extensions.update(before)


@contextmanager
def provider(app: Flask, *answers: GatewayError | State) -> Iterator[Provider]:
    """The service sends through this one, inside the block."""
    planned = Provider(*answers)
    with using(app, gateway=planned):
        yield planned
