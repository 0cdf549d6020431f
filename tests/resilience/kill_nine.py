"""Kill the worker and the web server with -9, again and again, while people answer.

Afterwards every chain must be intact, every answer that somebody got a receipt for must be there
once, and every confirmation must have been sent once, none lost.

    python -m tests.resilience.kill_nine --rounds 50
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from notifications import worker
from portal import clock
from portal.account import actions as account
from portal.account import sign_in_actions
from portal.account.models import Claimant, Office
from portal.actors import Actor
from portal.appointments import office_actions
from portal.appointments.models import Appointment, How
from portal.appointments.rules import Booking
from portal.database import db, migrate, transaction
from portal.settings import Settings
from tests.resilience.clocks import running_from
from tests.resilience.kill_nine_faults import wrong
from tests.resilience.kill_nine_people import Texter, Told, Visitor
from tests.resilience.processes import Processes
from tests.served import free_port
from wsgi import create_app

VISITORS = 8
TEXTERS = 8
TEXTS_FROM_A_NUMBER = 18
"""Fewer than one number may send in an hour."""
_BEGIN = datetime(2027, 2, 2, 10, tzinfo=UTC)
"""A Tuesday morning: a day after the offers went out, a week before anybody is reminded."""


def _environment(folder: Path, url: str) -> dict[str, str]:
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "TWILIO_"))}
    return keep | {
        "PORTAL_MODE": "demo",
        "PORTAL_INSTANCE": str(folder),
        "DATABASE_URL": url,
        "SMS_GATEWAY": "local",
    }


def _seed(appointments_each: int, texters: int) -> list[uuid.UUID]:
    with transaction():
        office = Office(
            code="kill-nine",
            name="Example Jobcentre",
            short_name="Example",
            address="1 Example Street",
            phone="01632 960100",
        )
        db.session.add(office)
        db.session.flush()
        # Texters have one appointment each, and change their mind by text about it.
        return [
            _person(office, n, appointments_each if n < VISITORS else 1)
            for n in range(VISITORS + texters)
        ]


def _number(n: int) -> str:
    return f"+447700900{200 + n}"


def _person(office: Office, n: int, appointments_each: int) -> uuid.UUID:
    person = account.register(
        reference=f"KILL-{n}",
        full_name=f"Example {n}",
        office=office,
        mobile=_number(n),
        language="en",
        by=Actor.system(),
    )
    for day in range(appointments_each):
        booking = Booking(
            starts_at=clock.now() + timedelta(days=9 + day),
            how=How.in_person,
            purpose="support",
        )
        office_actions.book(person, booking, by=Actor.system())
    return person.id


def _cookie(app: Flask, claimant_id: uuid.UUID) -> str:
    with app.app_context():
        with transaction() as session:
            person = session.get(Claimant, claimant_id)
            assert person is not None
            token = sign_in_actions.begin_visit(claimant=person)
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        return "s=" + str(signer.dumps({"v": token, "csrf_token": "kill-nine-token"}))


def run(rounds: int, pause: float, url: str, folder: Path) -> list[str]:
    """Do it all; returns what is wrong, in sentences. Empty means that nothing was lost."""
    with running_from(_BEGIN):
        return _run(rounds, pause, url, folder)


def _run(rounds: int, pause: float, url: str, folder: Path) -> list[str]:
    environment = _environment(folder, url)
    app = create_app(Settings.from_environment(environment))
    each = max(4, int(rounds * pause * 1.5))
    with app.app_context():
        migrate(db.engine)
        with clock.frozen(_BEGIN - timedelta(days=1)):
            people = _seed(each, TEXTERS * -(-each * 2 // TEXTS_FROM_A_NUMBER))
            worker.once()
        by_person: dict[uuid.UUID, list[uuid.UUID]] = {}
        for claimant_id, appointment_id in db.session.execute(
            sa.select(Appointment.claimant_id, Appointment.id).order_by(Appointment.starts_at)
        ):
            by_person.setdefault(claimant_id, []).append(appointment_id)
    port = free_port()
    told, stop = Told(), threading.Event()
    visitors = people[:VISITORS]
    cookies = {claimant_id: _cookie(app, claimant_id) for claimant_id in visitors}
    processes = Processes(environment, port)
    threads: list[threading.Thread] = [
        Visitor(port, cookies[claimant_id], by_person[claimant_id], told, stop)
        for claimant_id in visitors
    ]
    numbers = [_number(n) for n in range(VISITORS, len(people))]
    threads += [
        Texter(
            app, [x for x in numbers[n::TEXTERS] for _ in range(TEXTS_FROM_A_NUMBER)], told, stop
        )
        for n in range(TEXTERS)
    ]
    for thread in threads:
        thread.start()
    try:
        for n in range(rounds):
            time.sleep(pause + random.uniform(0, pause))
            processes.kill("worker" if n % 2 else "web")
        deadline = time.monotonic() + 120
        while any(t.is_alive() for t in threads) and time.monotonic() < deadline:
            time.sleep(0.5)
    finally:
        stop.set()
        processes.stop()
    for thread in threads:
        thread.join(10)
    with app.app_context():
        try:
            with clock.frozen(clock.now() + timedelta(minutes=10)):
                worker.once()
            return wrong(told)
        finally:
            db.session.close()
            db.engine.dispose()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--pause", type=float, default=1.5, help="seconds, at least, between kills")
    parser.add_argument("--database-url", default="", help="PostgreSQL; SQLite unless given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database_url or f"sqlite:///{folder}/portal.db"
        faults = run(given.rounds, given.pause, url, Path(folder))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
