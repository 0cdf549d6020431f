"""Choosing a language, on any page, without losing what was typed.

The switch posts the page's own form back to the page's own address, with `_language` added.
Then nothing is validated and nothing is done: the page comes back in the other language with
every field as it was.

A page has room for twelve buttons once: somebody who has not chosen yet sees all of them. Later
there are English, Welsh and one button that brings the same page back with all of them.
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
    """Before every request: a language was chosen with a button on the page, or the list of all
    was asked for. A code that we do not offer changes nothing, sends nothing, and shows the list.
    """
    asked = request.form.get("_language") if request.method == "POST" else None
    if asked is None:
        return
    g.only_refill = True
    code = languages.best_of([asked])
    if code:
        session["lang"] = g.language_chosen = code
    else:
        g.all_languages = True


def shows_all() -> bool:
    """Whether this page offers every language: it was asked for, or nobody has chosen yet.

    Staff have chosen when they sign in: nobody at the desk is new to the service.
    """
    asked = session.pop("all_languages", False) or g.get("all_languages", False)
    chosen = g.get("language_chosen") or g.get("language_of_person") or session.get("lang")
    return bool(asked or not (chosen or request.blueprint == "staff"))


@bp.post("/language")
@public
@takes_long_text
def language() -> Response:
    """Come back to the page one was on. Only paths of this site are followed."""
    if g.get("all_languages"):
        session["all_languages"] = True
    return redirect(safe_path(request.form.get("_next")), 303)


def safe_path(path: str | None, otherwise: str = "/") -> str:
    """A path within this site, or `otherwise`.

    Browsers pass over tabs and line ends in an address, and read a backslash as a slash.
    """
    return path if path and _WITHIN.fullmatch(path) else otherwise


def init_app(app: Flask) -> None:
    app.before_request(take_choice)
    app.add_template_global(shows_all, "shows_all_languages")
    app.register_blueprint(bp)
