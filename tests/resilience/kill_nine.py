"""Kill the worker and the web server with -9, again and again, while people answer.

Afterwards every chain must be intact, every answer that somebody got a receipt for must be there
once, and every confirmation must have been sent once, none lost.

    python -m tests.resilience.kill_nine --rounds 50
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from notifications import arrivals, worker
from notifications.gateways.base import Inbound
from notifications.models import InboundText, LocalText, Notification, State
from portal import clock
from portal.account import actions as account
from portal.account import sign_in_actions
from portal.account.models import Claimant, Office
from portal.actors import Actor
from portal.appointments import office_actions
from portal.appointments.models import Answer, Appointment, How
from portal.appointments.rules import Booking
from portal.database import db, migrate, transaction
from portal.record import log
from portal.record.models import Entry, Outbox
from portal.settings import ROOT, Settings
from wsgi import create_app

VISITORS = 8
TEXTERS = 8
TEXTS_FROM_A_NUMBER = 18
"""Fewer than one number may send in an hour."""
_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass
class Told:
    """What the world outside believes has happened."""

    receipts: dict[uuid.UUID, str] = field(default_factory=dict)
    texted: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


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


def _morning() -> datetime:
    """An hour at which offers go out at once."""
    return clock.local(clock.now() - timedelta(days=1)).replace(hour=10).astimezone(UTC)


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
            starts_at=clock.now() + timedelta(days=3 + day),
            how=How.in_person,
            purpose="support",
        )
        office_actions.book(person, booking, by=Actor.system())
    return person.id


class Processes:
    """The web server and the worker, each started again after it was killed."""

    def __init__(self, environment: dict[str, str], port: int) -> None:
        self.environment, self.port = environment, port
        self.running = {name: self._start(name) for name in ("web", "worker")}

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        flask = [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py")]
        command = {
            "web": [*flask, "serve", "--no-worker", "--port", str(self.port), "--workers", "1"],
            "worker": [*flask, "worker"],
        }[name]
        return subprocess.Popen(
            command,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self, name: str) -> None:
        """The whole process group, as a power cut would, and start it again."""
        self._end(self.running[name], signal.SIGKILL)
        if name == "web":
            _wait_until_free(self.port)
        self.running[name] = self._start(name)

    def stop(self) -> None:
        for process in self.running.values():
            self._end(process, signal.SIGTERM)

    @staticmethod
    def _end(process: subprocess.Popen[bytes], number: int) -> None:
        if number == signal.SIGKILL:
            # The server's own children live in groups of their own.
            for child in _children(process.pid):
                _signal(child, number)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        process.wait(30)


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        text = subprocess.run(
            ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
        ).stdout
    found = [int(child) for child in text.split()]
    return [each for child in found for each in [*_children(child), child]]


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _wait_until_free(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return
            except OSError:
                time.sleep(0.05)


class Visitor(threading.Thread):
    """Accepts appointments on the website, trying again until there is a receipt to hold."""

    def __init__(
        self, port: int, cookie: str, ids: list[uuid.UUID], told: Told, stop: threading.Event
    ) -> None:
        super().__init__(daemon=True)
        self.port, self.cookie, self.ids, self.told, self.stop = port, cookie, ids, told, stop

    def run(self) -> None:
        for appointment_id in self.ids:
            while not self.stop.is_set():
                receipt = self._try(f"/appointments/{appointment_id}")
                if receipt:
                    with self.told.lock:
                        self.told.receipts[appointment_id] = receipt
                    break
                time.sleep(0.1)
            time.sleep(random.uniform(0.05, 0.3))

    def _try(self, path: str) -> str | None:
        try:
            status, _, page = self._ask("GET", path, "")
            token = _TOKEN.search(page)
            if status != 200 or token is None:
                return None
            body = urllib.parse.urlencode({"csrf_token": token[1].decode()})
            status, location, _ = self._ask("POST", f"{path}/accept", body)
            return (
                location.rsplit("/", 1)[-1] if status == 303 and "/answered/" in location else None
            )
        except (OSError, http.client.HTTPException):
            return None

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            heads = {"Cookie": self.cookie}
            if method == "POST":
                heads["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body, heads)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or "", answer.read()
        finally:
            connection.close()


class Texter(threading.Thread):
    """Texts 1 from demo phones; a provider that got no answer sends the same text again."""

    def __init__(self, app: Flask, numbers: list[str], told: Told, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.app, self.numbers, self.told, self.stop = app, numbers, told, stop

    def run(self) -> None:
        for n, number in enumerate(self.numbers):
            body = "UNDO" if n % 2 else "1"
            text = Inbound(
                provider_id=f"kill-{uuid.uuid4()}", from_number=number, to_number="", body=body
            )
            for _ in range(2):
                with self.app.app_context(), transaction():
                    arrivals.keep_inbound("local", text)
            with self.told.lock:
                self.told.texted[text.provider_id] = body
            time.sleep(random.uniform(0.05, 0.3))


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
    environment = _environment(folder, url)
    app = create_app(Settings.from_environment(environment))
    each = max(4, int(rounds * pause * 1.5))
    with app.app_context():
        migrate(db.engine)
        with clock.frozen(_morning()):
            people = _seed(each, TEXTERS * -(-each * 2 // TEXTS_FROM_A_NUMBER))
            worker.once()
        by_person: dict[uuid.UUID, list[uuid.UUID]] = {}
        for claimant_id, appointment_id in db.session.execute(
            sa.select(Appointment.claimant_id, Appointment.id).order_by(Appointment.starts_at)
        ):
            by_person.setdefault(claimant_id, []).append(appointment_id)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
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
            return _wrong(told)
        finally:
            db.session.close()
            db.engine.dispose()


def _wrong(told: Told) -> list[str]:
    session = db.session
    found = [f"a chain is broken: {fault}" for *_, faults in log.verify_all() for fault in faults]
    if session.scalar(sa.select(sa.func.count()).select_from(Outbox)):
        found.append("entries are left in the outbox")
    for appointment_id, receipt in told.receipts.items():
        kept = session.get(Appointment, appointment_id)
        if kept is None or kept.answer is not Answer.accepted or kept.answer_receipt != receipt:
            found.append(f"the receipt {receipt} that somebody holds is not the record's")
    accepted = session.scalars(sa.select(Entry).where(Entry.kind == "appointments.accepted")).all()
    on_the_web = [entry.about for entry in accepted if entry.channel == "web"]
    again = [a for a, n in Counter(on_the_web).items() if n > 1]
    found += [f"appointment {a} was accepted twice" for a in again]
    for body, kind in (("1", "appointments.accepted"), ("UNDO", "appointments.withdrawn")):
        texted = sum(each == body for each in told.texted.values())
        done = session.scalar(
            sa.select(sa.func.count())
            .select_from(Entry)
            .where(Entry.kind == kind, Entry.channel == "sms")
        )
        if texted != done:
            found.append(f"{texted} texts said {body}, {done} were carried out")
    confirmed = Counter(
        session.scalars(
            sa.select(Notification.receipt).where(
                Notification.kind == "appointments.accepted",
                Notification.state == State.delivered,
            )
        )
    )
    for entry in accepted:
        if confirmed[entry.receipt] != 1:
            found.append(f"{entry.receipt} was confirmed {confirmed[entry.receipt]} times")
    on_phones = session.scalar(
        sa.select(sa.func.count())
        .select_from(LocalText)
        .where(LocalText.incoming, LocalText.body.contains("Ref"))
    )
    if on_phones is not None and on_phones < len(accepted):
        found.append(f"{len(accepted)} accepted, but only {on_phones} confirmations on phones")
    unread = session.scalar(
        sa.select(sa.func.count()).select_from(InboundText).where(InboundText.handled_at.is_(None))
    )
    if unread:
        found.append(f"{unread} texts were never read")
    kept_texts = set(session.scalars(sa.select(InboundText.provider_id)))
    found += [f"text {t} was lost" for t in told.texted if t not in kept_texts]
    print(
        f"{len(told.receipts)} receipts held by visitors, {len(told.texted)} texts, "
        f"{len(accepted)} answers recorded and confirmed, {len(found)} faults."
    )
    if not accepted or not told.receipts:
        found.append("nothing happened, so nothing was tried")
    return found


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
