"""A stand-in for GOV.UK Notify's API, over real HTTP on this machine, with a memory.

The same paths, fields, tokens and error bodies, so that nothing of Notify's own client has to be
replaced in a test.

    with NotifyStandIn(public_url="http://127.0.0.1:8000") as notify:
        ... settings: notify.settings() ...
        notify.text("+447700900101", "1")

Every request must carry a token signed with the secret half of the API key, not older than 30
seconds by this machine's clock. Magic numbers: texts to 07700 900991 and 900992 are taken and
then fail for good or for now; those to 07700 900993 fail at Notify itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from typing import Any
from uuid import uuid4

from tests.stand_in.http import Answer, Silence, handler, post

SERVICE, SECRET = "11111111-2222-4333-8444-555555555555", "66666666-7777-4888-9999-000000000000"
KEY = f"stand_in-{SERVICE}-{SECRET}"
TEMPLATE, TOKEN = "f33517ff-2a88-4f6e-b855-c550268ce08a", "stand-in-callback-token"
NUMBER = "447700900901"
FAILS = {
    "+447700900991": "permanent-failure",
    "+447700900992": "temporary-failure",
    "+447700900993": "technical-failure",
}
LONGEST = 918
_MOBILE = re.compile(r"(\+44|0044|44|0)7\d{9}")
_SENDABLE = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
    "ẁỳÀÈÌÒÙẀỲáíóúẃýÁÍÓÚẂÝëïẅÿËÏẄŸâêîôûŵŷÂÊÎÔÛŴŶ"
)
_TWINS = {"–": "-", "—": "-", "\u2011": "-", "−": "-", "…": "..."}
_TWINS |= dict.fromkeys("‘’", "'") | dict.fromkeys("“”", '"')
_TWINS |= dict.fromkeys("\u00a0\u202f\t", " ") | dict.fromkeys("\u200b\u2060\ufeff", "")


@dataclass
class Taken:
    """One text that it has taken."""

    id: str
    to: str
    body: str
    reference: str
    sender_id: str
    status: str = "created"


class NotifyStandIn:
    """The provider's side. Everything it took is in `texts`, oldest first."""

    def __init__(self, *, public_url: str = "") -> None:
        self.public_url = public_url
        self.texts: list[Taken] = []
        self.asked = 0
        """How many texts somebody began to hand over."""
        self.lose = False
        """It takes the text, but its answer never comes."""
        self.planned: list[Answer] = []
        """Answers to the next requests, one after the other."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self._asked))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> NotifyStandIn:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- what a test may ask of it

    def settings(self) -> dict[str, str]:
        """The portal's settings for texting through this stand-in."""
        return {
            "sms_gateway": "notify",
            "notify_api_key": KEY,
            "notify_template_id": TEMPLATE,
            "notify_callback_token": TOKEN,
            "notify_base_url": self.url,
            "public_url": self.public_url,
        }

    def refuse(self, status: int, kind: str, message: str) -> None:
        """The next request is refused like this."""
        self.planned.append(error(status, kind, message))

    def to(self, number: str) -> list[Taken]:
        return [text for text in self.texts if text.to == number]

    def report(self, text: Taken, status: str = "", token: str = TOKEN) -> int:
        """Report what became of a text; returns what our webhook answers."""
        text.status = status or FAILS.get(text.to, "delivered")
        body = {
            "id": text.id,
            "reference": text.reference,
            "to": text.to,
            "status": text.status,
            "created_at": "2027-02-01T09:00:00.000000Z",
            "completed_at": "2027-02-01T09:00:10.000000Z",
            "sent_at": "2027-02-01T09:00:01.000000Z",
            "notification_type": "sms",
            "template_id": TEMPLATE,
            "template_version": 1,
        }
        return post_with_token(f"{self.public_url}/webhooks/notify/receipt", body, token)

    def text(self, sender: str, message: str, token: str = TOKEN, **more: str) -> int:
        """A person texts us; returns what our webhook answers. `id` may be given."""
        body = {
            "id": str(uuid4()),
            "source_number": sender.lstrip("+"),
            "destination_number": NUMBER,
            "message": message,
            "date_received": "2027-02-01T09:00:00.000000Z",
        } | more
        return post_with_token(f"{self.public_url}/webhooks/notify/inbound", body, token)

    # --- the API

    def _asked(self, method: str, path: str, body: bytes, auth: str) -> Answer:
        return self.answer(method, path, json.loads(body) if body else None, auth)

    def answer(self, method: str, path: str, given: Any, auth: str) -> Answer:
        wrong = _token_wrong(auth)
        if wrong:
            return error(403, "AuthError", wrong)
        if self.planned:
            return self.planned.pop(0)
        parsed = urllib.parse.urlsplit(path)
        if (method, parsed.path) == ("POST", "/v2/notifications/sms"):
            return self._send(given)
        if (method, parsed.path) == ("GET", "/v2/notifications"):
            asked = dict(urllib.parse.parse_qsl(parsed.query))
            if asked.get("template_type") not in (None, "sms"):
                return Answer(200, {"notifications": [], "links": {}})
            found = [t for t in self.texts if asked.get("reference") in (None, t.reference)]
            return Answer(200, {"notifications": [_shown(t) for t in found], "links": {}})
        found_one = re.fullmatch(r"/v2/notifications/([0-9a-f-]{36})", parsed.path)
        one = next((t for t in self.texts if found_one and t.id == found_one[1]), None)
        return Answer(200, _shown(one)) if one else error(404, "NoResultFound", "No result found")

    def _send(self, given: Any) -> Answer:
        self.asked += 1
        if not isinstance(given, Mapping) or not isinstance(given.get("phone_number"), str):
            return error(400, "ValidationError", "phone_number is a required property")
        number = given["phone_number"].replace(" ", "")
        if not _MOBILE.fullmatch(number):
            return error(400, "ValidationError", "phone_number Not a UK mobile number")
        if given.get("template_id") != TEMPLATE:
            return error(400, "BadRequestError", "Template not found")
        said = (given.get("personalisation") or {}).get("text")
        if not isinstance(said, str):
            return error(400, "BadRequestError", "Missing personalisation: text")
        body = "".join(_as_sent(letter) for letter in said).strip()
        if len(body) > LONGEST:
            words = (
                f"Content for template has a character count greater than the limit of {LONGEST}"
            )
            return error(400, "BadRequestError", words)
        if not body:
            return error(400, "BadRequestError", "Your message is empty.")
        text = Taken(
            str(uuid4()), number, body, given.get("reference", ""), given.get("sms_sender_id", "")
        )
        self.texts.append(text)
        if self.lose:
            raise Silence
        return Answer(
            201,
            {
                "id": text.id,
                "reference": text.reference or None,
                "content": {"body": body, "from_number": NUMBER},
                "uri": f"{self.url}/v2/notifications/{text.id}",
                "template": {"id": TEMPLATE, "version": 1, "uri": f"{self.url}/v2/template/1"},
                "scheduled_for": None,
            },
        )


