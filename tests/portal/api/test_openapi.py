"""The document says what is there: every route, every field, every code."""

import json
import re
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.api import importing, reading
from portal.appointments import rules
from portal.appointments.models import How
from portal.settings import ROOT
from tests.portal.api.partners import Partner, document, validate

METHODS = {"get", "post", "put", "patch", "delete"}


def parts(value: Any) -> list[Any]:
    """The value and everything inside it."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(deeper for part in inside for deeper in parts(part))]


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, item[method])
        for path, item in document()["paths"].items()
        for method in METHODS & item.keys()
    ]


def test_anybody_may_read_it(client: FlaskClient) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert response.json == json.loads(json.dumps(document()))
    assert response.json["openapi"].startswith("3.1.")


def test_every_route_is_described_and_nothing_else(app: Flask) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method, _ in operations()} == routes


def test_references_lead_somewhere_and_everything_is_used() -> None:
    used = {part["$ref"] for part in parts(document()) if isinstance(part, dict) and "$ref" in part}
    there = {
        f"#/components/{kind}/{name}"
        for kind, named in document()["components"].items()
        if kind != "securitySchemes"
        for name in named
    }
    assert used == there


def test_operations_are_whole() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))
    for path, _method, operation in operations():
        assert operation["summary"]
        assert any(status.startswith("2") for status in operation["responses"])
        if operation.get("security") != []:
            assert {"401", "429", "503"} <= operation["responses"].keys()
        if "{" in path:
            assert "404" in operation["responses"]
            assert document()["paths"][path]["parameters"]
        for response in operation["responses"].values():
            assert "$ref" in response or (response["description"] and response["content"])


@pytest.mark.parametrize("name", document()["components"]["schemas"])
def test_schemas_hold_and_so_do_their_examples(name: str) -> None:
    schema = document()["components"]["schemas"][name]
    jsonschema.Draft202012Validator.check_schema(schema)
    for part in parts(schema):
        if isinstance(part, dict) and isinstance(part.get("examples"), list):
            for example in part["examples"]:
                validate(part, example)


def test_examples_of_problems_are_problems() -> None:
    for status, response in document()["components"]["responses"].items():
        media = response["content"]["application/problem+json"]
        validate(media["schema"], media["example"])
        assert media["example"]["status"] == int(status)


def test_a_planted_fault_is_found(partner: Partner) -> None:
    booked = partner.book()
    schema = {"$ref": "#/components/schemas/Appointment"}
    validate(schema, booked)
    for fault in ({"status": "unknown"}, {"starts_at": "soon"}, {"id": None}, {"more": 1}):
        with pytest.raises(jsonschema.ValidationError):
            validate(schema, booked | fault)


def test_the_fields_are_those_that_are_read() -> None:
    schemas = document()["components"]["schemas"]
    for name, known in (
        ("NewAppointment", reading.CREATE),
        ("Move", reading.MOVE),
        ("CallOff", reading.CALL_OFF),
    ):
        assert set(schemas[name]["properties"]) == set(known)
    assert set(importing.COLUMNS) == set(reading.CREATE)


def test_the_example_can_be_sent(partner: Partner) -> None:
    example = document()["components"]["schemas"]["NewAppointment"]["examples"][0]
    assert (
        partner.post("/appointments", example | {"claimant_reference": "LDS-1"}).status_code == 201
    )


def test_the_guide_names_every_column_and_every_code() -> None:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = {word for part in re.findall(r"`([^`\n]+)`", guide) for word in part.split()}
    assert {*importing.COLUMNS, *rules.PURPOSES, *rules.BRING, *How} <= named
    source = "".join(file.read_text() for file in (ROOT / "portal" / "api").glob("*.py"))
    codes = set(re.findall(r'Problem\(\s*\d+,\s*"([a-z-]+)"', source))
    assert {"fields", "exists", "key"} <= codes <= named
