"""A person lets an interpreter follow their page, and ends it; and every page that they open
meanwhile is kept for the interpreter. What the interpreter sees is in `watching`."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import structlog
from flask import Blueprint, Flask, Response, current_app, g, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as BaseResponse

from portal import languages, marking
from portal.account import codes, guards
from portal.account.models import Claimant
from portal.database import transaction
from portal.interpreting import actions, queries, text_only
from portal.interpreting.models import Session
from portal.record.receipts import grouped
from portal.web import beside
from portal.web.access import access_of
from portal.web.forms import Form, once
from portal.web.fragments import page, to

bp = Blueprint("interpreting", __name__)
log = structlog.get_logger()

_NOT_FOLLOWED = ("account", "interpreting", "watching", "helping")
"""How to reach the person, their codes and their PIN; and the pages that lead here."""
_HOLD_A_KEY = ("complaints.helper",)
_SHOWN = (200, 409, 422)
_NOTHING = text_only.Read("", "")


class OpenForm(Form):
    """A button."""


def shown(session: Session | None) -> dict[str, Any]:
    """What the pages that offer the link say of it."""
    if session is None:
        return {"session": None}
    code = codes.interpreter_token(session.id)
    here = current_app.extensions["settings"].public_url or request.url_root.rstrip("/")
    return {
        "session": session,
        "code": grouped(code),
        "address": here + url_for("watching.link", token=code),
    }


@bp.route("/interpreter", methods=["GET", "POST"])
@guards.claimant_only
def follow() -> Any:
    """Open a link for the interpreter, or see how it stands."""
    person, session_id = guards.this_claimant(), once()
    if OpenForm().submitted():
        with transaction():
            actions.open_session(person, session_id=session_id, by=guards.claimant_actor(person))
        return to(url_for("interpreting.follow"))
    found = shown(queries.open_session(person))
    return page("interpreting/follow.html", once=session_id, **found)


@bp.post("/interpreter/end")
@guards.claimant_only
def end() -> BaseResponse:
    """Nobody follows any more."""
    person = guards.this_claimant()
    with transaction():
        found = queries.unended(person)
        if found is not None:
            actions.end(found, by=guards.claimant_actor(person))
    return to(url_for("interpreting.follow"))


# Every page of a person whose page is followed


def _is_followed(endpoint: str | None) -> bool:
    return request.blueprint not in _NOT_FOLLOWED and endpoint not in _HOLD_A_KEY


def _begin() -> None:
    """Before a request: does somebody follow this person? Then what the page says is said in two
    languages from its first word, for the interpreter."""
    if request.blueprint in (None, "files", "api", "staff"):
        return
    person = guards.claimant()
    session = queries.open_session(person) if person is not None else None
    if session is None:
        return
    g.followed = session
    other = _other_language()
    if other is not None and not g.get("marked") and _is_followed(request.endpoint):
        g.marked = marking.page(other.code)
        g.marked.__enter__()


def _other_language() -> languages.Language | None:
    """The second language of what the interpreter sees; none where the page is in English alone."""
    english = languages.known()[languages.DEFAULT]
    return beside.chosen() or (None if languages.current() == english else english)


def _keep(response: Response) -> Response:
    """After a page was made for somebody whose page is followed: keep what can be read on it."""
    session: Session | None = g.get("followed")
    visit = guards.current_visit() if session else None
    if session is None or visit is None or not _is_page(response):
        return response
    title, main = _read(session.claimant) if _is_followed(request.endpoint) else _NOTHING
    with suppress(SQLAlchemyError), transaction():
        actions.keep_page(session, visit_id=visit.id, title=title, page=main)
    return response


def _is_page(response: Response) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    theirs = view is not None and access_of(view) in ("claimant", "public")
    made = g.get("made_of") is not None and response.mimetype == "text/html"
    return theirs and made and response.status_code in _SHOWN


def _read(person: Claimant) -> text_only.Read:
    """What can be read of the page that was just made; nothing where that goes wrong, for the
    person's own page must reach them all the same."""
    template, values = g.made_of
    try:
        html = beside.both(template, values, _other_language())
        found = text_only.read(html, (person.mobile or "", person.helper))
    except Exception as error:
        log.error("page_not_kept", endpoint=request.endpoint, error=type(error).__name__)
        return _NOTHING
    language = languages.current()
    main = f'<div lang="{language.html_lang}" dir="{language.dir}">{found.main}</div>'
    return text_only.Read(found.title, main)


def _for_templates() -> dict[str, Any]:
    """What a page says of being followed: that it is seen, or that this one is not."""
    if not g.get("followed"):
        return {"followed": ""}
    return {"followed": "seen" if _is_followed(request.endpoint) else "hidden"}


def init_app(app: Flask) -> None:
    """After the guards and the second language."""
    app.before_request(_begin)
    app.after_request(_keep)
    app.context_processor(_for_templates)
