"""The web server and the worker as processes that can be killed, living by the trial's clock."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from portal import clock
from portal.settings import ROOT


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
            env=self.environment | {"PORTAL_CLOCK": clock.now().isoformat()},
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
        process.wait(60)


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
