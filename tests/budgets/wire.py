"""What travels: a visitor that counts every byte a browser would receive.

It asks as Chromium does and keeps cookies, but reads the answer itself, so that the count is of
the status line, the heads and the compressed body as they came through the socket.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import brotli
import html5lib


@dataclass(frozen=True)
class Answer:
    """One response, as it came."""

    status: int
    heads: dict[str, str]
    head_bytes: int
    body: str
    body_bytes: int

    @property
    def bytes(self) -> int:
        return self.head_bytes + self.body_bytes


class Visitor:
    """A browser of which only the traffic matters. `traffic` is every answer it received."""

    def __init__(self, port: int, language: str = "en", cookie: str = "") -> None:
        self.port, self.language, self.cookie = port, language, cookie
        self.encodings = "gzip, deflate, br, zstd"
        self.traffic: list[Answer] = []

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """One request; follows nothing."""
        body = urlencode(form).encode() if form is not None else b""
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
            f"Accept-Encoding: {self.encodings}",
            f"Accept-Language: {self.language}",
        ]
        if self.cookie:
            lines.append(f"Cookie: s={self.cookie}")
        if form is not None:
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        request = "\r\n".join((*lines, "", "")).encode() + body
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(request)
            answer = _read(line)
        self.traffic.append(answer)
        found = re.match(r"s=([^;]*)", answer.heads.get("set-cookie", ""))
        if found:
            self.cookie = found[1]
        return answer

    def go(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """Ask, and follow where it leads."""
        answer = self.ask(path, form)
        while answer.status in (302, 303):
            answer = self.ask(urlsplit(answer.heads["location"]).path)
        return answer

    def sheet(self, page: Answer) -> Answer:
        """The stylesheet that a page waits for."""
        found = re.search(r'rel="stylesheet" href="([^"]+)"', page.body)
        assert found is not None
        return self.ask(found[1])

    def press(self, page: Answer, path: str, button: str, **fields: str) -> Answer:
        """Fill in the form that has this button, on the page that was read from `path`."""
        document = html5lib.parse(page.body, namespaceHTMLElements=False)
        for form in document.iter("form"):
            words = ["".join(each.itertext()).strip() for each in form.iter("button")]
            if button in words:
                hidden = {
                    field.get("name"): field.get("value", "")
                    for field in form.iter("input")
                    if field.get("type") == "hidden"
                }
                return self.go(form.get("action") or path, {**hidden, **fields})
        raise LookupError(button)


def _read(line: socket.socket) -> Answer:
    data = b""
    while b"\r\n\r\n" not in data:
        more = line.recv(65536)
        if not more:
            raise ConnectionError("The answer broke off.")
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    heads = {name.lower(): value for name, _, value in (each.partition(": ") for each in rest)}
    length = int(heads.get("content-length", "0"))
    assert "transfer-encoding" not in heads, "count the chunks too"
    while len(body) < length:
        body += line.recv(65536)
    plain = brotli.decompress(body) if heads.get("content-encoding") == "br" else body
    return Answer(int(first.split()[1]), heads, len(head) + 4, plain.decode(), len(body))
