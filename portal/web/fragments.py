"""One template serves a whole page and, where htmx asks, only the part that changes."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, g, redirect, request
from flask_htmx import HTMX
from werkzeug.wrappers import Response as BaseResponse

from portal.web import beside

htmx = HTMX()

_TEXT_BOX = re.compile(r"(<textarea.*?</textarea>)", re.DOTALL)
_GAP = re.compile(r"\n\s+")


def wants_fragment() -> bool:
    return bool(htmx) and not request.headers.get("HX-History-Restore-Request")


def page(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """A page, or the inside of its main element. Refused input answers with 422.

    What it was made of is left for whoever else may see it (`portal.interpreting`).
    """
    g.made_of = (template, values)
    return _without_gaps(beside.compose(template, **values)), status


def _without_gaps(html: str) -> str:
    """The same without empty lines and indentation: templates leave many, and each page of the
    main journey has to fit into three segments. What people typed into a text box stays."""
    parts = _TEXT_BOX.split(html)
    parts[::2] = [_GAP.sub("\n", part) for part in parts[::2]]
    return "".join(parts).replace(' data-module="govuk-button"', "")


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
