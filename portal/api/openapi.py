"""The OpenAPI 3.1 document of the API, made from what is there. A test holds it to the routes."""

from __future__ import annotations

from typing import Any

from portal.api.schemas import schemas

PREFIX = "/api/v1"

Part = dict[str, Any]

_ABOUT = """\
For systems that book appointments. An appointment booked here is offered to the person, who
answers by web page or by text. A person's "please cancel" or "please ring me" is a request:
the appointment stands until the office agrees. "Not answered" is never a failing.

A key reaches what its own source booked, and nothing else. Make one with
`flask api-key create`, and send it in the header `Authorization: Bearer …`.

Every error is `application/problem+json` with a stable `code`."""

_PROBLEMS = {
    "400": ("The request could not be read.", "json", "This is not JSON in UTF-8 (line 1)."),
    "401": ("No live key was sent.", "key", "Send a live key in the header Authorization."),
    "404": (
        "Unknown, or of another source.",
        "not-found",
        "There is no such appointment of your source.",
    ),
    "409": (
        "It cannot be done now.",
        "called-off",
        "This appointment was called off.",
    ),
    "413": ("The body is longer than 64 KiB.", "too-large", "This is too long to be read."),
    "415": (
        "The body is not JSON.",
        "json",
        "Send JSON, with Content-Type: application/json.",
    ),
    "422": (
        "Fields need to be put right, or an idempotency key was sent with another request.",
        "fields",
        "Some fields need to be put right.",
    ),
    "429": ("Too many requests with this key.", "too-many", "Too many requests. Wait a minute."),
    "503": ("The database does not answer.", "not-available", "Please try again later."),
}
_READ = ("401", "429", "503")
_WRITE = ("400", "401", "409", "413", "415", "422", "429", "503")


def _problems(*statuses: str) -> Part:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}


def _json(schema: str) -> Part:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _calendar() -> Part:
    return {"text/calendar": {"schema": {"type": "string"}}}


def _returns(status: str, description: str, content: Part, **more: Part) -> Part:
    return {status: {"description": description, "content": content, **more}}


def _query(name: str, description: str, **schema: Any) -> Part:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {"type": "string", **schema},
    }


def _operation(name: str, summary: str, responses: Part, **more: Any) -> Part:
    return {"operationId": name, "summary": summary, "responses": responses, **more}


def _post(name: str, summary: str, schema: str, responses: Part, *, needed: bool) -> Part:
    return _operation(
        name,
        summary,
        responses,
        parameters=[{"$ref": "#/components/parameters/IdempotencyKey"}],
        requestBody={"required": needed, "content": _json(schema)},
    )


def _paths() -> Part:
    one = f"{PREFIX}/appointments/{{appointment_id}}"
    which = {"parameters": [{"$ref": "#/components/parameters/AppointmentId"}]}
    replayed = {
        "Idempotency-Replayed": {
            "description": "true when this is the answer to an earlier request.",
            "schema": {"const": "true"},
        }
    }
    location = {"Location": {"description": "The appointment.", "schema": {"type": "string"}}}
    recorded = _json("Recorded")
    return {
        f"{PREFIX}/appointments": {
            "post": _post(
                "book",
                "Book an appointment",
                "NewAppointment",
                _returns("201", "Booked and offered.", recorded, headers=location | replayed)
                | _problems(*_WRITE),
                needed=True,
            ),
            "get": _operation(
                "list",
                "Your appointments by when they start",
                _returns("200", "A page of them.", _json("Page")) | _problems(*_READ, "422"),
                parameters=[
                    _query("from", "A date or a moment; now, unless said.", format="date-time"),
                    _query("after", "From `next` of the page before."),
                    _query("limit", "How many, up to 200.", pattern="^[0-9]+$", default="100"),
                    _query("external_reference", "Only the one with this reference."),
                ],
            ),
        },
        one: {
            **which,
            "get": _operation(
                "read",
                "One appointment",
                _returns("200", "As it is now.", _json("Appointment")) | _problems(*_READ, "404"),
            ),
        },
        f"{one}/move": {
            **which,
            "post": _post(
                "move",
                "Move it; what you do not say stays as it was, and the person is asked again",
                "Move",
                _returns("200", "Moved.", recorded, headers=replayed) | _problems(*_WRITE, "404"),
                needed=True,
            ),
        },
        f"{one}/call-off": {
            **which,
            "post": _post(
                "call_off",
                "Call it off; nobody has to come",
                "CallOff",
                _returns("200", "Called off.", recorded, headers=replayed)
                | _problems(*_WRITE, "404"),
                needed=False,
            ),
        },
        f"{one}/answers": {
            **which,
            "get": _operation(
                "answers",
                "What the person answered and asked, with receipts",
                _returns("200", "Oldest first.", _json("Answers")) | _problems(*_READ, "404"),
            ),
        },
        f"{one}/appointment.ics": {
            **which,
            "get": _operation(
                "calendar_file",
                "One appointment as a calendar file",
                _returns("200", "iCalendar.", _calendar()) | _problems(*_READ, "404"),
            ),
        },
        f"{PREFIX}/calendar.ics": {
            "get": _operation(
                "calendar_feed",
                "Your appointments as a calendar, from 30 days ago on",
                _returns("200", "iCalendar.", _calendar()) | _problems(*_READ),
            ),
        },
        f"{PREFIX}/openapi.json": {
            "get": _operation(
                "document",
                "This document",
                _returns("200", "OpenAPI 3.1.", {"application/json": {"schema": {}}})
                | _problems("503"),
                security=[],
            ),
        },
    }


def _problem_response(status: str) -> Part:
    description, code, detail = _PROBLEMS[status]
    example: Part = {
        "type": "about:blank",
        "title": description,
        "status": int(status),
        "code": code,
        "detail": detail,
    }
    if status == "422":
        example["errors"] = {"how": ["Write one of these: in_person, phone, video."]}
    return {
        "description": description,
        "content": {
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": example,
            }
        },
    }


def document() -> Part:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Appointments",
            "version": "1.0.0",
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "parameters": {
                "AppointmentId": {
                    "name": "appointment_id",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "format": "uuid"},
                },
                "IdempotencyKey": {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "description": "Any text of your own, new for each thing to be done. The "
                    "same key and body get the same answer for 48 hours at least.",
                    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
                },
            },
            "responses": {status: _problem_response(status) for status in _PROBLEMS},
            "schemas": schemas(),
        },
    }
