"""Partners as the tests know them. Whatever they are answered must be as the document says."""

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

import jsonschema
from flask import Flask
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from portal.account.queries import office_by_code
from portal.api import actions, openapi
from portal.api.queries import live_key
from portal.database import transaction

FORMATS = jsonschema.FormatChecker()


@FORMATS.checks("date-time", ValueError)
def _is_moment(value: object) -> bool:
    """RFC 3339, which needs a zone."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


NOW = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
PREFIX = "/api/v1"

BOOKING: dict[str, Any] = {
    "claimant_reference": "LDS-1",
    "external_reference": "A-1",
    "starts_at": "2027-02-03T10:30",
    "how": "in_person",
    "purpose": "work_search_review",
    "with_name": "Sam Okafor",
    "bring": ["photo_id", "cv"],
}


def booking(**changes: Any) -> dict[str, Any]:
    return {**BOOKING, **changes}


class Partner:
    """A program with a key. Every answer is checked against the OpenAPI document."""

    def __init__(self, app: Flask, key: str) -> None:
        self.app, self.key = app, key

    def get(self, path: str, **query: Any) -> TestResponse:
        return self._send("GET", path, query_string=query or None)

    def post(
        self, path: str, body: Any = None, idempotency_key: str | None = None, **more: Any
    ) -> TestResponse:
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key is not None else {}
        if "data" not in more:
            more["json"] = {} if body is None else body
        return self._send("POST", path, headers=headers, **more)

    def book(self, **changes: Any) -> dict[str, Any]:
        """Book an appointment, which must work; the appointment."""
        response = self.post("/appointments", booking(**changes))
        assert response.status_code == 201, response.text
        return response.json["appointment"]

    def _send(
        self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any
    ) -> TestResponse:
        path = path if path.startswith(PREFIX) else PREFIX + path
        heads = {"Authorization": f"Bearer {self.key}", **(headers or {})}
        response = self.app.test_client().open(path, method=method, headers=heads, **more)
        check(method, path, response)
        return response


def make_partner(app: Flask, source: str, office: str | None = None) -> Partner:
    """A partner with a fresh key, of one office or of all."""
    with app.app_context():
        found = office_by_code(office) if office else None
        with transaction():
            _key, secret = actions.make_key(name=f"{source} key", source=source, office=found)
        assert live_key(secret) is not None
    return Partner(app, secret)


@cache
def document() -> dict[str, Any]:
    return openapi.document()


@cache
def registry() -> Registry:
    resource = Resource(contents=document(), specification=DRAFT202012)
    return Registry().with_resource("urn:api", resource)


def validate(schema: dict[str, Any], value: Any) -> None:
    """Raises when the value is not as the schema of the document says, formats included."""
    absolute = _absolute(schema)
    jsonschema.Draft202012Validator(
        absolute,
        registry=registry(),
        format_checker=FORMATS,
    ).validate(value)


def _absolute(schema: Any) -> Any:
    """The schema with its references pointing into the whole document."""
    if isinstance(schema, dict):
        return {
            key: f"urn:api{value}" if key == "$ref" else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(part) for part in schema] if isinstance(schema, list) else schema


def check(method: str, path: str, response: TestResponse) -> None:
    """Hold an answer to what the document says of it."""
    operation = _operation(method, path.partition("?")[0])
    if operation is None:
        assert response.status_code in (404, 405)
        validate({"$ref": "#/components/schemas/Problem"}, response.json)
        return
    described = operation["responses"].get(str(response.status_code))
    assert described, f"{method} {path} answered {response.status_code}: {response.text}"
    if "$ref" in described:
        described = document()["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
    content = described["content"][response.mimetype]
    if response.mimetype.endswith("json"):
        validate(content["schema"], response.json)
        if "code" in response.json:
            assert response.json["status"] == response.status_code
    for name in ("Location", "Idempotency-Replayed"):
        assert name not in response.headers or name in described["headers"]


def _operation(method: str, path: str) -> dict[str, Any] | None:
    for template, item in document()["paths"].items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", r"[0-9a-f-]{36}", re.escape(template)), path):
            return item.get(method.lower())
    return None
