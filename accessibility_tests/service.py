"""The whole service, running in this process for the browser to visit."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Response, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.serving import WSGIRequestHandler, make_server

from portal import clock, database
from portal.account.models import Claimant, Throttle
from portal.database import db, transaction
from portal.record.models import Outbox
from portal.settings import Settings
from wsgi import create_app

NOW = datetime(2027, 2, 1, 9, 12, tzinfo=UTC)
"""A Monday morning. The clock stands still, so that pages look the same in every run."""


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: Any) -> None:
        """A line for each of thousands of requests would hide what a test says."""


class Service:
    """The app with a database file of its own, and with a server on a free port while it is
    `running`. The clock stands still then."""

    url = ""
    """Where it is served, once it is."""

    def __init__(self, folder: Path) -> None:
        self.app = create_app(
            Settings.for_tests(
                database_url=f"sqlite:///{folder / 'portal.db'}",
                instance=folder,
                public_url="http://127.0.0.1",
                # Some states are mistakes on purpose.
                log_level="CRITICAL",
            )
        )
        self._trouble: Exception | None = None
        self._requests: list[str] | None = None
        self._spoilt = ("", "")
        self.page_status = 0
        """How the last page was answered."""
        self.app.before_request(self._before_request)
        self.app.after_request(self._after_request)
        with self.app.app_context():
            database.migrate(db.engine)
            sa.event.listen(db.engine, "before_cursor_execute", self._before_query)

    @contextlib.contextmanager
    def running(self) -> Iterator[Service]:
        """Serve inside the block."""
        server = make_server("127.0.0.1", 0, self.app, threaded=True, request_handler=_Quiet)
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            with clock.frozen(NOW):
                yield self
        finally:
            server.shutdown()
            thread.join(10)
            server.server_close()
            self.close()

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.engine.dispose()

    @contextlib.contextmanager
    def in_trouble(self, error: Exception) -> Iterator[None]:
        """Every use of the database raises `error` inside the block."""
        self._trouble = error
        try:
            yield
        finally:
            self._trouble = None

    @contextlib.contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The requests that come inside the block."""
        self._requests = requests = []
        try:
            yield requests
        finally:
            self._requests = None

    @contextlib.contextmanager
    def spoiling(self, good: str, bad: str) -> Iterator[None]:
        """Every page inside the block has this in place of that."""
        self._spoilt = (good, bad)
        try:
            yield
        finally:
            self._spoilt = ("", "")

    def _after_request(self, response: Response) -> Response:
        if response.mimetype == "text/html":
            self.page_status = response.status_code
            if self._spoilt[0]:
                response.set_data(response.get_data(as_text=True).replace(*self._spoilt))
        return response

    def _before_request(self) -> None:
        if self._requests is not None:
            self._requests.append(f"{request.method} {request.path}")

    def _before_query(self, *_args: Any) -> None:
        if self._trouble is not None:
            raise self._trouble

    def forget_visitors(self) -> None:
        """Who came before neither uses up the limits of who comes next, nor shares a number,
        nor keeps the worker busy."""
        with self.app.app_context(), transaction():
            db.session.execute(sa.delete(Throttle))
            db.session.execute(sa.delete(Outbox))
            db.session.execute(sa.update(Claimant).values(mobile=None))

    def cookie(self, **session: Any) -> str:
        """The session cookie of a browser in which this is known."""
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        return str(signer.dumps(session))
