"""A person's pages about their commitment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.browser import Browser
from accessibility_tests.scene_commitment import (
    LIBRARY,
    accepted,
    asked,
    busy,
    changed,
    paused,
    read,
    sent,
)
from accessibility_tests.scenes import NOTE, Scene
from accessibility_tests.states import State, press, send
from portal.commitment import actions
from portal.commitment.models import Version
from portal.database import db

Mine = partial(State, who="claimant")


def _page(view: str, make: Callable[[Scene], UUID], **more: Any) -> Callable[[Scene], str]:
    return lambda s: s.url(f"commitment.{view}", version_id=make(s), **more)


def _request(make: Callable[[Scene], UUID]) -> Callable[[Scene], str]:
    return lambda s: s.url("commitment.request_page", change_id=make(s))


def _overview(make: Callable[[Scene], UUID]) -> Callable[[Scene], str]:
    def prepare(s: Scene) -> str:
        make(s)
        return "/commitment"

    return prepare


def _said_fit(s: Scene) -> UUID:
    version = accepted(s)
    with s.writing():
        actions.say_fit(db.session.get_one(Version, version), "partly", "", by=s.me)
    return version


def _replaced(s: Scene) -> UUID:
    old = sent(s, LIBRARY[:2])
    sent(s, LIBRARY[:3], days_ago=1)
    return old


def _replaced_meanwhile(browser: Browser, s: Scene) -> None:
    """A newer version is sent while the page is open; then the person presses Accept."""
    sent(s, LIBRARY[:3], days_ago=0.1)
    browser.send_plainly()


STATES = (
    Mine("commitment-none", "commitment.overview", "/commitment"),
    Mine("commitment-new", "commitment.overview", _overview(sent)),
    Mine("commitment-all-read", "commitment.overview", _overview(lambda s: read(s, sent(s)))),
    Mine("commitment-late", "commitment.overview", _overview(lambda s: sent(s, days_ago=9))),
    Mine("commitment-changed", "commitment.overview", _overview(changed)),
    Mine("commitment-in-force", "commitment.overview", _overview(accepted)),
    Mine("commitment-much-asked", "commitment.overview", lambda s: busy(s) and "/commitment"),
    Mine("commitment-replaced", "commitment.version", _page("version", _replaced)),
    Mine("commitment-point", "commitment.point", _page("point", sent, position=1)),
    Mine("commitment-point-typed", "commitment.point", _page("point", sent, position=8)),
    Mine("commitment-point-last", "commitment.point", _page("point", sent, position=9)),
    Mine("commitment-point-in-force", "commitment.point", _page("point", accepted, position=1)),
    Mine(
        "commitment-point-done",
        "commitment.done",
        _page("point", accepted, position=1),
        press("form[action$=done] button"),
        exchanged=True,
    ),
    Mine("commitment-accept-unread", "commitment.accept", _page("accept", sent)),
    Mine("commitment-accept", "commitment.accept", _page("accept", lambda s: read(s, sent(s)))),
    Mine(
        "commitment-accepted",
        "commitment.done",
        _page("accept", lambda s: read(s, sent(s))),
        send(),
    ),
    Mine(
        "commitment-thinking",
        "commitment.done",
        _page("accept", sent),
        press("form[action$=think] button"),
        exchanged=True,
    ),
    Mine(
        "commitment-replaced-meanwhile",
        "commitment.accept",
        _page("accept", lambda s: read(s, sent(s))),
        _replaced_meanwhile,
        status=409,
    ),
    Mine("commitment-changes", "commitment.changes", _page("changes", changed)),
    Mine("commitment-print", "commitment.paper", _page("paper", sent)),
    Mine("commitment-ask", "commitment.ask", _page("ask", accepted, position=8)),
    Mine(
        "commitment-ask-too-long",
        "commitment.ask",
        _page("ask", accepted, position=1),
        send(reason="caring", words=f"{NOTE} " * 30),
        errors=True,
    ),
    Mine("commitment-request", "commitment.request_page", _request(asked)),
    Mine(
        "commitment-request-seen",
        "commitment.request_page",
        _request(lambda s: asked(s, then="seen")),
    ),
    Mine(
        "commitment-request-agreed",
        "commitment.request_page",
        _request(lambda s: asked(s, then="agreed")),
    ),
    Mine(
        "commitment-request-refused",
        "commitment.request_page",
        _request(lambda s: asked(s, then="refused")),
    ),
    Mine(
        "commitment-second-too-long",
        "commitment.second",
        _request(lambda s: asked(s, then="refused")),
        send(words=f"{NOTE} " * 30),
        errors=True,
    ),
    Mine(
        "commitment-request-second",
        "commitment.request_page",
        _request(lambda s: asked(s, then="refused", again=True)),
    ),
    Mine("commitment-request-pause", "commitment.request_page", _request(paused)),
    Mine("commitment-pause", "commitment.pause", "/commitment/pause"),
    Mine("commitment-pause-none", "commitment.pause", "/commitment/pause", send()),
    Mine(
        "commitment-pause-rules",
        "commitment.pause",
        "/commitment/pause",
        send(private_true="carer"),
    ),
    Mine("commitment-fit", "commitment.fit", _page("fit", accepted)),
    Mine("commitment-fit-empty", "commitment.fit", _page("fit", accepted), send(), errors=True),
    Mine("commitment-fit-said", "commitment.fit", _page("fit", _said_fit)),
    Mine("commitment-start", "home.start", lambda s: sent(s) and "/"),
    Mine("commitment-both-halves", "my_plan.plan", lambda s: changed(s) and "/plan"),
    Mine("commitment-in-the-record", "history.record", lambda s: busy(s) and "/record"),
)
