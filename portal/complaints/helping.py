"""What a helper sees: the pages of one form, for the browser that opened the link. Nothing here
names the person or shows anything else of them, and no page tells a link that was used, ended
or is over from one that never was.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, request, session, url_for

from portal import clock
from portal.account import guards, throttle
from portal.complaints import drafts, helper_actions, queries, rules
from portal.complaints.drafts import Answers
from portal.complaints.forms import PAGES, pages_of
from portal.complaints.models import HelperLink
from portal.complaints.pages import show
from portal.database import transaction
from portal.refusals import Refusal, sentence
from portal.web import errors
from portal.web.access import mark, public
from portal.web.forms import Form
from portal.web.fragments import to
from portal.web.headers import takes_long_text

bp = Blueprint("helping", __name__)

_THEIRS = ("kind", "what", "when", "who", "effect", "right")
"""The pages about what happened. Who sees it, how to reach the person and what is in their record
stay with the person."""
_WRITE_AFTER = timedelta(seconds=20)
_CHANGED = Refusal(
    "other-window",
    sentence(
        "Somebody changed this page while you wrote. It is below. What stands in the box now is "
        "kept when you go on."
    ),
)


@bp.after_request
def _no_trace(response: Response) -> Response:
    # The address holds the key.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


class BeginForm(Form):
    """A button: programs that look at a link before it is opened do not use it up."""


def _over() -> Any:
    """The one page for every link that does not open. What was typed is shown, to be copied."""
    return show("complaints/helping_over.html", 404, typed=errors.typed_words())


def _is_here(link: HelperLink) -> bool:
    """Whether this browser opened the link, and can still go on."""
    here = helper_actions.is_of(link, session.get("helper", ""))
    return here and rules.is_live(link, clock.now())


def helper_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Only the browser that opened the link, while it is not over."""

    @wraps(view)
    def guarded(link_id: UUID, **parts: Any) -> Any:
        link = queries.link(link_id)
        if link is None or not _is_here(link):
            return _over()
        if link.seen_at is None or clock.now() - link.seen_at > _WRITE_AFTER:
            with transaction():
                helper_actions.seen(link)
        return view(link, **parts)

    return mark(guarded, "helper")


def _opens(token: str) -> Any:
    """What it is about, and a button that opens the link here and nowhere else."""
    if not throttle.allow("helper from an address", request.remote_addr or ""):
        abort(429)
    link = helper_actions.by_token(token)
    if link is not None and _is_here(link):
        return to(url_for("helping.overview", link_id=link.id))
    if link is None or link.opened_at is not None or not rules.is_live(link, clock.now()):
        return _over()
    person = guards.claimant()
    is_own = person is not None and person.id == link.claimant_id
    # Before the button, so that two presses come from the same browser.
    session.setdefault("helper", secrets.token_urlsafe(24))
    if not is_own and BeginForm().submitted():
        with transaction():
            helper_actions.open_it(link, session["helper"])
        # Pressed twice, the second finds it open here; pressed elsewhere first, it is over.
        return to(url_for("helping.overview", link_id=link.id))
    return show("complaints/helping_link.html", is_own=is_own, until=rules.last_day(link))


bp.add_url_rule("/h/<token>", "link", mark(_opens, "helper"), methods=["GET", "POST"])


def _order(answers: Answers) -> list[str]:
    return [name for name in pages_of(answers) if name in _THEIRS]


@bp.get("/helping/<uuid:link_id>")
@helper_only
def overview(link: HelperLink) -> Any:
    """What is written so far, page by page, and the button for when it is finished."""
    answers = drafts.read(link.draft)
    forms = {name: PAGES[name](data=answers) for name in _order(answers)}
    for form in forms.values():
        form.fill(link.claimant)
    return show("complaints/helping.html", link=link, forms=forms, until=rules.last_day(link))


@bp.route("/helping/<uuid:link_id>/<name>", methods=["GET", "POST"])
@helper_only
@takes_long_text
def step(link: HelperLink, name: str) -> Any:
    """One page of the form. It is kept however it is left."""
    stored, elsewhere = drafts.read(link.draft), {}
    order = _order(stored)
    form = PAGES[name](data=stored) if name in order else abort(404)
    form.fill(link.claimant)
    names = form.names()
    if request.method == "POST":
        try:
            with transaction():
                seen = request.form.get("version", "")
                helper_actions.keep(link, form.fields(), seen=seen)
            stored = drafts.read(link.draft)
            is_left = request.form.get("at") in ("back", "stop")
            if not g.get("only_refill") and (is_left or form.validate()):
                return to(_onwards(link, order, name))
        except Refusal as refusal:
            if refusal.code == "over":
                return _over()
            form.refuse(_CHANGED, names[0])
            stored = drafts.read(link.draft)
            elsewhere = {each: stored[each] for each in names if stored.get(each)}
    form.version.data = drafts.mark(stored, names)
    return show(
        "complaints/helping_step.html",
        form.status,
        link=link,
        form=form,
        number=order.index(name) + 1,
        most=len(order),
        elsewhere=elsewhere,
    )


def _onwards(link: HelperLink, order: list[str], name: str) -> str:
    """Where the button that was pressed leads: on, back, or to all of it."""
    pressed, at = request.form.get("at"), order.index(name)
    to_go = {"back": at - 1, "stop": -1}.get(pressed or "", at + 1)
    if 0 <= to_go < len(order):
        return url_for("helping.step", link_id=link.id, name=order[to_go])
    return url_for("helping.overview", link_id=link.id)


@bp.post("/helping/<uuid:link_id>/finished")
@helper_only
def finish(link: HelperLink) -> Any:
    """The helper has finished; the link is over."""
    with transaction():
        helper_actions.finish(link)
    return to(url_for("helping.finished"))


@bp.get("/helping/finished")
@public
def finished() -> Any:
    """What happens now. It tells nothing of anybody."""
    return show("complaints/helping_finished.html")
