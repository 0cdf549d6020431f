"""Our few static files: named by what is in them, compressed once, cached for good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, abort, request, url_for

from portal.web.access import public

FOLDER = Path(__file__).parent.parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}

bp = Blueprint("files", __name__)


@cache
def _content(name: str) -> tuple[bytes, str]:
    data = (FOLDER / name).read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:8]


@cache
def _smallest(name: str) -> bytes:
    return bytes(brotli.compress(_content(name)[0], quality=11, mode=brotli.MODE_TEXT))


def static_url(name: str) -> str:
    """The address of a static file; it changes when the file does."""
    return url_for("files.static_file", version=_content(name)[1], name=name)


@bp.get("/f/<version>/<name>")
@public
def static_file(version: str, name: str) -> Response:
    """A file of ours. An old version gets today's file, but may not be kept for good."""
    if Path(name).suffix not in TYPES or not (FOLDER / name).is_file():
        abort(404)
    data, now = _content(name)
    response = Response(data, content_type=TYPES[Path(name).suffix])
    if request.accept_encodings.quality("br") > 0:
        response.data = _smallest(name)
        response.headers["Content-Encoding"] = "br"
    response.headers["Vary"] = "Accept-Encoding"
    fresh = "public,max-age=31536000,immutable" if version == now else "no-cache"
    response.headers["Cache-Control"] = fresh
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.add_template_global(static_url)
