"""The schemas of the OpenAPI document: what partners send and get, with examples.

JSON Schema 2020-12, as OpenAPI 3.1 has it. Lists of codes come from the rules themselves.
"""

from __future__ import annotations

from typing import Any

from portal import languages
from portal.api import people
from portal.api.shapes import NOT_ANSWERED, TOLD
from portal.appointments.bookings import LONGEST, MOST_MINUTES, USUAL_MINUTES
from portal.appointments.models import Answer, Ask, Decision, How, InterpreterBy, Status
from portal.appointments.rules import BRING, LONGEST_NOTE, PURPOSES

Schema = dict[str, Any]

_TIME = "2027-02-03T10:30:00Z"
_ID = "5f0c1f6e-3f0b-4b57-9c1b-0a8c6b6f2d11"
_RECEIPT = "K7QM-2P4A"


def _text(description: str = "", longest: int | None = None, **more: Any) -> Schema:
    schema: Schema = {"type": "string", **more}
    if description:
        schema["description"] = description
    if longest:
        schema["maxLength"] = longest
    return schema


def _moment(description: str) -> Schema:
    return _text(description, format="date-time", examples=[_TIME])


def _maybe(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _maybe_one_of(values: Any, description: str) -> Schema:
    return {"enum": [*values, None], "description": description}


def _object(properties: dict[str, Schema], required: tuple[str, ...] | None = None) -> Schema:
    """An object with these properties and no others; all of them required unless said."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _said() -> dict[str, Schema]:
    """Everything the office says about an appointment."""
    return {
        "starts_at": _text(
            "ISO 8601 to the minute. Without a zone it is the wall clock in the United Kingdom.",
            examples=["2027-02-03T10:30", _TIME],
        ),
        "minutes": {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_MINUTES,
            "default": USUAL_MINUTES,
        },
        "how": {"enum": [how.value for how in How]},
        "place": _text(
            "The address; for a video call, how the person gets the link. Empty: the office's.",
            LONGEST["place"],
        ),
        "caller_name": _text("Who rings. Needed for a phone call.", LONGEST["caller_name"]),
        "caller_number": _text(
            "The number that the person sees. Needed for a phone call.", LONGEST["caller_number"]
        ),
        "purpose": {"enum": list(PURPOSES)},
        "purpose_note": _text(
            "What it is for, in plain words. Needed when the purpose is other.",
            LONGEST["purpose_note"],
        ),
        "with_name": _text("Whom the person meets.", LONGEST["with_name"]),
        "bring": {"type": "array", "items": {"enum": list(BRING)}},
        "bring_note": _text("Anything else to bring.", LONGEST["bring_note"]),
        "interpreter": _text("The language of a booked interpreter.", LONGEST["interpreter"]),
        "interpreter_by": {
            "enum": [how.value for how in InterpreterBy],
            "default": "",
            "description": "Whether an interpreter is booked for a person who needs one, and how. "
            "Left out, it is not booked yet, and waits at the desk.",
        },
        "private_room": {"type": "boolean", "default": False},
    }


def _why() -> Schema:
    return _text("Why, in plain words. The person sees it.", LONGEST_NOTE)


def _new() -> Schema:
    reference = _text("Who it is for, as your system calls them.", 64)
    return _object(
        {
            "claimant_reference": reference,
            "external_reference": _text(
                "What your system calls the appointment; once only.",
                LONGEST["external_reference"],
            ),
            **_said(),
            "full_name": _text(
                "For a person whom nobody here knows yet: with office, it registers them. "
                "Nothing about a known person is changed.",
                people.LONGEST["full_name"],
            ),
            "mobile": _text("A United Kingdom mobile number of a new person."),
            "language": {
                "enum": list(languages.known()),
                "default": languages.DEFAULT,
                "description": "The language of a new person.",
            },
            "office": _text("The code of a new person's office."),
        },
        ("claimant_reference", "starts_at", "how", "purpose"),
    ) | {
        "examples": [
            {
                "claimant_reference": "LDS-00042",
                "external_reference": "A-1001",
                "starts_at": "2027-02-03T10:30",
                "how": "in_person",
                "purpose": "work_search_review",
                "with_name": "Sam Okafor",
                "bring": ["photo_id", "cv"],
            }
        ]
    }


def _appointment() -> Schema:
    said = _said()
    return _object(
        {
            "id": _text(format="uuid", examples=[_ID]),
            "external_reference": _maybe(_text("What your system calls it.")),
            "claimant_reference": _text(),
            "office": _text("The code of the office."),
            "status": {
                "enum": [status.value for status in Status],
                "description": "What the office's diary says. No answer changes it by itself.",
            },
            **said,
            "starts_at": _moment("In UTC."),
            "moved_from": _maybe(_moment("The time before it was last moved.")),
            "notice_given_at": _moment("When the person was offered this time."),
            "short_notice": {
                "type": "boolean",
                "description": "Offered later than the notice rule says; the person may say no.",
            },
            "stands": {
                "type": "boolean",
                "description": "True until the office calls it off or agrees to cancel. "
                "Being asked to cancel does not change it.",
            },
            "answer": {"anyOf": [_ref("Answer"), {"type": "null"}]},
            "note": _maybe(_text("What an answer of null means.", examples=[NOT_ANSWERED])),
        }
    )


def _request() -> Schema:
    return _object(
        {
            "ask": {"enum": [ask.value for ask in Ask]},
            "has_reason": {
                "type": "boolean",
                "description": "The person said why. Nobody has to. It may be about health, so "
                "it stays at the desk.",
            },
            "asked_at": _moment("When the person asked."),
            "receipt": _text("What proves that they asked.", examples=[_RECEIPT]),
            "seen_at": _maybe(_moment("When staff opened it.")),
            "decision": _maybe_one_of(
                (decision.value for decision in Decision), "null while nobody has decided."
            ),
            "decided_at": _maybe(_moment("When it was decided, withdrawn or overtaken.")),
        }
    )


def _answers() -> Schema:
    return _object(
        {
            "appointment_id": _text(format="uuid", examples=[_ID]),
            "starts_at": _moment("In UTC."),
            "status": {"enum": [status.value for status in Status]},
            "stands": {"type": "boolean"},
            "answer": {"anyOf": [_ref("Answer"), {"type": "null"}]},
            "note": _maybe(_text("What an answer of null means.", examples=[NOT_ANSWERED])),
            "requests": {"type": "array", "items": _ref("Request")},
            "history": {"type": "array", "items": _ref("Entry")},
        }
    )


def schemas() -> dict[str, Schema]:
    """Every schema, by the name that paths refer to."""
    answers = [answer.value for answer in Answer if answer is not Answer.none]
    receipt = _text("The receipt of the entry in the person's record.", examples=[_RECEIPT])
    return {
        "NewAppointment": _new(),
        "Move": _object({**_said(), "why": _why()}, ())
        | {"examples": [{"starts_at": "2027-02-04T14:00", "why": "Sam is on leave."}]},
        "CallOff": _object({"why": _why()}, ()) | {"examples": [{"why": "The office is closed."}]},
        "Appointment": _appointment(),
        "Answer": _object(
            {
                "answer": {"enum": answers},
                "at": _moment("When the person answered."),
                "receipt": receipt,
            }
        ),
        "Request": _request(),
        "Entry": _object(
            {
                "kind": {"enum": [event.kind for event in TOLD]},
                "at": _moment("When it was recorded."),
                "by": {"enum": ["claimant", "staff", "partner", "system"]},
                "receipt": receipt,
            }
        ),
        "Answers": _answers(),
        "Recorded": _object(
            {
                "appointment": _ref("Appointment"),
                "warnings": {
                    "type": "array",
                    "items": _text("What somebody should look at, though it was done."),
                },
                "receipt": _maybe(receipt),
                "recorded_at": _maybe(_moment("When it was recorded.")),
            }
        ),
        "Page": _object(
            {
                "appointments": {"type": "array", "items": _ref("Appointment")},
                "next": _maybe(_text("Where the next page is; null on the last one.")),
            }
        ),
        "Problem": problem(),
    }


def problem() -> Schema:
    """RFC 9457, with a stable code, and sentences for each field where fields are wrong."""
    return {
        "type": "object",
        "properties": {
            "type": {"const": "about:blank"},
            "title": _text(),
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "code": _text("Stable, for programs.", examples=["fields"]),
            "detail": _text("What went wrong, for people."),
            "errors": {
                "type": "object",
                "description": "Sentences for each field.",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
            "appointment_id": _maybe(_text("With the code exists: which one.", format="uuid")),
        },
        "required": ["type", "title", "status", "code", "detail"],
    }
