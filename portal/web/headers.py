"""Response heads: strict, and short. Written in one place, tested in one place."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

import brotli
from flask import Flask, Response, g, request
from werkzeug.datastructures import ImmutableMultiDict

from portal.settings import Settings
from portal.web.access import View

BROTLI = 10
"""How hard pages are squeezed. Against the usual 5, a page is a tenth smaller and takes some 3 ms
more to send; on a line of 50 kbit/s those bytes take 30 ms."""


def content_security_policy(settings: Settings) -> str:
    """Nothing but our own files; forms go to us, or to the page that `Exit this page` opens."""
    leave = urlsplit(settings.exit_url)
    return (
        "default-src 'none';style-src 'self';script-src 'self';connect-src 'self';img-src data:;"
        f"form-action 'self' {leave.scheme}://{leave.netloc};base-uri 'none';"
        "frame-ancestors 'none'"
    )


def init_app(app: Flask, settings: Settings) -> None:
    policy = content_security_policy(settings)

    @app.after_request
    def _headers(response: Response) -> Response:
        heads = response.headers
        heads["X-Content-Type-Options"] = "nosniff"
        if response.mimetype == "text/html":
            heads["Content-Security-Policy"] = policy
            heads.setdefault("Referrer-Policy", "same-origin")
            response.vary.update(["HX-Request"])
        if "Cache-Control" not in heads:
            heads["Cache-Control"] = "no-store"
        if settings.secure:
            heads["Strict-Transport-Security"] = "max-age=31536000"
        if g.get("close_connection"):
            heads["Connection"] = "close"
        return response


def compress_refusals(app: Flask) -> None:
    """Make pages smaller that say what to put right. The library does it only for those where
    all went well, but whoever mistypes a code is on the same slow line."""

    @app.after_request
    def _smaller(response: Response) -> Response:
        if response.status_code >= 400 and response.mimetype == "text/html":
            best = request.accept_encodings.best_match(("br", "gzip"))
            if best == "br":
                response.data = brotli.compress(response.get_data(), quality=BROTLI)
            elif best == "gzip":
                response.data = gzip.compress(response.get_data(), 6)
            if best:
                response.headers["Content-Encoding"] = best
        return response


LONG_TEXT = 320 * 1024
"""Bytes of a form with one long text: 20,000 letters of any script, as browsers encode them."""


def takes_long_text(view: View) -> View:
    """Decorate a view whose form may bring that much."""
    return takes_long_texts(1)(view)


def takes_long_texts(how_many: int) -> Callable[[View], View]:
    """The same, for a form with several long texts."""

    def bound(view: View) -> View:
        view.long_texts = how_many  # type: ignore[attr-defined]
        return view

    return bound


def limit_body(app: Flask) -> None:
    """Read every body, bounded, before any view answers.

    A view that answers a POST without reading it leaves the rest on the connection, and the
    next request there would start in the middle of it.
    """
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.config["MAX_FORM_MEMORY_SIZE"] = 64 * 1024

    @app.before_request
    def _read_body() -> None:
        if most := getattr(app.view_functions.get(request.endpoint or ""), "long_texts", 0):
            request.max_content_length = request.max_form_memory_size = most * LONG_TEXT
        if request.content_length or request.headers.get("Transfer-Encoding"):
            try:
                if request.mimetype.startswith("multipart/"):
                    _ = request.form
                else:
                    # Kept: a provider's signature covers the bytes, not what we read in them.
                    request.get_data()
            except Exception:
                g.close_connection = True
                # What was too much is not read a second time, by the page that says so.
                request.form, request.files = ImmutableMultiDict(), ImmutableMultiDict()
                raise
