"""Choosing a language, on any page, without losing what was typed.

The switch posts the page's own form back to the page's own address, with `_language` added.
Then nothing is validated and nothing is done: the page comes back in the other language with
every field as it was.
"""

from __future__ import annotations

import re

from flask import Blueprint, Flask, g, has_request_context, redirect, request, session
from werkzeug.wrappers import Response

from portal import languages
from portal.web.access import public
from portal.web.headers import takes_long_text

bp = Blueprint("web", __name__)

_WITHIN = re.compile(r"/(?!/)[^\\\x00-\x20\x7f]*")


def select_locale() -> str:
    """The person's stored choice, the choice made on a page, the browser's wish, English.

    Without a request (a command, the worker) it is English, unless a language is forced.
    """
    if not has_request_context():
        return languages.known()[languages.DEFAULT].babel_locale
    code = (
        g.get("language_chosen")
        or g.get("language_of_person")
        or session.get("lang")
        or languages.best_of([code for code, wish in request.accept_languages if wish > 0])
        or languages.DEFAULT
    )
    if not languages.is_offered(code):
        code = languages.DEFAULT
    return languages.known()[code].babel_locale


def take_choice() -> None:
    """Before every request: a language was chosen with a button on the page."""
    code = request.form.get("_language") if request.method == "POST" else None
    if code and languages.is_offered(code):
        session["lang"] = g.language_chosen = code
        g.only_refill = True


@bp.post("/language")
@public
@takes_long_text
def language() -> Response:
    """Come back to the page one was on. Only paths of this site are followed."""
    return redirect(safe_path(request.form.get("_next")), 303)


def safe_path(path: str | None, otherwise: str = "/") -> str:
    """A path within this site, or `otherwise`.

    Browsers pass over tabs and line ends in an address, and read a backslash as a slash.
    """
    return path if path and _WITHIN.fullmatch(path) else otherwise


def init_app(app: Flask) -> None:
    app.before_request(take_choice)
    app.register_blueprint(bp)
