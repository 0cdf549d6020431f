"""Every view says who may enter. A test walks all routes and finds one that does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
KINDS = (
    "public",
    "claimant",
    "link",
    "helper",
    "interpreter",
    "staff",
    "partner",
    "signed webhook",
    "demo",
)


def mark(view: View, kind: str) -> View:
    """Note on a view who may enter. Guards call this; views use a guard, or `public`."""
    if kind not in KINDS:
        raise ValueError(kind)
    view.access = kind  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may see this, signed in or not."""
    return mark(view, "public")


def access_of(view: Callable[..., Any]) -> str | None:
    return getattr(view, "access", None)
