"""One template serves a whole page and, where htmx asks, only the part that changes."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request
from flask_htmx import HTMX
from werkzeug.wrappers import Response as BaseResponse

htmx = HTMX()


def wants_fragment() -> bool:
    return bool(htmx) and not request.headers.get("HX-History-Restore-Request")


def page(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """A page, or the inside of its main element. Refused input answers with 422."""
    return render_template(template, **values), status


def whole_page(url: str) -> BaseResponse:
    """Go somewhere else with the whole page: after signing in or out, or when a visit ended."""
    if wants_fragment():
        return Response(status=200, headers={"HX-Redirect": url})
    return to(url)


def to(url: str) -> BaseResponse:
    """See other. Nothing in the body, for every byte counts on a slow line."""
    response = redirect(url, 303)
    response.data = b""
    return response
