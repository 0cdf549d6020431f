"""A stand-in for Twilio's Messages API, over real HTTP on this machine, with a memory.

The same paths, fields, error codes and signatures, so that nothing of Twilio's own kit has to be
replaced in a test. It can also misbehave as real networks do: refuse, lose its answer, report
late, twice and in the wrong order.

    with TwilioStandIn(public_url="http://127.0.0.1:8000") as twilio:
        ... TWILIO_BASE_URL=twilio.url ...
        twilio.text("+447700900101", "1")

By hand: `make stand-in` runs the demo with it. Or start it alone, `python -m tests.stand_in.twilio
--port 8026 --public-url http://127.0.0.1:8000`, which prints the settings to start the service
with. The phones are at http://127.0.0.1:8026, and programs can say

    curl -d From=+447700900101 -d Body=1 http://127.0.0.1:8026/stand-in/inbound
    curl http://127.0.0.1:8026/stand-in/messages

Magic numbers: Twilio's own (+15005550001 and so on) are refused with its codes; texts to
+447700900991 to 900995 are taken and then not delivered (30003, 30005, 30006, 30007, 30008).
"""

from __future__ import annotations

import argparse
import base64
import heapq
import json
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

from twilio.request_validator import RequestValidator

SID, TOKEN, NUMBER = "AC" + "0" * 32, "stand-in-token", "+447700900900"
REFUSED = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
LOST = {
    "+447700900991": 30003,
    "+447700900992": 30005,
    "+447700900993": 30006,
    "+447700900994": 30007,
    "+447700900995": 30008,
}
WORDS = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20009: "Cannot delete message because delivery has not been completed",
    20429: "Too Many Requests",
    21211: "The 'To' number is not a valid phone number",
    21212: "The 'From' number is not a valid phone number",
    21408: "Permission to send an SMS has not been enabled for the region",
    21602: "Message body is required",
    21603: "A 'From' or 'MessagingServiceSid' parameter is required to send a message",
    21604: "A 'To' phone number is required",
    21610: "Attempt to send to unsubscribed recipient",
    21612: "The 'To' phone number is not currently reachable via SMS",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
}
_BASE = "/2010-04-01/Accounts/"


@dataclass
class Mischief:
    """How badly it behaves: chances between 0 and 1, times in seconds."""

    refuse: float = 0.0
    """It says 503 and has not taken the text."""
    lose: float = 0.0
    """It has taken the text, but its answer never comes."""
    undelivered: float = 0.0
    duplicate: float = 0.0
    """Each report comes twice."""
    shuffle: float = 0.0
    """The reports of a text come in the wrong order."""
    delay: float = 0.0
    """Reports come up to this much later."""
    slow: float = 0.0
    """It thinks this long before it answers."""
    seed: int = 1


@dataclass
class Message:
    """One text that it has taken."""

    sid: str
    to: str
    sender: str
    body: str
    callback: str
    fields: dict[str, str]
    status: str = "queued"
    error: int | None = None
    redacted: bool = False
    """Its words were deleted here. They reached the phone all the same."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass
class Answer:
    code: int
    body: dict[str, Any] | None
    headers: dict[str, str] = field(default_factory=dict)
    page: str = ""
    """HTML for a person to look at, in place of `body`."""


@dataclass
class Written:
    """One text that somebody wrote on a phone."""

    number: str
    body: str
    webhook: int = 0
    """What our webhook answered; 0 when nobody did."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Silence(Exception):
    """No answer at all: the line goes dead."""


