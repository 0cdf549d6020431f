"""A stand-in for Twilio's Messages API, over real HTTP on this machine, with a memory.

The same paths, fields, error codes and signatures, so that nothing of Twilio's own kit has to be
replaced in a test. It can also misbehave as real networks do: refuse, lose its answer, report
late, twice and in the wrong order.

    with TwilioStandIn(public_url="http://127.0.0.1:8000") as twilio:
        ... TWILIOBASE_URL=twilio.url ...
        twilio.text("+447700900101", "1")

By hand: `make stand-in` runs the demo with it. The phones are at http://127.0.0.1:8026, and
programs can say

    curl -d From=+447700900101 -d Body=1 http://127.0.0.1:8026/stand-in/inbound
    curl http://127.0.0.1:8026/stand-in/messages

Magic numbers: Twilio's own (+15005550001 and so on) are refused with its codes; texts to
+447700900991 to 900995 are taken and then not delivered (30003, 30005, 30006, 30007, 30008).
"""

from __future__ import annotations

import base64
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from http.server import ThreadingHTTPServer
from uuid import uuid4

from tests.stand_in.http import Answer, Silence, handler
from tests.stand_in.reporter import Reporter
from tests.stand_in.signing import post_signed
from tests.stand_in.twilio_words import (
    BASE,
    LOST,
    NUMBER,
    REFUSED,
    SID,
    TOKEN,
    Message,
    Mischief,
    Written,
    error,
    resource,
)


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
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler(self._asked))
        self._reporter = Reporter(self.answers.append, patience)
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

    def idle(self, within: float = 120.0) -> None:
        """Wait until every report has been made. Raises TimeoutError."""
        self._reporter.idle(within)

    def is_idle(self) -> bool:
        """True when every report has been made."""
        return self._reporter.is_idle()

    # --- the API

    def _asked(self, method: str, path: str, body: bytes, auth: str) -> Answer:
        given = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        return self.answer(method, path, given, auth)

    def answer(self, method: str, path: str, given: Mapping[str, str], auth: str) -> Answer:
        parsed = urllib.parse.urlsplit(path)
        if parsed.path.startswith("/stand-in/"):
            return self._by_hand(method, parsed.path, given)
        if parsed.path == "/" or parsed.path.startswith("/phones"):
            from tests.stand_in import pages  # they know this module

            return pages.answer(self, method, parsed.path, given)
        if auth != "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode():
            return error(401, 20003)
        found = re.fullmatch(rf"{BASE}{SID}/Messages(?:/(\w+))?\.json", parsed.path)
        if found is None:
            return error(404, 20404)
        if self._too_fast():
            answer = error(429, 20429)
            answer.headers["Retry-After"] = "1"
            return answer
        if found[1]:
            return self._one(method, found[1], given)
        if method == "POST":
            return self._create(dict(given))
        asked = dict(urllib.parse.parse_qsl(parsed.query))
        wanted = [m for m in self.messages if asked.get("To") in (None, m.to)]
        return Answer(200, {"messages": [resource(m) for m in wanted], "page": 0})

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
            return error(404, 20404)
        if method == "DELETE":
            self.messages.remove(message)
            return Answer(204, None)
        if method == "POST" and given.get("Body") == "":
            if message.status == "queued":
                return error(400, 20009)
            message.redacted = True
        return Answer(200, resource(message))

    def _create(self, given: dict[str, str]) -> Answer:
        self.asked += 1
        time.sleep(self.mischief.slow)
        code = self._refusal(given)
        if code is not None:
            return error(400 if code > 999 else code, code if code > 999 else None)
        with self._lock:
            if self._chance.random() < self.mischief.refuse:
                return error(503, None)
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
        return Answer(201, resource(message))

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
            return Answer(200, {"messages": [resource(m) for m in self.messages]})
        if path == "/stand-in/inbound" and method == "POST":
            more = {k: v for k, v in given.items() if k not in ("From", "Body")}
            code = self.text(given.get("From", ""), given.get("Body", ""), **more)
            return Answer(200, {"webhook": code})
        return error(404, 20404)
