"""A phone in a world where time passes: between a text, what follows from it, and the answer.

Each step of the worker takes a second here. While the clock stands still a receipt is sent at
the very moment of its cause, and whatever depends on which came first looks right by chance.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Self
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import arrivals, queries, worker
from notifications.conversation import tables
from notifications.gateways.base import Inbound
from notifications.models import Dialogue, InboundText, Notification
from portal import languages
from portal.account.models import Claimant, UndeliveredText
from portal.appointments.models import Appointment
from portal.database import db, new_id, transaction
from portal.record import log
from portal.record.models import Entry
from tests.people import SOON, People, StoppedClock, again, appointment, claimant, slot

EACH_LANGUAGE = [
    each.code
    if each.code in ("en", "cy", "ar")
    else pytest.param(each.code, marks=pytest.mark.slow)
    for each in languages.offered()
]
"""Every language that is offered. The quick run takes three: ours, one with mutations and accents,
and one of another script from right to left."""


class Talk:
    """What one person and the service say to each other by text."""

    def __init__(self, app: Flask, time: StoppedClock, person: Claimant) -> None:
        assert person.mobile
        self.app, self.time, self.person, self.number = app, time, person, person.mobile

    def says(
        self, words: str, *, after: float = 120, provider_id: str = "", media: int = 0
    ) -> Self:
        """The person texts us, so many seconds after the last thing that happened."""
        self.time.later(seconds=after)
        self.sends(words, provider_id=provider_id, media=media)
        return self.settles()

    def sends(self, words: str, *, provider_id: str = "", media: int = 0) -> None:
        """A text arrives; nothing is made of it yet."""
        text = Inbound(provider_id or new_id().hex, self.number, body=words, media=media)
        with self.app.app_context(), transaction():
            arrivals.keep_inbound("local", text)

    def settles(self) -> Self:
        """The worker does all there is to do, a second for each step."""
        busy = True
        while busy:
            busy = False
            for _name, step in worker.steps():
                self.time.later(seconds=1)
                with self.app.app_context():
                    busy |= step()
        return self

    @property
    def received(self) -> list[str]:
        """Every text this phone got, oldest first."""
        with self.app.app_context():
            sent = [(row.sent_at, row.id, words) for row, words in queries.sent(self.number)]
        came = [(at, number, words) for at, number, words in sent if at is not None]
        return [words for _at, _number, words in sorted(came)]

    @property
    def last(self) -> str:
        return self.received[-1] if self.received else ""

    def hears(self, *pieces: str) -> Self:
        """The last text says all of this."""
        for piece in pieces:
            assert piece in self.last, (piece, self.received[-3:])
        return self

    def hears_nothing_new(self, after: int) -> Self:
        assert len(self.received) == after, self.received[after:]
        return self

    def code(self) -> str:
        """The echo code of the last text, as somebody with the real phone reads it."""
        with self.app.app_context():
            kept = db.session.get(Dialogue, self.number)
            assert kept is not None
            code = str(kept.facts["code"])
        assert code in self.last, (code, self.last)
        return code

    def happened(self) -> list[str]:
        """Kinds of everything in this person's record, oldest first; but for what was sent."""
        with self.app.app_context():
            return [entry.kind.split(".", 1)[1] for entry in reversed(self._entries())][1:]

    def receipt(self) -> str:
        """The receipt of the latest entry."""
        with self.app.app_context():
            return self._entries()[0].receipt

    def _entries(self) -> list[Entry]:
        """Newest first. That a notice was sent follows from what happened."""
        return [each for each in log.entries(self.person.id) if each.kind != "notices.sent"]

    def hears_receipt_of(self, kind: str) -> Self:
        """The latest entry is of this kind, and the last text carries its receipt."""
        assert self.happened()[-1] == kind, self.happened()
        return self.hears(self.receipt())

    def outcomes(self) -> list[str]:
        """What came of each text that arrived from here, oldest first."""
        with self.app.app_context():
            query = sa.select(InboundText.outcome).where(InboundText.from_number == self.number)
            return list(db.session.scalars(query.order_by(InboundText.id)))

    def tasks(self) -> set[str]:
        """What staff were asked to do about this person."""
        with self.app.app_context():
            query = sa.select(UndeliveredText.what).where(
                UndeliveredText.claimant_id == self.person.id, UndeliveredText.settled_at.is_(None)
            )
            return set(db.session.scalars(query))

    def offered(self, days: float = 9, **booking: object) -> UUID:
        """The office books an appointment, and its offer arrives."""
        with self.app.app_context(), transaction():
            starts_at = SOON + timedelta(days=days - 9)
            found = appointment(again(self.person), starts_at, **booking).id
        self.settles()
        return found

    def free_times(self, people: People, how_many: int = 3) -> None:
        """The office offers free times."""
        with self.app.app_context(), transaction():
            for day in range(how_many):
                slot(people.office, SOON + timedelta(days=day + 1))

    def visit(self, found: UUID) -> Appointment:
        """The appointment as it is now; in an app context."""
        row = db.session.get(Appointment, found, populate_existing=True)
        assert row is not None
        return row

    def answer(self, found: UUID) -> str:
        with self.app.app_context():
            return self.visit(found).answer.value

    def status(self, found: UUID) -> str:
        with self.app.app_context():
            return self.visit(found).status.value


@pytest.fixture(params=EACH_LANGUAGE)
def sam(
    request: pytest.FixtureRequest, app: Flask, people: People, clock_stopped: StoppedClock
) -> Talk:
    """Sam, texting with us: in each language that is offered."""
    with app.app_context(), transaction():
        person = claimant(again(people.office), language=request.param)
    return Talk(app, clock_stopped, person)


def word(language: str, intent: str) -> str:
    """The first keyword of a language that means this intent and no other, also after an offer."""
    spoken = [form for form in tables.forms() if form.language == language]
    taken = {form.text for form in spoken if form.intent != intent}
    return next(f.text for f in spoken if f.intent == intent and f.text not in taken)


def sent_of_kind(talk: Talk, kind: str) -> int:
    """How many texts of a kind were made for this phone."""
    with talk.app.app_context():
        query = sa.select(sa.func.count()).where(
            Notification.to_number == talk.number, Notification.kind == kind
        )
        return db.session.scalar(query) or 0
