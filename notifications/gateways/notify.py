"""GOV.UK Notify: its client, its web addresses, its errors. Nobody else knows of them.

Notify sends templates. Ours is one whose whole content is ((text)): the words are made here, in
the person's language. Turn its setting "start all text messages with your service name" off, or
discreet texts name us (docs/operating.md). It has no way to delete the words of a text: it does
so by itself, after the days that are set there.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Request
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from notifications import segments
from notifications.gateways import wire
from notifications.gateways.base import GatewayError, Inbound, Sent, Status
from notifications.models import State
from portal.settings import Settings, SettingsError

log = structlog.get_logger()
# Its warnings repeat what the provider answered, and that may hold numbers.
logging.getLogger("notifications_python_client").disabled = True
logging.getLogger("notifications_python_client.base").disabled = True

TIMEOUT = 20.0
"""Seconds. Well below the sender's lease: who waits longer might be sent twice."""
LONGEST = 918
SHORTEST_TOKEN, SHORTEST_KEY = 16, 73
_WELSH = frozenset("àèìòùẁỳÀÈÌÒÙẀỲáéíóúẃýÁÉÍÓÚẂÝäëïöüẅÿÄËÏÖÜẄŸâêîôûŵŷÂÊÎÔÛŴŶ")
_WITH_A_TWIN = frozenset("\u2011–—−…‘’“”\u00a0\u202f\t\u200b\u2060\ufeff")
"""Dashes, quotation marks and spaces: it puts a plain one in their place."""
CARRIED = (segments.GSM7 - {"\f"}) | _WELSH | _WITH_A_TWIN
"""What reaches the phone as it was meant. Anything else may arrive as a question mark."""

_STATES = {
    **dict.fromkeys(("created", "sending", "pending", "sent"), State.sent),
    "delivered": State.delivered,
    **dict.fromkeys(
        ("permanent-failure", "temporary-failure", "technical-failure", "failed"),
        State.undelivered,
    ),
}
_MEANINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "permanent-failure": ("Nobody has this number", {"dead": True}),
    "temporary-failure": ("The phone was off, or full, for long", {}),
    "technical-failure": (
        "It was not sent: trouble at the provider",
        {"permanent": True, "elsewhere": True},
    ),
    "number": ("This is no number that can be texted", {"dead": True}),
    "refused": ("The provider refuses this text", {"permanent": True, "elsewhere": True}),
    "rate": ("Too many at once", {"retry_after": timedelta(minutes=1)}),
    "day": (
        "Our texts for today are used up",
        {"elsewhere": True, "retry_after": timedelta(minutes=30)},
    ),
    "clock": ("Our clock is wrong", {"elsewhere": True}),
    "key": ("Our key is not let in", {"elsewhere": True}),
}