def _as_sent(letter: str) -> str:
    return letter if letter in _SENDABLE else _TWINS.get(letter, "?")


def _shown(text: Taken) -> dict[str, Any]:
    return {
        "id": text.id,
        "reference": text.reference,
        "phone_number": text.to,
        "type": "sms",
        "status": text.status,
        "body": text.body,
        "created_at": "2027-02-01T09:00:00.000000Z",
    }


def error(status: int, kind: str, message: str) -> Answer:
    """A refusal as Notify words it."""
    return Answer(status, {"status_code": status, "errors": [{"error": kind, "message": message}]})


def _token_wrong(auth: str) -> str:
    """Why this token does not let anybody in; empty when it does."""
    scheme, _, token = auth.partition(" ")
    parts = token.split(".")
    if scheme != "Bearer" or len(parts) != 3:
        return "Unauthorized: authentication token must be provided"
    signed = hmac.digest(SECRET.encode(), ".".join(parts[:2]).encode(), hashlib.sha256)
    try:
        head, claims, signature = (urlsafe_b64decode(p + "=" * (-len(p) % 4)) for p in parts)
        said, about = json.loads(claims), json.loads(head)
    except ValueError:
        return "Invalid token: signature, api token not found"
    if not hmac.compare_digest(signed, signature) or about.get("alg") != "HS256":
        return "Invalid token: signature, api token not found"
    if said.get("iss") != SERVICE:
        return "Invalid token: service not found"
    if abs(time.time() - int(said.get("iat", 0))) > 30:
        return "Error: Your system clock must be accurate to within 30 seconds"
    return ""


def post_with_token(url: str, body: Mapping[str, Any], token: str = TOKEN) -> int:
    """Post as Notify does; returns the state of the answer."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return post(url, json.dumps(body).encode(), headers)
