"""What the tests of promises share: one that the office made to Alex."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from portal.database import transaction
from portal.plan import desk_actions, queries
from portal.plan.desk_actions import Offer
from portal.plan.models import Promise
from portal.refusals import Refusal
from tests.people import People, actor, again

DUE = date(2027, 2, 3)
"""A Wednesday, two days on."""


def promised(app: Flask, people: People, **offer: object) -> Promise:
    """The office promised Alex help with her CV by Wednesday, or what `offer` says."""
    values: dict[str, object] = {"kind": "cv", "due": DUE}
    with app.app_context(), transaction():
        values["owner"] = again(people.coach)
        desk_actions.promise(
            again(people.alex),
            Offer(**(values | offer)),  # type: ignore[arg-type]
            by=actor(people.coach),
        )
        found = queries.promises(again(people.alex))[-1]
        _ = found.claimant, found.owner
        return found


def refused(app: Flask, people: People, **offer: object) -> str:
    with pytest.raises(Refusal) as refusal:
        promised(app, people, **offer)
    return refusal.value.code
