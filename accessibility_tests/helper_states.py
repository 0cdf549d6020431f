"""Letting somebody else write a complaint: what the person sees, and what the helper does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import LONG_WORD, NOTE, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, send
from portal.account import codes
from portal.complaints import drafts, helper_actions, queries
from portal.complaints.models import HelperLink
from portal.database import db

Mine = partial(State, who="claimant")
HELPER, LINK, STEP = "complaints.helper", "helping.link", "helping.step"
NAME = f"Sam {LONG_WORD}"
BROWSER = "the browser of the helper"


def _asked(s: Scene, days_ago: float = 0.1) -> HelperLink:
    """The person wrote a little, and asked somebody to write the rest."""
    with s.writing(NOW - timedelta(days=days_ago)):
        drafts.keep(s.claimant(), {"kind": "behaviour", "what": f"{NOTE}\n\n{NOTE}"})
        return helper_actions.let_help(s.claimant(), NAME, by=s.me)


def _opened(s: Scene, days_ago: float = 0.01) -> HelperLink:
    """The helper opened it in the browser that visits now."""
    link = _asked(s)
    with s.writing(NOW - timedelta(days=days_ago)):
        helper_actions.open_it(db.session.get_one(HelperLink, link.id), BROWSER)
    s.session["helper"] = BROWSER
    return link


def _finished(s: Scene) -> HelperLink:
    link = _opened(s)
    with s.writing():
        helper_actions.finish(db.session.get_one(HelperLink, link.id))
    return link


def _mine(make: Callable[[Scene], object], path: str = "/complaints/helper") -> Any:
    return lambda s: make(s) and path


def _address(s: Scene) -> str:
    link = _asked(s)
    with s.writing():
        token = codes.helper_token(link.id)
    return s.url(LINK, token=token)


def _page(name: str) -> Any:
    return lambda s: s.url(STEP, link_id=_opened(s).id, name=name)


def _overview(s: Scene) -> str:
    return s.url("helping.overview", link_id=_opened(s).id)


def _changed_meanwhile(browser: Browser, s: Scene) -> None:
    """The person writes something else; then the helper goes on."""
    with s.writing():
        drafts.keep(s.claimant(), {"what": f"My own words. {NOTE}"})
    browser.send_plainly(what=NOTE)


def _ended_meanwhile(browser: Browser, s: Scene) -> None:
    with s.writing():
        draft = queries.draft(s.claimant())
        drafts.drop(s.claimant(), str(draft.id) if draft else "")
    browser.send_plainly(what=NOTE)


STATES = (
    Mine("complaint-helper", HELPER, "/complaints/helper"),
    Mine("complaint-helper-empty", HELPER, "/complaints/helper", send(), errors=True),
    Mine("complaint-helper-link", HELPER, "/complaints/helper", send(name=NAME, agree="y")),
    Mine("complaint-helper-asked", HELPER, _mine(_asked)),
    Mine("complaint-helper-writes", HELPER, _mine(_opened)),
    Mine("complaint-helper-finished", HELPER, _mine(_finished)),
    Mine("complaint-helper-over", HELPER, _mine(lambda s: _asked(s, days_ago=9))),
    Mine("complaints-helper-writes", "complaints.listing", _mine(_opened, "/complaints")),
    Mine(
        "complaint-check-helper-writes",
        "complaints.check",
        _mine(_opened, "/complaints/new/check"),
    ),
    State("helping-link", LINK, _address),
    Mine("helping-link-own", LINK, _address),
    State("helping-link-over", LINK, "/h/ABCDEFGHJKMNPQ", status=404),
    State("helping", "helping.overview", _overview),
    State("helping-kind", STEP, _page("kind")),
    State("helping-what", STEP, _page("what")),
    State("helping-what-empty", STEP, _page("what"), send(what=""), errors=True),
    State("helping-what-changed", STEP, _page("what"), _changed_meanwhile, errors=True),
    State("helping-what-over", STEP, _page("what"), _ended_meanwhile, status=404),
    State("helping-finished", "helping.finished", "/helping/finished"),
)