class TwilioStandIn:
    """The provider's side. Everything it took is in `messages`, oldest first."""

    def __init__(
        self,
        *,
        public_url: str = "",
        port: int = 0,
        mischief: Mischief | None = None,
        reports: bool = True,
        per_second: int = 0,
        patience: float = 0.0,
    ) -> None:
        self.public_url = public_url
        self.messages: list[Message] = []
        self.asked = 0
        """How many texts somebody began to hand over."""
        self.answers: list[int] = []
        """What our webhooks answered to reports."""
        self.reports = reports
        self.per_second = per_second
        self.mischief = mischief or Mischief()
        self.blocked: set[str] = set()
        self.heard: dict[str, str] = {}
        """The words of texts that people sent us, as they are still kept here, by id."""
        self.written: list[Written] = []
        """The texts that people sent us, as their phones show them."""
        self._chance = random.Random(self.mischief.seed)
        self._codes: dict[str, list[int]] = {}
        self._recent: list[float] = []
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._reporter = _Reporter(self.answers.append, patience)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> TwilioStandIn:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self._reporter.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._reporter.stop()
        self._server.shutdown()
        self._server.server_close()

    # --- what a test may ask of it

    def settings(self) -> dict[str, str]:
        """The portal's settings for texting through this stand-in."""
        return {
            "sms_gateway": "twilio",
            "twilio_account_sid": SID,
            "twilio_auth_token": TOKEN,
            "twilio_from": NUMBER,
            "twilio_base_url": self.url,
            "public_url": self.public_url,
        }

    def refuse(self, number: str, *codes: int) -> None:
        """The next sendings to this number are refused with these codes, one after the other.
        Codes below 1000 are HTTP states without a code of Twilio's."""
        self._codes.setdefault(number, []).extend(codes)

    def to(self, number: str) -> list[Message]:
        return [m for m in self.messages if m.to == number]

    def text(self, sender: str, body: str, **more: str) -> int:
        """A person texts us; returns what our webhook answers. `MessageSid` may be given."""
        fields = {
            "MessageSid": f"SM{uuid4().hex}",
            "AccountSid": SID,
            "From": sender,
            "To": NUMBER,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "ApiVersion": "2010-04-01",
        } | more
        self.heard.setdefault(fields["MessageSid"], body)
        text = Written(sender, body)
        self.written.append(text)
        text.webhook = post_signed(f"{self.public_url}/webhooks/twilio/inbound", fields)
        return text.webhook

    def report(self, message: Message, status: str, error: int | None = None) -> int:
        """Report a state of a text now; returns what our webhook answers."""
        return post_signed(message.callback, self._fields(message, status, error))

    def idle(self, within: float = 10.0) -> None:
        """Wait until every report has been made. Raises TimeoutError."""
        self._reporter.idle(within)

    def is_idle(self) -> bool:
        """True when every report has been made."""
        return self._reporter.is_idle()

    # --- the API

    def answer(self, method: str, path: str, given: Mapping[str, str], auth: str) -> Answer:
        parsed = urllib.parse.urlsplit(path)
        if parsed.path.startswith("/stand-in/"):
            return self._by_hand(method, parsed.path, given)
        if parsed.path == "/" or parsed.path.startswith("/phones"):
            from tests.stand_in import pages  # they know this module

            return pages.answer(self, method, parsed.path, given)
        if auth != "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode():
            return _error(401, 20003)
        found = re.fullmatch(rf"{_BASE}{SID}/Messages(?:/(\w+))?\.json", parsed.path)
        if found is None:
            return _error(404, 20404)
        if self._too_fast():
            answer = _error(429, 20429)
            answer.headers["Retry-After"] = "1"
            return answer
        if found[1]:
            return self._one(method, found[1], given)
        if method == "POST":
            return self._create(dict(given))
        asked = dict(urllib.parse.parse_qsl(parsed.query))
        wanted = [m for m in self.messages if asked.get("To") in (None, m.to)]
        return Answer(200, {"messages": [_resource(m) for m in wanted], "page": 0})

    def _too_fast(self) -> bool:
        now = time.monotonic()
        with self._lock:
            self._recent = [t for t in self._recent if t > now - 1]
            self._recent.append(now)
            return bool(self.per_second) and len(self._recent) > self.per_second

    def _one(self, method: str, sid: str, given: Mapping[str, str]) -> Answer:
        if sid in self.heard and (method, given.get("Body")) == ("POST", ""):
            self.heard[sid] = ""
            return Answer(200, {"sid": sid, "body": "", "status": "received"})
        message = next((m for m in self.messages if m.sid == sid), None)
        if message is None:
            return _error(404, 20404)
        if method == "DELETE":
            self.messages.remove(message)
            return Answer(204, None)
        if method == "POST" and given.get("Body") == "":
            if message.status == "queued":
                return _error(400, 20009)
            message.redacted = True
        return Answer(200, _resource(message))

    def _create(self, given: dict[str, str]) -> Answer:
        self.asked += 1
        time.sleep(self.mischief.slow)
        code = self._refusal(given)
        if code is not None:
            return _error(400 if code > 999 else code, code if code > 999 else None)
        with self._lock:
            if self._chance.random() < self.mischief.refuse:
                return _error(503, None)
            message = Message(
                f"SM{uuid4().hex}",
                given["To"],
                given.get("From") or NUMBER,
                given["Body"],
                given.get("StatusCallback", ""),
                given,
            )
            self.messages.append(message)
            if self.reports and message.callback:
                self._plan_reports(message)
            if self._chance.random() < self.mischief.lose:
                raise Silence
        return Answer(201, _resource(message))

    def _refusal(self, given: Mapping[str, str]) -> int | None:
        to, body = given.get("To", ""), given.get("Body", "")
        with self._lock:
            planned = self._codes.get(to)
            if planned:
                return planned.pop(0)
        checks: Sequence[tuple[bool, int]] = (
            (not to, 21604),
            (not body, 21602),
            (len(body) > 1600, 21617),
            (not given.get("From") and not given.get("MessagingServiceSid"), 21603),
            (not 1 <= int(given.get("ValidityPeriod", 1)) <= 36_000, 20001),
            (to in self.blocked, 21610),
        )
        for wrong, code in checks:
            if wrong:
                return code
        if to in REFUSED:
            return REFUSED[to]
        return None if re.fullmatch(r"\+\d{8,15}", to) else 21211

    def _plan_reports(self, message: Message) -> None:
        error = LOST.get(message.to)
        if error is None and self._chance.random() < self.mischief.undelivered:
            error = 30008
        last = ("undelivered", error) if error else ("delivered", None)
        reports: list[tuple[str, int | None]] = [("queued", None), ("sent", None), last]
        if self._chance.random() < self.mischief.shuffle:
            self._chance.shuffle(reports)
        at = time.monotonic()
        for status, code in reports:
            at += self._chance.random() * self.mischief.delay
            for _ in range(2 if self._chance.random() < self.mischief.duplicate else 1):
                fields = self._fields(message, status, code)
                self._reporter.plan(at, message.callback, fields)
        message.status, message.error = last

    def _fields(self, message: Message, status: str, error: int | None) -> dict[str, str]:
        fields = {
            "AccountSid": SID,
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "MessageStatus": status,
            "SmsStatus": status,
            "To": message.to,
            "From": message.sender,
            "ApiVersion": "2010-04-01",
        }
        return fields | ({"ErrorCode": str(error)} if error else {})

    def _by_hand(self, method: str, path: str, given: Mapping[str, str]) -> Answer:
        if path == "/stand-in/messages":
            return Answer(200, {"messages": [_resource(m) for m in self.messages]})
        if path == "/stand-in/inbound" and method == "POST":
            more = {k: v for k, v in given.items() if k not in ("From", "Body")}
            code = self.text(given.get("From", ""), given.get("Body", ""), **more)
            return Answer(200, {"webhook": code})
        return _error(404, 20404)


