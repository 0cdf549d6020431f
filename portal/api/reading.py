"""Reading what a partner sent. Apart from `views` so that a view says only what is done.

Sentences here are for programmers and stay in English; those of the rules and of bookings
come in the language that was asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

from flask import request

from portal import clock
from portal.account import queries as account
from portal.account.models import Claimant
from portal.api import people
from portal.api.models import ApiKey
from portal.api.problems import Errors, Problem, unreadable
from portal.appointments import bookings
from portal.appointments.bookings import BadBooking, read_booking
from portal.appointments.rules import LONGEST_NOTE, Booking
from portal.web.text import clean, one_line

CREATE = (*people.COLUMNS, *bookings.COLUMNS)
MOVE = (*(name for name in bookings.COLUMNS if name != "external_reference"), "why")
CALL_OFF = ("why",)

PAGE, LONGEST_PAGE = 100, 200

_KINDS: dict[str, type] = {"minutes": int, "private_room": bool, "bring": list}
_KIND_WORDS = {
    str: "Write this as text.",
    int: "Write this as a whole number.",
    bool: "Write true or false.",
    list: "Write this as a list of texts.",
}


def body(known: Collection[str]) -> dict[str, Any]:
    """The JSON object that was sent; an empty body is an empty one. Raises Problem."""
    data = request.get_data()
    if not data:
        return {}
    if not request.is_json:
        raise Problem(415, "json", "Send JSON, with Content-Type: application/json.")
    try:
        values = json.loads(data.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Problem(400, "json", f"This is not JSON in UTF-8{where}.") from None
    if not isinstance(values, dict):
        raise Problem(400, "json", "Send a JSON object, in curly brackets.")
    errors: Errors = {}
    for name, value in values.items():
        if name not in known:
            errors[one_line(name)[:40]] = ["This field is not known here."]
        elif not _fits(name, value):
            errors[name] = [_KIND_WORDS[_KINDS.get(name, str)]]
    if errors:
        raise unreadable(errors)
    return values


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _fits(name: str, value: object) -> bool:
    kind = _KINDS.get(name, str)
    if value is None:
        return True
    if isinstance(value, list):
        return kind is list and all(isinstance(part, str) for part in value)
    return type(value) is kind


def person_and_booking(
    values: Mapping[str, Any], partner: ApiKey
) -> tuple[Claimant | people.Newcomer, Booking]:
    """Whom to book what for. Raises Problem with every fault of every field at once."""
    errors: Errors = {}
    person = booking = None
    try:
        known = account.claimant_by_reference(people.reference_of(values))
        person = people.read_person(values, known, only_office=partner.office)
    except people.BadPerson as bad:
        errors |= bad.errors
    try:
        booking = read_booking(values)
    except BadBooking as bad:
        errors |= bad.errors
    if errors or person is None or booking is None:
        raise unreadable(errors)
    return person, booking


def booking(values: Mapping[str, Any]) -> Booking:
    try:
        return read_booking(values)
    except BadBooking as bad:
        raise unreadable(bad.errors) from None


def why(values: Mapping[str, Any]) -> str:
    """The office's reason, for the person to read; nobody has to give one here."""
    text = clean(values.get("why"))
    if len(text) > LONGEST_NOTE:
        raise unreadable({"why": [f"Use at most {LONGEST_NOTE} characters here."]})
    return text


def idempotency_key() -> str | None:
    """The key that makes a repeated request harmless, if one was sent."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= 255 or not key.isascii() or not key.isprintable():
        raise Problem(400, "idempotency-key", "Use 1 to 255 plain characters as Idempotency-Key.")
    return key


def fingerprint() -> str:
    """What tells one request from another under the same idempotency key."""
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + request.get_data()).hexdigest()


def moment_from() -> datetime:
    """From when on to list; now, unless said otherwise."""
    text = request.args.get("from")
    return clock.now() if text is None else _moment("from", text)


def page_size() -> int:
    text = request.args.get("limit", str(PAGE))
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= LONGEST_PAGE:
        raise unreadable({"limit": [f"Write a whole number from 1 to {LONGEST_PAGE}."]})
    return int(text)


def after() -> tuple[datetime, UUID] | None:
    """The place in the list where the page before ended."""
    text = request.args.get("after")
    if text is None:
        return None
    moment, _sign, last = text.partition("~")
    try:
        return _moment("after", moment), UUID(last)
    except ValueError:
        raise unreadable({"after": ["Take this from the page before."]}) from None


def cursor(starts_at: datetime, last: UUID) -> str:
    """What `after` reads."""
    return f"{starts_at.replace(tzinfo=None).isoformat()}Z~{last}"


def _moment(name: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if not 2000 <= moment.year < 2200:
            raise ValueError
        return moment.astimezone(UTC) if moment.tzinfo else clock.from_wall_clock(moment)
    except ValueError:
        raise unreadable(
            {name: ["Write a date or a time, like 2027-02-03 or 2027-02-03T10:30:00Z."]}
        ) from None
