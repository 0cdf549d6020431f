"""What the stand-in for Twilio knows by heart: numbers, codes, words, and how it shows a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from tests.stand_in.http import Answer

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
BASE = "/2010-04-01/Accounts/"


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
class Written:
    """One text that somebody wrote on a phone."""

    number: str
    body: str
    webhook: int = 0
    """What our webhook answered; 0 when nobody did."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


def resource(message: Message) -> dict[str, Any]:
    """A text as the API shows it."""
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
        "uri": f"{BASE}{SID}/Messages/{message.sid}.json",
    }


def error(state: int, code: int | None) -> Answer:
    """A refusal as the API words it; without a code, trouble of the provider's own."""
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
