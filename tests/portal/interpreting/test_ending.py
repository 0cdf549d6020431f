"""When an interpreter stops seeing pages, and when what was kept of them is gone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.appointments import desk_actions, office_actions
from portal.appointments.models import Appointment
from portal.database import db, transaction
from portal.interpreting import queries
from portal.interpreting.models import Session
from portal.record import retention
from tests.people import Browser, StoppedClock, actor, again
from tests.portal.interpreting.conftest import Watched


def test_it_ends_after_two_hours_without_an_appointment(
    watched: Watched, clock_stopped: StoppedClock
) -> None:
    link = watched.opens()
    watched.alex.sees("ends at 11:00am")
    watched.joins(link)
    clock_stopped.later(hours=2)
    watched.other.open(f"/interpreting/{watched.session().id}", 404)
    watched.other.open(link, 404)
    alex = (
        Browser(watched.app).sign_in(watched.people.alex).open("/").does_not_see("interpreter can")
    )
    alex.open("/interpreter").press("Make a code for the interpreter").sees("ends at 1:00pm")


@pytest.mark.parametrize("how", ["outcome", "called off", "time"])
def test_it_ends_with_the_appointment(
    watched: Watched, visit: Appointment, clock_stopped: StoppedClock, how: str
) -> None:
    watched.joins(watched.opens())
    coach = actor(watched.people.coach)
    with watched.app.app_context(), transaction():
        if how == "called off":
            office_actions.call_off(again(visit), by=coach)
        clock_stopped.later(minutes=20 if how == "outcome" else 50)
        if how == "outcome":
            desk_actions.record_outcome(again(visit), happened=True, by=coach)
    watched.other.open(f"/interpreting/{watched.session().id}", 404)


def test_what_is_kept_is_sealed_and_goes(watched: Watched, clock_stopped: StoppedClock) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help")
    with watched.app.app_context():
        row = str(db.session.execute(sa.text("SELECT * FROM interpreting_session")).all())
        assert "Whom you can call" not in row
        assert "Whom you can call" in watched.session().page
    clock_stopped.later(hours=3)
    with watched.app.app_context(), transaction():
        retention.sweep()
    assert watched.session().page == ""
    clock_stopped.later(days=1)
    with watched.app.app_context(), transaction():
        retention.sweep()
        assert db.session.scalars(sa.select(Session)).all() == []
        assert queries.unended(again(watched.people.alex)) is None


def test_it_goes_with_the_record(watched: Watched) -> None:
    watched.opens()
    with watched.app.app_context(), transaction():
        retention.erase_record(watched.people.alex.id)
        assert db.session.scalars(sa.select(Session)).all() == []
