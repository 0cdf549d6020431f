"""Pages of the demo's phones."""

from __future__ import annotations

from accessibility_tests.scenes import Scene
from accessibility_tests.states import State, send
from notifications import worker


def _digits(s: Scene) -> str:
    with s.writing():
        return f"0{(s.claimant().mobile or '')[3:]}"


def _with_texts(s: Scene) -> str:
    """An offer has arrived, and a receipt."""
    s.accept(s.book())
    with s.service.app.app_context():
        worker.once()
    return f"/demo/phones/{_digits(s)}"


def _listing(s: Scene) -> str:
    _digits(s)
    return "/demo/phones"


def _code_app(s: Scene) -> str:
    _ = s.member
    return "/demo/code-app"


def _without_texts(s: Scene) -> str:
    return f"/demo/phones/{_digits(s)}"


STATES = (
    State("phones", "phones.listing", _listing),
    State("phones-empty", "phones.listing", _listing, send(), errors=True),
    State("phone", "phones.phone", _with_texts),
    State("phone-without-texts", "phones.phone", _without_texts),
    State("phone-empty", "phones.phone", _without_texts, send(), errors=True),
    State("phones-code-app", "demo.code_app", _code_app),
    State("phone-sent", "phones.phone", _with_texts, send(text="hello?")),
)
