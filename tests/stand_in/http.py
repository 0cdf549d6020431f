"""The web server and the web client of a stand-in: what both providers' have in common."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Answer:
    code: int
    body: Any
    """Bytes go out as they are, None as nothing, everything else as JSON."""
    headers: dict[str, str] = field(default_factory=dict)
    page: str = ""
    """HTML for a person to look at, in place of `body`."""

    def data(self) -> bytes:
        """What goes out."""
        if self.page:
            return self.page.encode()
        if self.body is None:
            return b""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Silence(Exception):
    """No answer at all: the line goes dead."""


def handler(
    answer: Callable[[str, str, bytes, str], Answer],
) -> type[BaseHTTPRequestHandler]:
    """Serves what `answer(method, path, body, authorization)` says, and closes the line."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.close_connection = True
            try:
                found = answer(self.command, self.path, body, self.headers.get("Authorization", ""))
            except Silence:
                return
            data = found.data()
            self.send_response(found.code)
            for name, value in found.headers.items():
                self.send_header(name, value)
            kind = "text/html; charset=utf-8" if found.page else "application/json"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = _serve

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    return Handler


def post(url: str, data: bytes, headers: Mapping[str, str]) -> int:
    """Post to a webhook of ours; returns the state of the answer."""
    request = urllib.request.Request(url, data, dict(headers))
    try:
        with _OPENER.open(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
