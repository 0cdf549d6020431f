"""Twilio: its kit of programs, its web addresses, its error codes. Nobody else knows of them.

Have Twilio's own keyword handling switched off (docs/operating.md): by default it blocks a person
who texts CANCEL, END or QUIT, before we have read what they meant (sms.md 9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import requests
from flask import Request
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

from notifications.gateways import twilio_signed, wire
from notifications.gateways.base import Call, GatewayError, Inbound, Sent, Status
from notifications.models import State
from portal import clock
from portal.settings import Settings, SettingsError

TIMEOUT = 20.0
"""Seconds. Well below the sender's lease: who waits longer might be sent twice."""
LONGEST = 1600
LONGEST_VALIDITY = 36_000
_LATELY = 50
"""Texts to one number that are looked through for one whose taking was never confirmed."""
_NUMBER = re.compile(r"\+[0-9]{7,15}")
_WITHHELD = frozenset(
    # Spelt on the keys of a telephone: unknown, blocked, private, anonymous, restricted,
    # unavailable.
    {"+8656696", "+2562533", "+7748283", "+266696687", "+7378742833", "+86282452253"}
)
_OWN_HOST = re.compile(r"api(\.[a-z0-9-]+){0,2}\.twilio\.com")

_STATES = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), State.sent),
    **dict.fromkeys(("delivered", "read"), State.delivered),
    **dict.fromkeys(("undelivered", "failed", "canceled"), State.undelivered),
}
KEYWORDS: Mapping[str, Mapping[str, str]] = {
    "off": {},
    "advanced": {"stop": "stop", "start": "start", "help": "help"},
}
"""What Twilio does itself with a text, by the setting TWILIO_KEYWORDS."""
DEFAULT_KEYWORDS: Mapping[str, str] = (
    dict.fromkeys(
        ["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"], "stop"
    )
    | dict.fromkeys(("start", "yes", "unstop"), "start")
    | dict.fromkeys(("help", "info"), "help")
)
"""What it does when nobody asked for anything else. This service cannot run with that."""

_DEAD: dict[str, Any] = {"dead": True}
_REFUSED: dict[str, Any] = {"permanent": True}
_ITS_TROUBLE: dict[str, Any] = {"permanent": True, "elsewhere": True}
_OUR_ACCOUNT: dict[str, Any] = {"elsewhere": True}
_LATER: dict[str, Any] = {}
_CODES: dict[str, tuple[str, dict[str, Any]]] = {
    "20003": ("Our account is not let in", _OUR_ACCOUNT),
    "20429": ("Too many at once", _LATER),
    "21211": ("This is no number", _DEAD),
    "21408": ("Our account may not text this country", _OUR_ACCOUNT),
    "21606": ("Our own number cannot send this", _OUR_ACCOUNT),
    "21610": ("The person told the provider to stop", {"blocked": True}),
    "21611": ("Too many wait at the provider", _LATER),
    "21612": ("No way from our number to this one", _ITS_TROUBLE),
    "21614": ("This is no mobile number", _DEAD),
    "21617": ("The text is too long", _REFUSED),
    "30001": ("Too many wait at the provider", _LATER),
    "30002": ("Our account is closed", _OUR_ACCOUNT),
    "30003": ("The phone could not be reached", _LATER),
    "30004": ("The network blocks this text", _ITS_TROUBLE),
    "30005": ("Nobody has this number", _DEAD),
    "30006": ("A landline, or a network out of reach", _DEAD),
    "30007": ("A filter took this text for spam", _ITS_TROUBLE),
    "30008": ("The network does not say why", _LATER),
}
_NOT_DONE_YET = "20009"
"""It deletes the words of a text only once that has arrived, or failed."""


class _HttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Talks to one host and no other; says nothing about it in logs, for numbers are in there."""

    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=TIMEOUT)
        self._base = urlsplit(base_url) if base_url else None
        # An address of our own choosing is reached directly, not through the machine's proxy.
        self.session.trust_env = not base_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        response = super().request(method, self._address(url), *args, **kwargs)
        if response.status_code == 429:
            raise GatewayError("Too many at once", retry_after=_wait(response), code="20429")
        return response

    def _address(self, url: str) -> str:
        asked = urlsplit(url)
        if asked.scheme != "https" or not _OWN_HOST.fullmatch(asked.netloc):
            raise GatewayError("A host that we do not know", permanent=True, code="host")
        if self._base is None:
            return url
        path = self._base.path.rstrip("/") + asked.path
        return urlunsplit((self._base.scheme, self._base.netloc, path, asked.query, ""))

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Silence."""

    def log_response(self, status_code: int, response: requests.Response) -> None:
        """Silence."""


