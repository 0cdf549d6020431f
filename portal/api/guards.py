"""Who may enter: partners with a key. A cookie opens nothing here, so no page can be tricked
into sending one."""

from __future__ import annotations

from functools import wraps
from typing import Any

from flask import g, request

from portal.account import throttle
from portal.actors import Actor, Assurance, Channel, Kind
from portal.api import actions, queries
from portal.api.models import ApiKey
from portal.api.problems import Problem
from portal.database import transaction
from portal.web.access import View, mark


def partner_only(view: View) -> View:
    """Only a partner with a live key, and not too often."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        key = queries.live_key(secret.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            problem = Problem(
                401, "key", "Send a live key in the header Authorization, after the word Bearer."
            )
            problem.headers["WWW-Authenticate"] = 'Bearer realm="api"'
            raise problem
        if not throttle.allow("api", str(key.id)):
            problem = Problem(429, "too-many", "Too many requests. Wait a minute.")
            problem.headers["Retry-After"] = "60"
            raise problem
        if actions.is_use_worth_noting(key):
            with transaction():
                actions.note_use(key)
        g.partner = key
        return view(*args, **kwargs)

    return mark(guarded, "partner")  # type: ignore[return-value]


def this_partner() -> ApiKey:
    """The partner in a view that only a partner can enter."""
    partner: ApiKey = g.partner
    return partner


def partner_actor(partner: ApiKey) -> Actor:
    return Actor(Kind.partner, partner.id, Channel.api, Assurance.staff)
