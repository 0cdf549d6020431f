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
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask

from notifications import queue, sender, worker
from notifications.models import FINAL, DeliveryReceipt, InboundText, Notification, State
from portal import clock
from portal.account import actions as account
from portal.account.models import Office
from portal.actors import Actor, Channel
from portal.appointments import office_actions
from portal.appointments.models import How
from portal.appointments.rules import Booking
from portal.database import db, migrate, transaction
from portal.record import log
from portal.record.models import Entry, Outbox
from portal.settings import Settings
from tests.stand_in.live import live
from tests.stand_in.twilio import LOST, NUMBER, Message, Mischief, TwilioStandIn, post_signed
from wsgi import create_app

ANSWERS_EACH = 6
TEXTS_EACH = 5.5
"""About what one person gets: the offer and, where that arrived, a receipt for each answer that
changed something."""
WORKERS, DRIVERS = 2, 4
ACCEPT, UNDO = "ACCEPT", "UNDO"
_MONDAY = datetime(2027, 2, 1, 10, tzinfo=UTC)


@dataclass
class Sent:
    """What the world outside sent us, and in which order it first arrived."""

    arrived: dict[UUID, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    posts: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


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
            language=("en", "cy", "ar")[n % 3],
            by=Actor.system(),
        )
        booking = Booking(
            starts_at=clock.now() + timedelta(days=9), how=How.in_person, purpose="support"
        )
        office_actions.book(person, booking, by=Actor.system())
        found[person.id] = number
    return found


class Driver(threading.Thread):
    """People who answer the offer that reached them, by a network that misbehaves too."""

    def __init__(
        self,
        address: str,
        people: dict[UUID, str],
        offer_of: Callable[[str], State | None],
        share: float,
        sent: Sent,
        stop: threading.Event,
        seed: int,
    ) -> None:
        super().__init__(daemon=True)
        self.address, self.people, self.offer_of = address, people, offer_of
        self.share, self.sent, self.stop = share, sent, stop
        self.chance = random.Random(seed)

    def run(self) -> None:
        waiting = dict(self.people)
        while waiting and not self.stop.is_set():
            for person, number in list(waiting.items()):
                offer = self.offer_of(number)
                if offer is not None:
                    del waiting[person]
                if offer is State.delivered:
                    self._write(person, number)
            self.stop.wait(0.1)

    def _write(self, person: UUID, number: str) -> None:
        texts = [(f"SM{uuid4().hex}", (ACCEPT, UNDO)[n % 2]) for n in range(ANSWERS_EACH)]
        for n in range(len(texts) - 1):
            if self.chance.random() < self.share:
                texts[n], texts[n + 1] = texts[n + 1], texts[n]
                self._note("in the wrong order")
        late: list[tuple[str, str]] = []
        for text in texts:
            self._arrive(person, number, text)
            while late:
                self._post(number, late.pop(), "twice, late")
            if self.chance.random() < self.share:
                self._post(number, text, "twice, at once")
            if self.chance.random() < self.share:
                late.append(text)
            if self.chance.random() < self.share:
                self.stop.wait(self.chance.random() * 0.3)

    def _arrive(self, person: UUID, number: str, text: tuple[str, str]) -> None:
        self._post(number, text, "once")
        with self.sent.lock:
            self.sent.arrived[person].append(text)

    def _post(self, number: str, text: tuple[str, str], how: str) -> None:
        sid, body = text
        fields = {"MessageSid": sid, "From": number, "To": NUMBER, "Body": body, "NumMedia": "0"}
        answer = post_signed(f"{self.address}/webhooks/twilio/inbound", fields)
        self._note(how)
        with self.sent.lock:
            self.sent.answers[answer] += 1

    def _note(self, how: str) -> None:
        with self.sent.lock:
            self.sent.posts[how] += 1


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
    with TwilioStandIn(mischief=mischief) as twilio, _clock_from(_MONDAY):

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
                    found = _wrong(twilio, sent, texts)
                finally:
                    db.session.close()
                    db.engine.dispose()
    return found if ended else [*found, f"it did not end within {within:.0f} seconds"]


