"""Complaints before they are sent: which it is, the list of them, and writing one."""

from __future__ import annotations

from functools import partial
from typing import Any

from accessibility_tests.browser import Browser
from accessibility_tests.scene_complaint import handler, several, written
from accessibility_tests.scenes import NOTE, Scene
from accessibility_tests.states import State, send
from portal.complaints import drafts

Mine = partial(State, who="claimant")
STEP, CHECK, LIST = "complaints.step", "complaints.check", "complaints.listing"
FIRST = "/complaints/new/kind"


def _draft(path: str, **more: Any) -> Any:
    def prepare(s: Scene) -> str:
        handler(s)
        written(s, **more)
        return path

    return prepare


def _in_two_windows(browser: Browser, s: Scene) -> None:
    """Another window keeps something else; then this one goes on."""
    with s.writing():
        drafts.keep(s.claimant(), {"what": f"Another window. {NOTE}"})
    browser.send_plainly(what=NOTE)


STATES = (
    State("complaint-which", "complaints.which", "/complaints/which"),
    State(
        "complaint-which-answered",
        "complaints.which",
        "/complaints/which",
        send(private_danger="yes", private_decision="yes", private_data="yes"),
    ),
    Mine(
        "complaint-which-signed-in",
        "complaints.which",
        "/complaints/which",
        send(private_danger="yes"),
    ),
    State("complaint-decision", "complaints.decision", "/complaints/decision"),
    State(
        "complaint-decision-empty",
        "complaints.decision",
        "/complaints/decision",
        send(),
        errors=True,
    ),
    State("complaint-data", "complaints.data", "/complaints/data"),
    Mine("complaints-none", LIST, "/complaints"),
    Mine("complaints", LIST, several),
    Mine("complaint-kind", STEP, FIRST),
    Mine("complaint-kind-empty", STEP, FIRST, send(), errors=True),
    Mine("complaint-what", STEP, _draft("/complaints/new/what")),
    Mine("complaint-what-empty", STEP, "/complaints/new/what", send(), errors=True),
    Mine(
        "complaint-two-windows", STEP, _draft("/complaints/new/what"), _in_two_windows, errors=True
    ),
    Mine("complaint-when", STEP, "/complaints/new/when"),
    Mine("complaint-who", STEP, "/complaints/new/who"),
    Mine("complaint-effect", STEP, "/complaints/new/effect"),
    Mine("complaint-right", STEP, "/complaints/new/right"),
    Mine("complaint-about-nothing", STEP, "/complaints/new/about"),
    Mine("complaint-about", STEP, _draft("/complaints/new/about")),
    Mine(
        "complaint-about-wrong",
        STEP,
        _draft("/complaints/new/about"),
        send(codes="K7QM-2P4A"),
        errors=True,
    ),
    Mine("complaint-contact", STEP, _draft("/complaints/new/contact")),
    Mine("complaint-hidden", STEP, _draft("/complaints/new/hidden")),
    Mine("complaint-whom", STEP, _draft("/complaints/new/whom")),
    Mine("complaint-check", CHECK, _draft("/complaints/new/check")),
    Mine("complaint-check-missing", CHECK, _draft("/complaints/new/check", kind="", what="")),
    Mine("complaint-check-team", CHECK, _draft("/complaints/new/check", level="team")),
)
