"""The reports of the stand-in for Twilio, each made at its time."""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable

from tests.stand_in.signing import post_signed


class Reporter(threading.Thread):
    """Makes the planned reports, each at its time."""

    def __init__(self, note: Callable[[int], None], patience: float = 0.0) -> None:
        super().__init__(daemon=True)
        self._planned: list[tuple[float, int, str, dict[str, str]]] = []
        self._count = self._made = 0
        self._wake = threading.Condition()
        self._stopped = False
        self._note = note
        self._patience = patience
        """Seconds in which a service that does not answer yet is asked again."""

    def _report(self, url: str, fields: dict[str, str], until: float) -> int:
        while True:
            try:
                return post_signed(url, fields)
            except OSError:
                if self._stopped or time.monotonic() > until:
                    return 0
                time.sleep(0.5)

    def plan(self, at: float, url: str, fields: dict[str, str]) -> None:
        with self._wake:
            self._count += 1
            heapq.heappush(self._planned, (at, self._count, url, fields))
            self._wake.notify_all()

    def run(self) -> None:
        while True:
            with self._wake:
                while not self._stopped and not self._is_due():
                    self._wake.wait(0.05)
                if self._stopped:
                    return
                at, _, url, fields = heapq.heappop(self._planned)
            self._note(self._report(url, fields, at + self._patience))
            with self._wake:
                self._made += 1
                self._wake.notify_all()

    def _is_due(self) -> bool:
        return bool(self._planned) and self._planned[0][0] <= time.monotonic()

    def idle(self, within: float) -> None:
        with self._wake:
            if not self._wake.wait_for(lambda: self._made == self._count, within):
                raise TimeoutError("Reports are still being made.")

    def is_idle(self) -> bool:
        with self._wake:
            return self._made == self._count

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        if self.is_alive():
            self.join(15)
