"""`flask serve`, for real: it serves, keeps its children alive, and ends cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click import ClickException

from notifications.serving import CRASHES, Child, Stop, check_port
from portal.settings import ROOT
from tests.served import PATIENCE, free_port

pytestmark = pytest.mark.slow


def flask(*words: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), *words]


def until(true: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


class Serving:
    """The command as somebody started it in a terminal."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
        self.environ = kept | {"PORTAL_MODE": "demo", "PORTAL_INSTANCE": str(folder)}
        self.environ.pop("DATABASE_URL", None)
        subprocess.run(flask("database", "upgrade"), env=self.environ, check=True, timeout=PATIENCE)
        self.log = (folder / "serve.log").open("w+")
        self.process = subprocess.Popen(
            flask("serve", "--port", str(self.port), "--workers", "1"),
            env=self.environ,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until(lambda: "Serving at" in self.said(), "it never said that it serves")

    def said(self) -> str:
        return (Path(self.log.name)).read_text()

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=30
            ) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def children(self) -> dict[int, str]:
        """Process ids and command lines of its children."""
        listed = subprocess.run(
            # Whole lines, however narrow the terminal is said to be.
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()]
        return {int(r[0]): r[2] for r in rows if int(r[1]) == self.process.pid}

    def child(self, name: str, other_than: int = 0) -> int:
        """The process id of the child of that name, as soon as there is one."""

        found: list[int] = []

        def look() -> list[int]:
            named = (pid for pid, args in self.children().items() if name in args)
            found[:] = [pid for pid in named if pid != other_than]
            return found

        # Never 0: to kill 0 is to kill ourselves and whoever started us.
        until(look, f"no{name}")
        return found[0]

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            self.log.close()


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    started = Serving(tmp_path)
    yield started
    if started.process.poll() is None:
        started.end()
    started.log.close()


def test_it_serves_and_ends(serving: Serving):
    address = f"http://127.0.0.1:{serving.port}"
    assert f"Serving at {address}" in serving.said()
    assert serving.get("/demo/phones") == 200
    until(lambda: serving.get("/health/ready") == 200, "the worker never came round")

    # The port is taken now.
    second = subprocess.run(
        flask("serve", "--port", str(serving.port)),
        env=serving.environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert second.returncode == 1
    assert second.stderr.startswith(f"Error: Port {serving.port} on 127.0.0.1 cannot be used")
    assert len(second.stderr.strip().splitlines()) == 1

    # Each child is killed outright, and comes back.
    for name in (" worker", " granian"):
        first = serving.child(name)
        os.kill(first, signal.SIGKILL)
        assert serving.child(name, other_than=first)
    until(lambda: serving.get("/demo/phones") == 200, "the new web server never answered")

    children = serving.children()
    assert len(children) == 2
    serving.end()
    assert serving.process.returncode == 0
    said = serving.said()
    assert "Traceback" not in said
    assert said.count("starting it again") == 2
    for pid in children:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert serving.get("/") == 0


if sys.platform == "linux":  # Only there the kernel tells a child that its parent is gone.

    def test_killed_outright_it_takes_its_children_with_it(serving: Serving):
        children = serving.children()
        serving.process.kill()
        serving.process.wait()
        for pid in children:
            until(lambda pid=pid: not Path(f"/proc/{pid}").exists(), "a child was left behind")
        assert serving.get("/") == 0


def test_an_address_that_is_not_ours():
    with pytest.raises(ClickException, match="cannot be used"):
        check_port("192.0.2.1", 8000)


def test_a_port_that_another_program_shares():
    """Like our own server's, whose sockets let others listen on the same port."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(ClickException, match="cannot be used"):
            check_port("127.0.0.1", other.getsockname()[1])
    check_port("127.0.0.1", free_port())


def test_a_child_that_keeps_ending_is_given_up():
    child = Child("child", [sys.executable, "-c", "raise SystemExit(3)"], os.environ)
    for _ in range(CRASHES - 1):
        child.process.wait(PATIENCE)
        assert child.revive()
    child.process.wait(PATIENCE)
    assert not child.revive()


def test_a_child_that_somebody_kills_never_is():
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    child = Child("child", sleeper, os.environ)
    for _ in range(CRASHES + 1):
        child.process.kill()
        child.process.wait(PATIENCE)
        assert child.revive()
    child.stop(5)
    assert not child.is_alive()


def test_a_stop_may_be_set_at_any_moment():
    stop = Stop()
    before = time.monotonic()
    assert not stop.wait(0.05)
    for _ in range(100_000):
        stop.set()
    assert stop.is_set()
    assert stop.wait(30)
    assert time.monotonic() - before < 10
