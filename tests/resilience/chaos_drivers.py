"""The people of the long trial: what they text, through a network that misbehaves too."""

from __future__ import annotations

import random
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from notifications.models import State
from tests.stand_in.signing import post_signed
from tests.stand_in.twilio_words import NUMBER

ANSWERS_EACH = 6
ACCEPT, UNDO = "ACCEPT", "UNDO"


@dataclass
class Sent:
    """What the world outside sent us, and in which order it first arrived."""

    arrived: dict[UUID, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    posts: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


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
