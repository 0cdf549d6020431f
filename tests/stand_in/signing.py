"""Posts signed as Twilio signs them."""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping
from uuid import uuid4

from twilio.request_validator import RequestValidator

from tests.stand_in.http import post
from tests.stand_in.twilio_words import TOKEN


def sign(url: str, fields: Mapping[str, str], token: str = TOKEN) -> str:
    """The signature that Twilio would put on this request."""
    return str(RequestValidator(token).compute_signature(url, fields))


def post_signed(url: str, fields: Mapping[str, str], token: str = TOKEN) -> int:
    """Post as Twilio does; returns the state of the answer."""
    heads = {
        "X-Twilio-Signature": sign(url, fields, token),
        "I-Twilio-Idempotency-Token": uuid4().hex,
    }
    return post(url, urllib.parse.urlencode(fields).encode(), heads)
