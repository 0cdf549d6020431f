"""The service over real HTTP, in a thread of the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import make_server


@contextmanager
def live(make_app: Callable[[str], Flask]) -> Iterator[tuple[Flask, str]]:
    """Serves the app that `make_app(address)` makes; yields it and its address."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(64)
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        app = make_app(address)
        server = make_server(
            "127.0.0.1", taken.getsockname()[1], app, threaded=True, fd=taken.fileno()
        )
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield app, address
        finally:
            server.shutdown()
            thread.join(10)
            server.server_close()
