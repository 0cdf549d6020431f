"""Requests for help with costs, and the office that answers them."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask

from portal.account.models import Claimant, Staff
from portal.costs import actions, desk_actions
from portal.costs.models import CostRequest
from portal.costs.rules import Wish
from portal.database import db, transaction
from tests.people import People, actor, again

GOOD_FRIDAY = datetime(2027, 3, 26, 9, 0, tzinfo=UTC)


def asks(app: Flask, person: Claimant, item: str = "id", **more: object) -> CostRequest:
    """The person asks on the website."""
    with app.app_context(), transaction():
        wish = Wish(item=item, **more)  # type: ignore[arg-type]
        entry = actions.ask(again(person), wish, by=actor(person))
        assert entry.about is not None
        return db.session.get_one(CostRequest, entry.about)


def nudged(app: Flask) -> int:
    with app.app_context(), transaction():
        return desk_actions.nudge()


def refuses(
    app: Flask,
    people: People,
    request: CostRequest,
    why: str = "No money left.",
    by: Staff | None = None,
) -> None:
    who = by or people.coach
    with app.app_context(), transaction():
        desk_actions.refuse(again(request), why=why, staff=again(who), by=actor(who))