class NotifyGateway:
    """Texts through a service at GOV.UK Notify."""

    name = "notify"
    reserved_words: Mapping[str, str] = {}
    forgets = False

    def __init__(self, settings: Settings) -> None:
        _check(settings)
        more = {"base_url": settings.notify_base_url} if settings.notify_base_url else {}
        make: Any = NotificationsAPIClient
        self._client = make(settings.notify_api_key, timeout=TIMEOUT, **more)
        # An address of our own choosing is reached directly, not through the machine's proxy;
        # and none of Notify's sends us on to another host with the words of a text.
        self._client.request_session.trust_env = not settings.notify_base_url
        self._client.request_session.max_redirects = 0
        self._template, self._sender = settings.notify_template_id, settings.notify_sender_id
        self._tokens = [
            token
            for token in (settings.notify_callback_token, settings.notify_second_callback_token)
            if token
        ]

    def can_carry(self, text: str) -> bool:
        return 0 < len(text) <= LONGEST and CARRIED.issuperset(text)

    def send(self, to: str, text: str, key: str, *, not_after: datetime | None = None) -> Sent:
        try:
            answer = self._client.send_sms_notification(
                phone_number=to,
                template_id=self._template,
                personalisation={"text": text},
                reference=key,
                sms_sender_id=self._sender or None,
            )
            provider_id, said = str(answer["id"]), str(answer["content"]["body"])
        except APIError as error:
            raise _refusal(error) from None
        except (KeyError, TypeError) as error:
            # An answer, but not one of Notify's: something between us speaks for it.
            raise GatewayError(type(error).__name__, code="answer", unsure=True) from None
        if said.count("?") > text.count("?"):
            log.error("garbled", gateway=self.name, notification=key)
        return Sent(provider_id, State.sent)

    def find(self, to: str, text: str, key: str) -> Sequence[Sent]:
        try:
            answer = self._client.get_all_notifications(template_type="sms", reference=key)
            return [
                Sent(str(each["id"]), _STATES.get(str(each.get("status")), State.sent))
                for each in answer["notifications"]
                if each.get("phone_number") == to
            ]
        except APIError as error:
            raise _refusal(error) from None
        except (KeyError, TypeError, AttributeError) as error:
            raise GatewayError(type(error).__name__, code="answer") from None

    def forget(self, provider_id: str) -> None:
        """Notify deletes words by itself, after the days that are set there."""

    def meaning(self, code: str) -> GatewayError:
        words, kind = _MEANINGS.get(code, ("The provider gave no reason we know", {}))
        return GatewayError(words, code=code, **kind)

    def verify(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "").encode("utf-8", "replace")
        right = False
        for token in self._tokens:
            right |= hmac.compare_digest(b"Bearer " + token.encode(), given)
        return right

    def parse_inbound(self, request: Request) -> Inbound:
        fields = _fields(request)
        provider_id, sender = _text(fields, "id"), _text(fields, "source_number")
        if not provider_id or not sender:
            raise ValueError("A text has an id and a sender.")
        return Inbound(
            provider_id,
            _with_plus(sender),
            body=_text(fields, "message"),
        )

    def parse_status(self, request: Request) -> Status:
        fields = _fields(request)
        provider_id, said = _text(fields, "id"), _text(fields, "status")
        state = _STATES.get(said)
        if not provider_id or state is None or fields.get("notification_type", "sms") != "sms":
            raise ValueError("A receipt has an id and a state.")
        error = said if state is State.undelivered else ""
        return Status(provider_id, state, error, _text(fields, "reference"))


def _check(settings: Settings) -> None:
    needed = {
        "NOTIFY_API_KEY": len(settings.notify_api_key) >= SHORTEST_KEY,
        "NOTIFY_TEMPLATE_ID": bool(settings.notify_template_id),
        f"NOTIFY_CALLBACK_TOKEN of at least {SHORTEST_TOKEN} characters": len(
            settings.notify_callback_token
        )
        >= SHORTEST_TOKEN,
    }
    for name, is_there in needed.items():
        if not is_there:
            raise SettingsError(f"SMS_GATEWAY=notify needs {name}.")
    if 0 < len(settings.notify_second_callback_token) < SHORTEST_TOKEN:
        raise SettingsError(
            f"NOTIFY_SECOND_CALLBACK_TOKEN needs at least {SHORTEST_TOKEN} characters."
        )


def _refusal(error: APIError) -> GatewayError:
    """Notify's answer in our words."""
    response: Any = error.response
    if response is None:
        unsure = error.__cause__ is None or not wire.never_left(error.__cause__)
        return GatewayError("No answer", code="connection", unsure=unsure)
    status: int = response.status_code
    kinds = error.message if isinstance(error.message, list) else []
    said = [each for each in kinds if isinstance(each, dict)]
    kind = str(said[0].get("error", "")) if said else ""
    words = str(said[0].get("message", "")).casefold() if said else ""
    if kind == "TooManyRequestsError" or "send limits" in words:
        code = "day"
    elif status == 429:
        code = "rate"
    elif status in (401, 403):
        code = "clock" if "clock" in words else "key"
    elif status == 400 and words.startswith("phone_number"):
        code = "number"
    elif 400 <= status < 500 and status != 408:
        code = "refused"
    else:
        unsure = status in wire.MAY_HAVE_TAKEN_IT or status < 400
        return GatewayError("Trouble at the provider", code=str(status), unsure=unsure)
    words, flags = _MEANINGS[code]
    return GatewayError(words, code=code, **flags)


def _fields(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(request.get_data())
    except RecursionError:
        raise ValueError("No sense in it.") from None
    if not isinstance(found, dict):
        raise ValueError("A report is an object.")
    return found


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _with_plus(number: str) -> str:
    """Notify writes 447700900123 for +447700900123."""
    return f"+{number}" if number.startswith("44") and number.isdecimal() else number
