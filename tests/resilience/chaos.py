"""5,000 texts through a provider that fails, loses, delays, doubles and reorders a fifth of all.

The service runs as it is, with the provider's own kit of programs, against the stand-in in
tests/stand_in. People answer their offers and change their minds, and their texts come twice and
in the wrong order as well. Afterwards every text must be in the state that the provider knows to
be true, none may be lost, every text that came in must have been acted on once, and every chain
must be intact.

    python -m tests.resilience.chaos --texts 5000

The clock leaps to the next moment at which something is due, so that nobody waits for retries.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from notifications import queue, worker
from notifications.models import FINAL, DeliveryReceipt, InboundText, Notification, State
from portal import clock, languages
from portal.account import actions as account
from portal.account.models import Office
from portal.actors import Actor
from portal.appointments import office_actions
from portal.appointments.models import How
from portal.appointments.rules import Booking
from portal.database import db, migrate, transaction
from portal.record.models import Outbox
from portal.settings import Settings
from tests.resilience.chaos_drivers import Driver, Sent
from tests.resilience.chaos_faults import wrong
from tests.resilience.clocks import running_from
from tests.stand_in.live import live
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import LOST, NUMBER, Mischief
from wsgi import create_app

TEXTS_EACH = 5.5
"""About what one person gets: the offer and, where that arrived, a receipt for each answer that
changed something."""
OFFERED = [language.code for language in languages.offered()]
WORKERS, DRIVERS = 2, 4
_MONDAY = datetime(2027, 2, 1, 10, tzinfo=UTC)


def _numbers() -> Iterator[str]:
    """Numbers of the range that is kept for drama, without those that mean something here."""
    for n in range(1000):
        number = f"+447700900{n:03d}"
        if number != NUMBER and number not in LOST:
            yield number


def _seed(people: int) -> dict[UUID, str]:
    office = Office(
        code="chaos",
        name="Example Jobcentre",
        short_name="Example",
        address="1 Example Street",
        phone="01632 960100",
    )
    db.session.add(office)
    db.session.flush()
    found = {}
    for n, number in zip(range(people), _numbers(), strict=False):
        person = account.register(
            reference=f"CHAOS-{n}",
            full_name=f"Example {n}",
            office=office,
            mobile=number,
            language=OFFERED[n % len(OFFERED)],
            by=Actor.system(),
        )
        booking = Booking(
            starts_at=clock.now() + timedelta(days=9), how=How.in_person, purpose="support"
        )
        office_actions.book(person, booking, by=Actor.system())
        found[person.id] = number
    return found


def run(
    texts: int, url: str, folder: Path, *, share: float = 0.2, within: float = 7200
) -> list[str]:
    """Do it all; returns what is wrong, in sentences. Empty means that every text ended true."""
    people = -(-texts * 10 // int(TEXTS_EACH * 10)) + 1
    mischief = Mischief(
        refuse=share, lose=share, undelivered=share, duplicate=share, shuffle=share, delay=1.0
    )
    sent, stop = Sent(), threading.Event()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with TwilioStandIn(mischief=mischief) as twilio, running_from(_MONDAY):

        def make_app(address: str) -> Flask:
            twilio.public_url = address
            settings = Settings.for_tests(database_url=url, instance=folder, log_level="ERROR")
            return create_app(replace(settings, **twilio.settings()))

        with live(make_app) as (app, address):
            with app.app_context():
                migrate(db.engine)
                with transaction():
                    numbers = _seed(people)
            threads: list[threading.Thread] = [
                Driver(address, dict(some), _offer_of(app), share, sent, stop, seed)
                for seed, some in enumerate(_dealt(list(numbers.items()), DRIVERS))
            ]
            drivers = list(threads)
            threads += [
                threading.Thread(target=_work, args=(app, stop), daemon=True)
                for _ in range(WORKERS)
            ]
            for thread in threads:
                thread.start()
            try:
                ended = _until_all_is_said(app, twilio, drivers, within)
            finally:
                stop.set()
                for thread in threads:
                    thread.join(30)
            with app.app_context():
                try:
                    found = wrong(twilio, sent, texts)
                finally:
                    db.session.close()
                    db.engine.dispose()
    return found if ended else [*found, f"it did not end within {within:.0f} seconds"]


def _dealt(cards: list[tuple[UUID, str]], hands: int) -> Iterator[list[tuple[UUID, str]]]:
    return (cards[n::hands] for n in range(hands))


def _work(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        worker.run(stop)


def _offer_of(app: Flask) -> Callable[[str], State | None]:
    """What became of the offer to a number, once that is certain."""

    def offer_of(number: str) -> State | None:
        with app.app_context():
            query = sa.select(Notification.state).where(Notification.to_number == number)
            states = set(db.session.scalars(query))
        if State.delivered in states:
            return State.delivered
        return State.undelivered if states and states <= set(FINAL) else None

    return offer_of


def _until_all_is_said(
    app: Flask, twilio: TwilioStandIn, drivers: Sequence[threading.Thread], within: float
) -> bool:
    """Let time pass until nothing is left to do; True when that was so in time."""
    deadline = time.monotonic() + within
    quiet = 0
    while time.monotonic() < deadline:
        time.sleep(0.1)
        with app.app_context():
            waits = _waits()
            due = queue.anything_due() or any(at <= clock.now() for at in waits["not texts"])
        later = [at for at in (*waits["texts"], *waits["not texts"]) if at > clock.now()]
        if not due and later:
            clock.set_to(min(later))
        busy = due or later or any(driver.is_alive() for driver in drivers)
        quiet = 0 if busy or not twilio.is_idle() else quiet + 1
        if quiet > 5:
            return True
    return False


def _waits() -> dict[str, list[datetime]]:
    """When the things that wait are due."""
    texts = sa.select(sa.func.coalesce(Notification.leased_until, Notification.not_before)).where(
        Notification.state.in_((State.queued, State.sending))
    )
    others = (
        sa.select(Outbox.not_before),
        sa.select(InboundText.not_before).where(InboundText.handled_at.is_(None)),
        sa.select(DeliveryReceipt.not_before).where(DeliveryReceipt.handled_at.is_(None)),
    )
    return {
        "texts": list(db.session.scalars(texts)),
        "not texts": [at for each in others for at in db.session.scalars(each)],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=5000)
    parser.add_argument("--share", type=float, default=0.2, help="how much goes wrong, 0 to 1")
    parser.add_argument("--database-url", default="", help="PostgreSQL; SQLite unless given")
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database_url or f"sqlite:///{folder}/portal.db"
        faults = run(given.texts, url, Path(folder), share=given.share)
    for fault in faults:
        print(fault)
    print(f"{time.monotonic() - began:.0f} seconds.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
