"""Pages for when something went wrong: what happened, what was kept, what to do now."""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException

log = structlog.get_logger()


def _answer(template: str, code: int, **values: object) -> Response:
    if request.path.startswith("/api/"):
        return _json(code, values)
    return Response(render_template(template, **values), code, mimetype="text/html")


def _json(code: int, values: dict[str, object]) -> Response:
    problem = {"status": code, "title": values.get("title", ""), "type": "about:blank"}
    response = jsonify(problem)
    response.status_code = code
    response.mimetype = "application/problem+json"
    return response


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
    if code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def stale_form(error: CSRFError) -> Response:
    """The page was open too long, or the form did not come from us. Show what was typed."""
    typed = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if value.strip() and not name.startswith(("_", "csrf")) and "code" not in name
    ]
    return _answer("errors/stale_form.html", 400, typed=typed, title="Stale form")


def no_database(error: Exception) -> Response:
    """The database does not answer: plain words, no database needed to say them."""
    log.error("database", error=type(error).__name__)
    g.no_database = True
    return _answer("errors/no_database.html", 503, title="Not available")


def unexpected(error: Exception) -> Response:
    log.exception("unexpected", endpoint=request.endpoint)
    if current_app.debug:
        raise error
    return _answer("errors/unexpected.html", 500, title="Unexpected error")


def init_app(app: Flask) -> None:
    app.register_error_handler(404, not_found)
    app.register_error_handler(413, too_large)
    app.register_error_handler(HTTPException, other)
    app.register_error_handler(CSRFError, stale_form)
    for kind in (OperationalError, InterfaceError, TimeoutError):
        app.register_error_handler(kind, no_database)
    app.register_error_handler(Exception, unexpected)
