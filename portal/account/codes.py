"""Codes and tokens that are derived from a row and our secret, and so never need to be kept."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from flask import current_app

from portal.record.receipts import ALPHABET


def _derive(purpose: str, of: UUID | str) -> int:
    key = str(current_app.secret_key).encode()
    return int.from_bytes(hmac.digest(key, f"{purpose}:{of}".encode(), hashlib.sha256))


def digits(purpose: str, of: UUID) -> str:
    """A six-digit code for one row and one purpose."""
    return f"{_derive(purpose, of) % 1_000_000:06d}"


def same(given: str, wanted: str) -> bool:
    """Compare without telling by the time taken how much of it was right."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def link_token(appointment_id: UUID) -> str:
    """The token of an appointment's short link: fifty bits, in letters that read well."""
    return _token("link", appointment_id)


def helper_token(link_id: UUID) -> str:
    """The token of a link with which somebody writes a complaint for a person; seventy bits, for
    it can be opened for a week."""
    return _token("helper", link_id, 14)


def interpreter_token(session_id: UUID) -> str:
    """The code of a page that an interpreter follows: forty bits, for it is read out over the
    telephone, opens once, and lives for two hours at most."""
    return _token("interpreter", session_id, 8)


def _token(purpose: str, of: UUID, letters: int = 10) -> str:
    number, token = _derive(purpose, of), ""
    for _ in range(letters):
        number, index = divmod(number, len(ALPHABET))
        token += ALPHABET[index]
    return token
