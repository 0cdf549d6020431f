"""Requests that Twilio signed: whether the signature is right, and what is in them.

A part of the Twilio gateway, apart because it is long. The signature covers the configured public
address and every field (sms.md 13).
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha1
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from flask import Request
from twilio.request_validator import (
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)


def is_signed(request: Request, public_url: str, tokens: Sequence[str]) -> bool:
    """True when one of these tokens signed it. Compared in constant time."""
    given = request.headers.get(SIGNATURE_HEADER, "")
    algorithm = get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER))
    address = public_url + request.path
    if request.query_string:
        address += "?" + request.query_string.decode("latin-1")
    try:
        pairs = _pairs(request)
    except ValueError:
        return False
    right = False
    for token in tokens:
        for wanted in _signatures(token, address, pairs, algorithm):
            right |= hmac.compare_digest(wanted.encode(), given.encode())
    return right


def fields(request: Request) -> dict[str, str]:
    """The fields of a request that was verified, as text."""
    return {n.decode("utf-8", "replace"): v.decode("utf-8", "replace") for n, v in _pairs(request)}


def _pairs(request: Request) -> list[tuple[bytes, bytes]]:
    """The fields as the bytes that were signed, whether or not they are valid UTF-8."""
    body = request.get_data().decode("latin-1")
    pairs = parse_qsl(body, keep_blank_values=True, encoding="latin-1", max_num_fields=300)
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]


def _signatures(
    token: str, address: str, pairs: list[tuple[bytes, bytes]], algorithm: str
) -> list[str]:
    """Every signature that would be right: Twilio is not of one mind about the port."""
    fields: dict[str, list[str]] = {}
    valid = True
    for name, value in pairs:
        try:
            fields.setdefault(name.decode(), []).append(value.decode())
        except UnicodeDecodeError:
            valid = False
    if not valid:
        signed = address.encode() + b"".join(name + value for name, value in sorted(set(pairs)))
        return [b64encode(hmac.digest(token.encode(), signed, sha1)).decode()]
    parts = urlsplit(address)
    host = parts.netloc.split(":")[0]
    port = parts.port or (443 if parts.scheme == "https" else 80)
    bare = urlunsplit(parts._replace(netloc=host))
    ported = urlunsplit(parts._replace(netloc=f"{host}:{port}"))
    validator = RequestValidator(token)
    try:
        return [
            validator.compute_signature(url, _Lists(fields), algorithm) for url in (bare, ported)
        ]
    except ValueError:
        return []


class _Lists(dict[str, list[str]]):
    """Fields that may come more than once, as the validator asks for them."""

    def getall(self, name: str) -> list[str]:
        return self[name]
