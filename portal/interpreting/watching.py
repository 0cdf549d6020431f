"""What an interpreter sees: the page that a person is on, as words to read. There is no account;
the browser that first opens the link is the only one that can. No page tells a link that was used,
ended or is over from one that never was.
"""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request, session, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from portal import clock
from portal.account import guards, throttle
from portal.database import transaction
from portal.interpreting import actions, queries, rules
from portal.interpreting.models import Session
from portal.refusals import Refusal, sentence
from portal.web.access import mark, public
from portal.web.forms import SHORTER, AtMost, Form, Line, Need
from portal.web.fragments import page, to

bp = Blueprint("watching", __name__)

_NO_PAGE = Refusal(
    "over", sentence("No page is open with this code. Check each letter, or ask for a new one.")
)
_LONGEST_CODE = 40


@bp.after_request
def _no_trace(response: Response) -> Response:
    # The address holds the key.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


class CodeForm(Form):
    code = Line(
        _l("What is the code?"),
        [
            Need(sentence("Write the code that you were told.")),
            AtMost(_LONGEST_CODE, SHORTER),
        ],
        description=_l("It has 8 letters and numbers. Capital letters do not matter."),
    )


class BeginForm(Form):
    """A button: programs that look at a link before it is opened do not use it up."""


def _over() -> Any:
    """The one page for every link that does not open."""
    return page("interpreting/over.html", 404)


def _is_here(found: Session) -> bool:
    """Whether this browser opened it, and can still see pages."""
    here = actions.is_of(found, session.get("interpreter", ""))
    return here and rules.is_live(found, clock.now())


def _count_a_try() -> None:
    if not throttle.allow("interpreter from an address", request.remote_addr or ""):
        abort(429)


@bp.route("/i", methods=["GET", "POST"])
@public
def code() -> Any:
    """Where a code that was heard over the telephone is typed."""
    form = CodeForm()
    if form.submitted():
        _count_a_try()
        found = actions.by_token(form.code.data or "")
        if found is not None and (_is_here(found) or _can_be_opened(found)):
            return to(url_for("watching.link", token=form.code.data))
        form.refuse(_NO_PAGE)
    return page("interpreting/code.html", form.status, form=form)


def _can_be_opened(found: Session) -> bool:
    return found.joined_at is None and rules.is_live(found, clock.now())


def _opens(token: str) -> Any:
    """What it is about, and a button that opens it here and nowhere else."""
    _count_a_try()
    found = actions.by_token(token)
    if found is not None and _is_here(found):
        return to(url_for("watching.watch", session_id=found.id))
    if found is None or not _can_be_opened(found):
        return _over()
    person = guards.claimant()
    is_own = person is not None and person.id == found.claimant_id
    # Before the button, so that two presses come from the same browser.
    session.setdefault("interpreter", secrets.token_urlsafe(24))
    if not is_own and BeginForm().submitted():
        with transaction():
            actions.join(found, session["interpreter"])
        # Pressed twice, the second finds it open here; pressed elsewhere first, it is over.
        return to(url_for("watching.watch", session_id=found.id))
    return page("interpreting/link.html", is_own=is_own, until=found.ends_at)


bp.add_url_rule("/i/<token>", "link", mark(_opens, "interpreter"), methods=["GET", "POST"])


def _watch(session_id: UUID) -> Any:
    """The page that the person is on. `seen` is the one this browser shows: with no newer one the
    answer is empty, and nothing is recorded."""
    found = queries.session(session_id)
    if found is None or not _is_here(found):
        return _over()
    away = found.version > 0 and not guards.is_here(found.visit)
    state = f"{found.version}{'a' if away else ''}"
    if request.args.get("seen") == state:
        return Response(status=204)
    if found.seen_version < found.version and not away:
        with transaction():
            found = actions.see(found)
        state = str(found.version)
    return page(
        "interpreting/watch.html",
        watched=found,
        main=Markup(found.page),  # noqa: S704 - made of escaped words by `text_only`
        away=away,
        state=state,
        scripts=request.headers.get("Save-Data") != "on",
    )


bp.add_url_rule("/interpreting/<uuid:session_id>", "watch", mark(_watch, "interpreter"))