class TwilioGateway:
    """Texts through a Twilio account."""

    name = "twilio"
    forgets = True

    def __init__(self, settings: Settings) -> None:
        _check(settings)
        self.reserved_words = KEYWORDS[settings.twilio_keywords]
        self._public_url = settings.public_url
        self._tokens = [
            t for t in (settings.twilio_auth_token, settings.twilio_second_auth_token) if t
        ]
        self._sender = (
            {"messaging_service_sid": settings.twilio_messaging_service_sid}
            if settings.twilio_messaging_service_sid
            else {"from_": settings.twilio_from}
        )
        self._client = Client(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            http_client=_HttpClient(settings.twilio_base_url),
        )

    def can_carry(self, text: str) -> bool:
        return 0 < len(text) <= LONGEST

    def send(self, to: str, text: str, key: str, *, not_after: datetime | None = None) -> Sent:
        more: dict[str, Any] = dict(self._sender)
        if not_after is not None:
            seconds = int((not_after - clock.now()).total_seconds())
            more["validity_period"] = max(5, min(LONGEST_VALIDITY, seconds))
        callback = f"{self._public_url}/webhooks/twilio/status?k={quote(key)}"
        try:
            message = self._client.messages.create(
                to=to, body=text, status_callback=callback, **more
            )
        except TwilioRestException as error:
            raise self._refusal(error) from None
        except (TwilioException, requests.RequestException, ValueError) as error:
            raise _broken(error) from None
        state = _STATES.get(str(message.status), State.sent)
        if state is State.undelivered:
            raise self.meaning(str(message.error_code or ""))
        return Sent(str(message.sid), state)

    def find(self, to: str, text: str, key: str) -> Sequence[Sent]:
        try:
            taken = self._client.messages.list(to=to, limit=_LATELY)
        except TwilioRestException as error:
            raise self._refusal(error) from None
        except (TwilioException, requests.RequestException, ValueError) as error:
            raise _broken(error) from None
        return [
            Sent(str(each.sid), _STATES.get(str(each.status), State.sent))
            for each in taken
            if each.body == text and str(each.direction).startswith("outbound")
        ]

    def forget(self, provider_id: str) -> None:
        try:
            self._client.messages(provider_id).update(body="")
        except TwilioRestException as error:
            if error.status != 404:
                code = str(error.code or error.status)
                words = "Not before it has arrived" if code == _NOT_DONE_YET else "Not deleted"
                raise GatewayError(words, code=code) from None
        except (TwilioException, requests.RequestException, ValueError) as error:
            raise _broken(error) from None

    def meaning(self, code: str) -> GatewayError:
        words, kind = _CODES.get(code, ("The provider gave no reason we know", _LATER))
        return GatewayError(words, code=code, **kind)

    def _refusal(self, error: TwilioRestException) -> GatewayError:
        code = str(error.code or "")
        if code not in _CODES and 400 <= error.status < 500 and error.status not in (401, 403, 408):
            return GatewayError("The provider refuses this text", code=code, **_ITS_TROUBLE)
        found = self.meaning(code)
        found.unsure = error.status in wire.MAY_HAVE_TAKEN_IT
        return found

    def verify(self, request: Request) -> bool:
        return twilio_signed.is_signed(request, self._public_url, self._tokens)

    def parse_inbound(self, request: Request) -> Inbound:
        fields = twilio_signed.fields(request)
        provider_id = fields.get("MessageSid") or fields.get("SmsSid", "")
        if not provider_id or not fields.get("From"):
            raise ValueError("A text has an id and a sender.")
        media = fields.get("NumMedia", "0")
        return Inbound(
            provider_id,
            fields["From"],
            body=fields.get("Body", ""),
            media=int(media) if media.isdecimal() else 0,
            opt_out=fields.get("OptOutType", ""),
        )

    def parse_call(self, request: Request) -> Call:
        fields = twilio_signed.fields(request)
        provider_id, caller = fields.get("CallSid", ""), fields.get("From", "")
        if not provider_id:
            raise ValueError("A call has an id.")
        shown = _NUMBER.fullmatch(caller) is not None and caller not in _WITHHELD
        return Call(provider_id, caller if shown else "")

    def turn_down(self) -> str:
        response = VoiceResponse()
        response.reject(reason="busy")
        return str(response)

    def parse_status(self, request: Request) -> Status:
        fields = twilio_signed.fields(request)
        provider_id = fields.get("MessageSid") or fields.get("SmsSid", "")
        state = _STATES.get(fields.get("MessageStatus") or fields.get("SmsStatus", ""))
        if not provider_id or state is None:
            raise ValueError("A report has an id and a state.")
        return Status(provider_id, state, fields.get("ErrorCode", ""), request.args.get("k", ""))


def _check(settings: Settings) -> None:
    needed = {
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "TWILIO_FROM (or TWILIO_MESSAGING_SERVICE_SID)": settings.twilio_from
        or settings.twilio_messaging_service_sid,
        "PORTAL_PUBLIC_URL": settings.public_url,
    }
    for name, value in needed.items():
        if not value:
            raise SettingsError(f"SMS_GATEWAY=twilio needs {name}.")
    if settings.twilio_keywords not in KEYWORDS:
        raise SettingsError(f"TWILIO_KEYWORDS must be one of {', '.join(KEYWORDS)}.")


def _broken(error: Exception) -> GatewayError:
    """Perhaps it was taken and only the answer was lost."""
    unsure = not wire.never_left(error)
    return GatewayError(type(error).__name__, code="connection", unsure=unsure)


def _wait(response: Response) -> timedelta | None:
    seconds = (response.headers or {}).get("Retry-After", "")
    return timedelta(seconds=min(int(seconds), 3600)) if str(seconds).isdecimal() else None
