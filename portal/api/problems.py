"""Errors as programs read them: RFC 9457, a stable `code`, and sentences for each field.

Apart from `views` because guards and readers of input raise them too.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, jsonify

from portal.api.sources import FIELD_OF, words_of
from portal.refusals import Refusal

Errors = dict[str, list[str]]


class Problem(Exception):
    """Something that cannot be answered otherwise. Nothing was changed."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Errors | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.detail = status, code, detail
        self.errors, self.more = errors, more
        self.headers: dict[str, str] = {}


def unreadable(errors: Errors) -> Problem:
    """The request was understood as JSON, but its fields do not make sense."""
    return Problem(422, "fields", "Some fields need to be put right.", errors)


def refused(refusal: Refusal) -> Problem:
    """A rule said no, in its own words."""
    said = words_of(refusal)
    field = FIELD_OF.get(refusal.code)
    if field:
        return Problem(422, refusal.code, said, {field: [said]})
    return Problem(409, refusal.code, said)


def not_found() -> Problem:
    """Unknown, or somebody else's: the two look the same."""
    return Problem(404, "not-found", "There is no such appointment of your source.")


def answer(problem: Problem) -> Response:
    """The problem as application/problem+json."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
        **problem.more,
    }
    if problem.errors is not None:
        body["errors"] = problem.errors
    response = jsonify(body)
    response.status_code = problem.status
    response.mimetype = "application/problem+json"
    response.headers.update(problem.headers)
    return response
