"""`flask serve`: the web server and the worker as two children that are kept alive.

For a demo and for one machine. A larger service lets its own supervisor start the same two.
"""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from portal.settings import ROOT

READY_WITHIN = 60.0
STOP_WITHIN = 15.0
"""Seconds that a child has to finish what it is doing."""
CRASHES = 3
STABLE_AFTER = 10.0
"""Seconds after which a child that ended counts as having run. One that ends sooner by itself,
several times in a row, is not started again; one that somebody killed always is."""
_PR_SET_PDEATHSIG = 1
_THIS_MACHINE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104
"""Where this machine reaches what listens on every address."""


class Stop:
    """An event that a signal handler may set at any moment; threading.Event may deadlock there."""

    def __init__(self) -> None:
        self._stopped = False
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)

    def set(self, *_: object) -> None:
        self._stopped = True
        with contextlib.suppress(BlockingIOError):
            os.write(self._write, b".")

    def is_set(self) -> bool:
        return self._stopped

    def wait(self, timeout: float) -> bool:
        """Wait until set, but not longer than `timeout` seconds."""
        if not self._stopped:
            select.select([self._read], [], [], timeout)
        return self._stopped

    def on_signals(self) -> Stop:
        """Be set by Ctrl-C and by the signal that asks a process to end."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.set)
        return self


class Child:
    """A process that is started again when it dies."""

    def __init__(self, name: str, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self.name = name
        self._command, self._environ = list(command), dict(environ)
        self._crashes = 0
        self.start()

    def start(self) -> None:
        self._started = time.monotonic()
        # A group of its own: Ctrl-C reaches us alone and we pass it on, once; and whatever a
        # killed child leaves behind can be ended with it.
        self.process = subprocess.Popen(  # noqa: S603
            self._command,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def revive(self) -> bool:
        """Start it again; False when it keeps dying."""
        self._sweep_group()
        lived = time.monotonic() - self._started
        killed = self.process.returncode < 0
        self._crashes = 0 if killed or lived > STABLE_AFTER else self._crashes + 1
        if self._crashes >= CRASHES:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self.is_alive():
            self.process.terminate()

    def stop(self, within: float) -> None:
        """Wait for its end; after that many seconds, end it."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(within)
        self._sweep_group()
        self.process.wait()

    def _sweep_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    # If we are killed outright, our children get the signal to end; they would keep the port.
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def check_port(host: str, port: int) -> None:
    """Raise ClickException with one sentence when nothing can listen there.

    The server's own sockets share a port with anybody, so it would not notice.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise click.ClickException(
                f"This account may not use port {port}. Choose one from 1024 on."
            ) from None
        except (OSError, OverflowError):
            raise click.ClickException(
                f"Port {port} on {host} cannot be used: something else is there already. "
                "Stop it, or choose another port."
            ) from None


def serve(host: str, port: int, workers: int, *, with_worker: bool, public_url: str) -> int:
    """Run until a signal says to stop; returns the exit status."""
    check_port(host, port)
    address = _address(host, port)
    environ = dict(os.environ)
    environ["PORTAL_PUBLIC_URL"] = public_url or address
    app = str(Path(ROOT) / "wsgi.py")
    stop = Stop().on_signals()
    children = [Child("web server", _web(app, host, port, workers), environ)]
    if with_worker:
        flask = [sys.executable, "-m", "flask", "--app", app]
        children.append(Child("worker", [*flask, "worker"], environ))
    try:
        if not _wait_until_ready(host, port, children[0], stop):
            if not stop.is_set():
                click.echo("The web server did not start. Its own words are above.", err=True)
            return 0 if stop.is_set() else 1
        click.echo(f"Serving at {address}  (Ctrl-C stops it)")
        return _keep_alive(children, stop)
    finally:
        _stop_all(children)


def _web(app: str, host: str, port: int, workers: int) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": "4",
        "--workers-kill-timeout": "10",
        "--log-level": "warning",
    }
    flat = [part for option in options.items() for part in option]
    granian = [sys.executable, "-m", "granian", "--factory", "--respawn-failed-workers", *flat]
    return [*granian, f"{app}:create_app"]


def _keep_alive(children: Sequence[Child], stop: Stop) -> int:
    while not stop.wait(0.5):
        for child in children:
            if child.is_alive():
                continue
            click.echo(f"The {child.name} ended unexpectedly; starting it again.", err=True)
            if not child.revive():
                click.echo(f"The {child.name} keeps ending. Its own words are above.", err=True)
                return 1
    return 0


def _stop_all(children: Sequence[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_WITHIN
    for child in children:
        child.stop(max(0.1, deadline - time.monotonic()))


def _address(host: str, port: int) -> str:
    host = _THIS_MACHINE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _wait_until_ready(host: str, port: int, web: Child, stop: Stop) -> bool:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and web.is_alive():
        if _answers(host, port):
            return True
        if stop.wait(0.1):
            return False
    return False


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(_THIS_MACHINE.get(host, host), port, timeout=5)
    try:
        connection.request("GET", "/health")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
