"""Ports for the servers of tests, and the real web server of the service on one of them."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping

from portal.settings import ROOT

PATIENCE = 120.0
"""Seconds that a busy machine is given to start or to end a program."""


def free_port() -> int:
    """A port that nobody uses. It is below those that a system gives to whoever connects, so
    that nobody gets it by chance before the server does."""
    while True:
        port = random.SystemRandom().randrange(10_000, 30_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def real_server(environ: Mapping[str, str]) -> Iterator[int]:
    """The server of a real service with these settings; gives its port on 127.0.0.1."""
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen(
        [*granian, *options, "wsgi:create_app"],
        cwd=ROOT,
        env={**os.environ, **environ},
        process_group=0,
    )
    try:
        _wait(port, process)
        yield port
    finally:
        end(process)


def end(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Ask a program that leads a process group to end; then kill all that is left of the group."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with contextlib.closing(line), contextlib.suppress(OSError, http.client.HTTPException):
            line.request("GET", "/health")
            line.getresponse().read()
            return
        time.sleep(0.05)
    raise TimeoutError("The server did not start.")