def sign(url: str, fields: Mapping[str, str], token: str = TOKEN) -> str:
    """The signature that Twilio would put on this request."""
    return str(RequestValidator(token).compute_signature(url, fields))


def post_signed(url: str, fields: Mapping[str, str], token: str = TOKEN) -> int:
    """Post as Twilio does; returns the state of the answer."""
    request = urllib.request.Request(
        url,
        urllib.parse.urlencode(fields).encode(),
        {"X-Twilio-Signature": sign(url, fields, token), "I-Twilio-Idempotency-Token": uuid4().hex},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


class _Reporter(threading.Thread):
    """Makes the planned reports, each at its time."""

    def __init__(self, note: Callable[[int], None], patience: float = 0.0) -> None:
        super().__init__(daemon=True)
        self._planned: list[tuple[float, int, str, dict[str, str]]] = []
        self._count = self._made = 0
        self._wake = threading.Condition()
        self._stopped = False
        self._note = note
        self._patience = patience
        """Seconds in which a service that does not answer yet is asked again."""

    def _report(self, url: str, fields: dict[str, str], until: float) -> int:
        while True:
            try:
                return post_signed(url, fields)
            except OSError:
                if self._stopped or time.monotonic() > until:
                    return 0
                time.sleep(0.5)

    def plan(self, at: float, url: str, fields: dict[str, str]) -> None:
        with self._wake:
            self._count += 1
            heapq.heappush(self._planned, (at, self._count, url, fields))
            self._wake.notify_all()

    def run(self) -> None:
        while True:
            with self._wake:
                while not self._stopped and not self._is_due():
                    self._wake.wait(0.05)
                if self._stopped:
                    return
                at, _, url, fields = heapq.heappop(self._planned)
            self._note(self._report(url, fields, at + self._patience))
            with self._wake:
                self._made += 1
                self._wake.notify_all()

    def _is_due(self) -> bool:
        return bool(self._planned) and self._planned[0][0] <= time.monotonic()

    def idle(self, within: float) -> None:
        with self._wake:
            if not self._wake.wait_for(lambda: self._made == self._count, within):
                raise TimeoutError("Reports are still being made.")

    def is_idle(self) -> bool:
        with self._wake:
            return self._made == self._count

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        if self.is_alive():
            self.join(15)


def _resource(message: Message) -> dict[str, Any]:
    return {
        "account_sid": SID,
        "api_version": "2010-04-01",
        "body": "" if message.redacted else message.body,
        "date_created": format_datetime(message.at),
        "date_sent": format_datetime(message.at),
        "date_updated": format_datetime(message.at),
        "direction": "outbound-api",
        "error_code": message.error,
        "error_message": None,
        "from": message.sender,
        "messaging_service_sid": message.fields.get("MessagingServiceSid"),
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        # What the API says at once: it takes a text before it knows what becomes of it.
        "status": "queued",
        "subresource_uris": {},
        "to": message.to,
        "uri": f"{_BASE}{SID}/Messages/{message.sid}.json",
    }


def _error(state: int, code: int | None) -> Answer:
    if code is None:
        return Answer(state, {"message": "Service unavailable", "status": state})
    return Answer(
        state,
        {
            "code": code,
            "message": WORDS.get(code, "Refused"),
            "more_info": f"https://www.twilio.com/docs/errors/{code}",
            "status": state,
        },
    )


def _handler(stand_in: TwilioStandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            given = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
            self.close_connection = True
            try:
                answer = stand_in.answer(
                    self.command, self.path, given, self.headers.get("Authorization", "")
                )
            except Silence:
                return
            data = b"" if answer.body is None else json.dumps(answer.body).encode()
            data = answer.page.encode() or data
            self.send_response(answer.code)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            kind = "text/html; charset=utf-8" if answer.page else "application/json"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = _serve

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    return Handler


def main() -> None:
    """Run until Ctrl-C."""
    parser = argparse.ArgumentParser(description="A stand-in for Twilio on this machine.")
    parser.add_argument("--port", type=int, default=8026)
    parser.add_argument("--public-url", default="http://127.0.0.1:8000")
    for name in ("refuse", "lose", "undelivered", "duplicate", "shuffle"):
        parser.add_argument(f"--{name}", type=float, default=0.0, help="a chance, 0 to 1")
    parser.add_argument("--delay", type=float, default=1.0, help="seconds")
    asked = vars(parser.parse_args())
    port, public_url = asked.pop("port"), asked.pop("public_url")
    with TwilioStandIn(public_url=public_url, port=port, mischief=Mischief(**asked)) as twilio:
        print("Start the service with")
        for name, value in twilio.settings().items():
            name = name.upper() if name != "public_url" else "PORTAL_PUBLIC_URL"
            print(f"  {name}={value}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
