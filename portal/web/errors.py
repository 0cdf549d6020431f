"""Pages for when something went wrong: what happened, what was kept, what to do now."""

from __future__ import annotations

import re
import traceback
from contextlib import suppress

import structlog
from flask import Flask, Response, current_app, g, jsonify, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException

from portal.database import db
from portal.web import beside
from portal.web.language import safe_path

log = structlog.get_logger()

_PROBLEMS = {
    404: ("not-found", "There is nothing at this address."),
    405: ("method", "This address does not take this method."),
    413: ("too-large", "This is too long to be read."),
    500: ("unexpected", "Something went wrong here. It was written down."),
    503: ("not-available", "The database does not answer. Please try again later."),
}
"""For programs: a stable code for each status, and a sentence for whoever reads their log."""

_SECRET = ("code", "password", "token", "totp")
_NOT_TYPED = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|y")
"""Ids and ticks: nobody typed them."""


def _answer(template: str, code: int, **values: object) -> Response:
    if request.path.startswith("/api/"):
        return _json(code, values)
    # A page that only takes a form cannot be opened again in another language.
    if request.method not in ("GET", "HEAD"):
        values.setdefault("next_url", _way_back())
    try:
        body = beside.compose(template, **values)
    except SQLAlchemyError:
        # Saying who is here needs the database, and that may be what went wrong.
        g.no_database = True
        body = beside.compose(template, **values)
    return Response(body, code, mimetype="text/html")


def _json(code: int, values: dict[str, object]) -> Response:
    name, detail = _PROBLEMS.get(code, ("not-possible", "This cannot be done."))
    title = values.get("title", "")
    response = jsonify(type="about:blank", title=title, status=code, code=name, detail=detail)
    response.status_code = code
    response.mimetype = "application/problem+json"
    return response


def _way_back() -> str:
    """The page the form was on, as far as we know it."""
    if request.form.get("_next"):
        return safe_path(request.form["_next"])
    takes = request.url_rule.methods if request.url_rule else None
    return request.path if "GET" in (takes or ()) else "/"


def not_found(error: HTTPException) -> Response:
    return _answer("errors/not_found.html", 404, title="Not found")


def too_large(error: HTTPException) -> Response:
    return _answer("errors/too_large.html", 413, title="Too large")


def other(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400 and error.response is not None:
        return error.response  # type: ignore[return-value]
    template = "errors/too_many.html" if code == 429 else "errors/not_possible.html"
    response = _answer(template, code, title=error.name)
    if code == 429:
        response.headers["Retry-After"] = "900"
    if code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def stale_form(error: CSRFError) -> Response:
    """The page was open too long, or the form did not come from us. Show what was typed."""
    values = {"typed": typed_words(), "way_back": _way_back(), "title": "Stale form"}
    return _answer("errors/stale_form.html", 400, **values)


def typed_words() -> list[str]:
    """What this request brings that a person would not want to write again."""
    return [value for name, value in request.form.items(multi=True) if _typed(name, value)]


def _typed(name: str, value: str) -> bool:
    """True for words a person would not want to write again; secrets are never shown."""
    if name.startswith(("_", "csrf")) or name == "version":
        return False
    if any(secret in name for secret in _SECRET):
        return False
    return bool(value.strip()) and not _NOT_TYPED.fullmatch(value)


def no_database(error: Exception) -> Response:
    """The database does not answer: plain words, no database needed to say them."""
    log.error("database", error=type(error).__name__)
    g.no_database = True
    response = _answer("errors/no_database.html", 503, title="Not available")
    response.headers["Retry-After"] = "60"
    return response


def unexpected(error: Exception) -> Response:
    """Ours to mend. The log says what kind of error and where, never its message: that can hold
    what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    log.error(
        "unexpected", endpoint=request.endpoint, error=type(error).__name__, where=where[-12:]
    )
    if current_app.debug:
        raise error
    # A statement that went wrong leaves a transaction that refuses everything after it.
    with suppress(SQLAlchemyError):
        db.session.rollback()
    return _answer("errors/unexpected.html", 500, title="Unexpected error")


def init_app(app: Flask) -> None:
    app.register_error_handler(404, not_found)
    app.register_error_handler(413, too_large)
    app.register_error_handler(HTTPException, other)
    app.register_error_handler(CSRFError, stale_form)
    for kind in (OperationalError, InterfaceError, TimeoutError):
        app.register_error_handler(kind, no_database)
    app.register_error_handler(Exception, unexpected)
