"""A phone of the stories: it texts us as `flask sms receive` does, and shows what it got."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Self

import sqlalchemy as sa
from flask import Flask

from notifications import arrivals, queries, worker
from notifications.gateways.local import LocalGateway
from portal.account import codes
from portal.account.models import CodeAttempt
from portal.database import db, transaction


def code_for(app: Flask, number: str) -> str:
    """The code that the latest text to this number holds, or will hold."""
    with app.app_context():
        attempt = db.session.scalars(
            sa.select(CodeAttempt)
            .where(CodeAttempt.number == number)
            .order_by(
                CodeAttempt.asked_at.desc(), CodeAttempt.used_at.is_not(None), CodeAttempt.tries
            )
            .limit(1)
        ).one()
        return codes.digits("sign-in", attempt.id)


class Phone:
    """One phone: it texts us as `flask sms receive` does, and shows what it got."""

    def __init__(self, app: Flask, number: str) -> None:
        self.app, self.number = app, number

    def texts(self, words: str, *, provider_id: str = "") -> Self:
        """Send a text; the worker makes of it what follows, and answers."""
        with self.app.app_context():
            gateway = self.app.extensions["gateway"]
            assert isinstance(gateway, LocalGateway)
            inbound = gateway.typed(self.number, words, provider_id)
            with transaction():
                arrivals.keep_inbound(gateway.name, inbound)
        work(self.app)
        return self

    @property
    def received(self) -> list[str]:
        """Every text this phone has got, oldest first."""
        work(self.app)
        with self.app.app_context():
            # By the queue's own numbers too: while the clock stands, all have the same time.
            sent = [(row.sent_at, row.id, words) for row, words in queries.sent(self.number)]
        return [words for at, _number, words in sorted(sent, key=_when_sent) if at is not None]

    @property
    def last(self) -> str:
        received = self.received
        assert received, "This phone has got no text."
        return received[-1]

    def reads(self, *pieces: str) -> Self:
        """The last text says all of this."""
        for piece in pieces:
            assert piece in self.last, (piece, self.last)
        return self

    def link(self) -> str:
        """The path of the latest short link that came."""
        links = re.findall(r"(/a/[0-9A-Za-z]+)", "\n".join(self.received))
        assert links, self.received
        return str(links[-1])


def _when_sent(text: tuple[datetime | None, int, str]) -> tuple[float, int]:
    return (text[0].timestamp() if text[0] else 0.0, text[1])


def work(app: Flask) -> None:
    """The worker does everything that could be done now, and nothing breaks."""
    with app.app_context():
        assert worker.once(), "A step of the worker broke."
