"""Who can be texted is asked of a person and of the database: the answers are the same."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import due
from portal import clock
from portal.account import queries
from portal.account.models import Claimant
from portal.appointments import actions
from portal.database import db, transaction
from tests.people import SOON, People, actor, again, appointment

STATES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no number": {"mobile": None},
    "no phone": {"no_phone": True},
    **{
        name: {name: True}
        for name in (
            "texts_stopped_at",
            "texts_blocked_at",
            "number_suspended_at",
            "number_disowned_at",
            "number_doubted_at",
            "texts_unsafe_at",
        )
    },
}


@pytest.mark.parametrize("state", STATES)
def test_the_query_finds_whom_the_rule_names(app: Flask, people: People, state: str) -> None:
    with app.app_context():
        with transaction():
            alex = again(people.alex)
            for name, value in STATES[state].items():
                setattr(alex, name, clock.now() if name.endswith("_at") else value)
            # Nine days ahead, and answered: only staff may have something to do.
            visit = appointment(alex, SOON)
            actions.accept(visit, by=actor(people.alex))
        found = db.session.scalars(sa.select(Claimant.id).where(queries.cannot_be_texted())).all()
        assert found == ([] if queries.may_text(again(people.alex)) else [people.alex.id])
        assert bool(found) is (state != "nothing")
        assert [each.id for each in due.meetings()] == [visit.id for _ in found]