def _dealt(cards: list[tuple[UUID, str]], hands: int) -> Iterator[list[tuple[UUID, str]]]:
    return (cards[n::hands] for n in range(hands))


@contextmanager
def _clock_from(moment: datetime) -> Iterator[None]:
    before = clock._ahead
    clock.set_to(moment)
    try:
        yield
    finally:
        clock._ahead = before


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


def _wrong(twilio: TwilioStandIn, sent: Sent, texts: int) -> list[str]:
    rows = db.session.scalars(sa.select(Notification)).all()
    copies: dict[int, list[Message]] = defaultdict(list)
    for message in twilio.messages:
        copies[int(parse_qs(urlsplit(message.callback).query)["k"][0])].append(message)
    found = [fault for row in rows for fault in _untrue(row, copies[row.id])]
    found += [f"a text of ours that nobody made: {n}" for n in set(copies) - {r.id for r in rows}]
    found += _acted(sent)
    found += [f"a chain is broken: {fault}" for *_, faults in log.verify_all() for fault in faults]
    if db.session.scalar(sa.select(sa.func.count()).select_from(Outbox)):
        found.append("entries are left in the outbox")
    if set(twilio.answers) | set(sent.answers) != {200}:
        found.append(f"we answered {Counter(twilio.answers) + sent.answers}")
    if len(rows) < texts:
        found.append(f"only {len(rows)} texts were tried")
    states = Counter(row.state.value for row in rows)
    twice = sum(len(each) > 1 for each in copies.values())
    came = sum(len(each) for each in sent.arrived.values())
    print(
        f"{len(rows)} texts out: {dict(states)}. {twilio.asked} tries, {len(twilio.messages)} "
        f"taken by the provider, {twice} texts handed over more than once.\n"
        f"{len(twilio.answers)} reports. {came} texts in, posted {sum(sent.answers.values())} "
        f"times: {dict(sent.posts)}.\n{len(found)} faults."
    )
    return found


def _untrue(row: Notification, copies: list[Message]) -> Iterator[str]:
    """What we believe of one text, against what the provider knows."""
    states = {message.status for message in copies}
    if "delivered" in states:
        true = {"delivered"}
    elif copies:
        true = {"undelivered"}
    else:
        true = set()
    if row.error == sender.NO_LONGER_TRUE and "delivered" not in states:
        # Overtaken by what the person said since: sending it would have been the fault.
        true = {"dropped"}
    if not true:
        yield f"text {row.id} was lost: {row.state.value}, {row.error}"
    elif row.state.value not in true:
        what = f"{len(copies)} copies, {row.error}"
        yield f"text {row.id} is {true}, and we believe {row.state.value} ({what})"
    if any(message.body != row.body or message.to != row.to_number for message in copies):
        yield f"text {row.id} went out with other words, or to another number"


def _acted(sent: Sent) -> Iterator[str]:
    """What was recorded for each person, against what they wrote, in the order it arrived."""
    recorded: dict[UUID, list[str]] = defaultdict(list)
    for claimant_id, kind in db.session.execute(
        sa.select(Entry.claimant_id, Entry.kind)
        .where(Entry.channel == Channel.sms)
        .order_by(Entry.id)
    ):
        recorded[claimant_id].append(kind.split(".")[1])
    for person, texts in sent.arrived.items():
        wanted = list(_meant(body for _sid, body in texts))
        if recorded[person] != wanted:
            yield f"{[b for _, b in texts]} should give {wanted}, but gave {recorded[person]}"
    kept = Counter(db.session.scalars(sa.select(InboundText.provider_id)))
    for texts in sent.arrived.values():
        for sid, _body in texts:
            if kept[sid] != 1:
                yield f"a text that came in is kept {kept[sid]} times"
    unread = sa.select(sa.func.count()).where(InboundText.handled_at.is_(None))
    if db.session.scalar(unread):
        yield "texts were never read"


def _meant(texts: Iterator[str]) -> Iterator[str]:
    """Accepting twice records once, and there is only something to take back after that."""
    accepted = False
    for text in texts:
        if (text == ACCEPT) is not accepted:
            accepted = text == ACCEPT
            yield "accepted" if accepted else "withdrawn"


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
