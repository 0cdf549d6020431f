"""A demo that texts through the provider's own kit of programs, to the stand-in beside it.

`make stand-in` starts both, with made-up people and a database that is thrown away at the end.
Nothing leaves this machine. Ctrl-C ends both.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from portal.settings import ROOT
from tests.served import end
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import Mischief

_CHANCES = ("refuse", "lose", "undelivered", "duplicate", "shuffle")


def environment(twilio: TwilioStandIn, folder: Path) -> dict[str, str]:
    """The settings of a demo that texts through this stand-in."""
    settings = twilio.settings()
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "TWILIO_"))}
    return keep | {
        "PORTAL_MODE": "demo",
        "PORTAL_INSTANCE": str(folder),
        "PORTAL_PUBLIC_URL": settings.pop("public_url"),
        "DATABASE_URL": "",
        **{name.upper(): value for name, value in settings.items()},
    }


def run(port: int, stand_in_port: int, mischief: Mischief) -> int:
    """Until Ctrl-C, or until the service ends by itself; returns its exit status."""
    address = f"http://127.0.0.1:{port}"
    flask = [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py")]
    with (
        tempfile.TemporaryDirectory() as folder,
        TwilioStandIn(
            public_url=address, port=stand_in_port, mischief=mischief, patience=60
        ) as twilio,
    ):
        environ = environment(twilio, Path(folder))
        subprocess.run([*flask, "demo", "--address", address], env=environ, check=True)
        return _until_it_ends([*flask, "serve", "--port", str(port)], environ)


def _until_it_ends(command: list[str], environ: Mapping[str, str]) -> int:
    # A group of its own: Ctrl-C reaches us alone, and the service ends before the stand-in does.
    service = subprocess.Popen(command, env=dict(environ), process_group=0)
    try:
        return service.wait()
    except KeyboardInterrupt:
        with contextlib.suppress(KeyboardInterrupt):
            end(service)
            return service.returncode
        return 1
    finally:
        end(service)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--stand-in-port", type=int, default=8026)
    for name in _CHANCES:
        parser.add_argument(f"--{name}", type=float, default=0.0, help="a chance, 0 to 1")
    parser.add_argument("--delay", type=float, default=1.0, help="of reports, in seconds")
    given = vars(parser.parse_args())
    port, stand_in_port = given.pop("port"), given.pop("stand_in_port")
    # Asked to end by a supervisor, or by Ctrl-C: the same. Whoever starts us in the background may
    # have Ctrl-C ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        return run(port, stand_in_port, Mischief(**given))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"The stand-in cannot use port {stand_in_port}: {error.strerror}.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
