"""From entries to texts: those of one person in their order, and nobody waits for somebody else."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import relay, routing
from portal.account.models import Claimant
from portal.appointments import actions
from portal.database import db, transaction
from portal.record.models import Outbox
from tests.notifications.sending import rows
from tests.people import SOON, People, StoppedClock, actor, again, appointment, work


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Kinds of texts that cannot be worded."""
    kinds: set[str] = set()
    route = routing.route

    def breaks(draft: Any, *more: Any) -> Any:
        if draft.kind in kinds:
            raise ValueError
        return route(draft, *more)

    monkeypatch.setattr(routing, "route", breaks)
    return kinds


def relayed() -> None:
    while relay.step():
        pass


def texts(person: Claimant) -> list[str]:
    return [row.kind for row in rows() if row.claimant_id == person.id]


def answered(people: People) -> None:
    """Alex gets an offer and accepts it; somebody else gets one."""
    with transaction():
        visit = appointment(again(people.alex), SOON)
        actions.accept(visit, by=actor(people.alex))
        appointment(again(people.stranger), SOON)


def test_texts_are_worded_in_the_order_of_a_persons_record(app: Flask, people: People) -> None:
    with app.app_context():
        answered(people)
        relayed()
        assert texts(people.alex) == ["appointments.offer", "appointments.accepted"]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Outbox)) == 0


def test_an_entry_that_cannot_be_worded_yet_keeps_its_place(
    app: Flask, people: People, clock_stopped: StoppedClock, broken: set[str]
) -> None:
    broken.add("appointments.offer")
    with app.app_context():
        with transaction():
            appointment(again(people.alex), SOON)
        relayed()
        with transaction():
            visit = appointment(again(people.stranger), SOON)
            actions.accept(visit, by=actor(people.stranger))
            actions.accept(appointment(again(people.alex), SOON), by=actor(people.alex))
        broken.clear()
        relayed()
        # The first one is tried again in some seconds; hers wait for it, and nobody else's do.
        assert texts(people.alex) == []
        assert texts(people.stranger) == ["appointments.offer", "appointments.accepted"]
        clock_stopped.later(seconds=3)
        relayed()
        assert texts(people.alex) == [
            "appointments.offer",
            "appointments.offer",
            "appointments.accepted",
        ]


def test_one_that_can_never_be_worded_does_not_hold_up_a_person_for_ever(
    app: Flask, people: People, clock_stopped: StoppedClock, broken: set[str]
) -> None:
    broken.add("appointments.offer")
    with app.app_context():
        answered(people)
        for _ in range(relay.PATIENCE - 1):
            relayed()
            assert texts(people.alex) == []
            # While it waits nothing is written at all.
            assert not relay.step()
            clock_stopped.later(minutes=1)
        relayed()
        assert texts(people.alex) == ["appointments.accepted"]
        broken.clear()
    clock_stopped.later(minutes=30)
    work(app)
    with app.app_context():
        assert "appointments.offer" in texts(people.alex)
