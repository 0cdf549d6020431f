"""People who answer while everything is killed, on the website and by text."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field

from flask import Flask

from notifications import arrivals
from notifications.gateways.base import Inbound
from portal.database import transaction

_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass
class Told:
    """What the world outside believes has happened."""

    receipts: dict[uuid.UUID, str] = field(default_factory=dict)
    texted: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


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
            text = Inbound(provider_id=f"kill-{uuid.uuid4()}", from_number=number, body=body)
            for _ in range(2):
                with self.app.app_context(), transaction():
                    arrivals.keep_inbound("local", text)
            with self.told.lock:
                self.told.texted[text.provider_id] = body
            time.sleep(random.uniform(0.05, 0.3))
