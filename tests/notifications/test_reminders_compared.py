"""Who goes without the optional reminders, so that an office can see what those do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from notifications import caps, comparison, policy, reminders
from notifications.models import Notification, State
from notifications.policy import CALL, DAY_BEFORE, MORNING, OFFER_AGAIN, TWO_DAYS
from portal import clock
from portal.account import queries
from portal.actors import Actor
from portal.appointments import actions, desk_actions
from portal.database import transaction
from tests.notifications.capped import ALEX
from tests.notifications.sending import put, rows, using
from tests.people import (
    SOON,
    People,
    StoppedClock,
    actor,
    again,
    appointment,
    claimant,
    work,
)


@pytest.fixture
def compared(app: Flask) -> Iterator[None]:
    """Half of all people go without the optional reminders."""
    half = replace(app.extensions["settings"], reminders_control_share=0.5)
    with using(app, settings=half):
        yield


def test_who_goes_without_is_the_same_people_every_time(app: Flask, compared: None) -> None:
    people = [UUID(int=n * 2**64 + n) for n in range(2000)]
    with app.app_context():
        first = [reminders.is_compared(each) for each in people]
        assert first == [reminders.is_compared(each) for each in people]
        assert 900 < sum(first) < 1100
        tenth = replace(app.extensions["settings"], reminders_control_share=0.1)
        with using(app, settings=tenth):
            fewer = [reminders.is_compared(each) for each in people]
        # A smaller share takes nobody in who was reminded before.
        assert all(before for before, now in zip(first, fewer, strict=True) if now)
        assert 150 < sum(fewer) < 250


def test_nobody_goes_without_unless_an_office_says_so(app: Flask) -> None:
    with app.app_context():
        assert not any(reminders.is_compared(uuid4()) for _ in range(200))


def _without(app: Flask, people: People) -> Any:
    """Somebody who goes without the optional reminders."""
    with app.app_context(), transaction():
        for n in range(40):
            person = claimant(again(people.office), mobile=f"+4477009002{n:02}")
            if reminders.is_compared(person.id):
                return person
    raise AssertionError


def test_who_goes_without_still_gets_offers_the_day_before_and_calls(
    app: Flask, people: People, clock_stopped: StoppedClock, compared: None
) -> None:
    person = _without(app, people)
    with app.app_context(), transaction():
        visit = appointment(again(person))
        actions.accept(visit, by=actor(person))
        silent = appointment(again(person), SOON + timedelta(days=7))
    for moment in (
        SOON - timedelta(hours=48),
        SOON - timedelta(hours=24),
        SOON - timedelta(hours=2),
        SOON + timedelta(days=5),
        SOON + timedelta(days=6, hours=1),
    ):
        clock_stopped.at(moment)
        work(app)
    with app.app_context():
        went = [(r.kind, r.state is not State.dropped) for r in rows() if r.kind in policy.TEXTS]
        assert went == [
            (TWO_DAYS, False),
            (DAY_BEFORE, True),
            (MORNING, False),
            (OFFER_AGAIN, True),
        ]
        assert CALL in {each.what for each in queries.undelivered_to(person.id)}
    assert silent.id != visit.id


def _meetings(app: Flask, people: People, total: int, missed: int, error: str | None) -> None:
    """So many past meetings whose optional reminder went out, or was held back."""
    with app.app_context(), transaction() as session:
        person, desk = again(people.alex), Actor.system()
        found = [
            appointment(person, clock.now() + timedelta(hours=50, minutes=n)) for n in range(total)
        ]
        for n, each in enumerate(found):
            session.add(
                Notification(
                    claimant_id=person.id,
                    to_number=ALEX,
                    language="en",
                    kind=TWO_DAYS,
                    regarding=each.id,
                    body="",
                    encoding="",
                    segments=0,
                    dedupe_key=uuid4().hex,
                    state=State.dropped if error else State.delivered,
                    error=error,
                    not_before=clock.now(),
                    made_at=clock.now(),
                )
            )
            with clock.frozen(each.starts_at + timedelta(hours=1)):
                desk_actions.record_outcome(each, happened=n >= missed, by=desk)


def test_the_report_compares_meetings_and_shows_no_small_group(app: Flask, people: People) -> None:
    runner = app.test_cli_runner()
    _meetings(app, people, 40, 4, None)
    _meetings(app, people, 19, 6, caps.COMPARED)
    assert "Too little to show" in runner.invoke(args=["sms", "reminders-report"]).output
    _meetings(app, people, 1, 0, caps.COMPARED)
    output = runner.invoke(args=["sms", "reminders-report", "--office", "LD1"]).output
    assert output == (
        "With reminders: 40 meetings, 36 took place, 4 did not happen (10 %)\n"
        "Without: 20 meetings, 14 took place, 6 did not happen (30 %)\n"
    )
    assert "Too little" in runner.invoke(args=["sms", "reminders-report", "--office", "YO1"]).output


def test_the_report_says_so_when_nobody_went_without(app: Flask, people: People) -> None:
    _meetings(app, people, 1, 0, None)
    found = app.test_cli_runner().invoke(args=["sms", "reminders-report"])
    assert (found.exit_code, found.output[:18]) == (0, "Too little to show")


def test_whoever_changed_groups_on_the_way_counts_in_neither(app: Flask, people: People) -> None:
    _meetings(app, people, 1, 0, caps.COMPARED)
    with app.app_context():
        [text] = [r for r in rows() if r.error == caps.COMPARED]
        put(kind=MORNING, regarding=text.regarding, claimant_id=people.alex.id)
        assert [each.total for each in comparison.groups()] == [0, 0]


def test_the_share_must_be_a_number_up_to_one_half() -> None:
    from portal.settings import Settings, SettingsError

    good = {"PORTAL_MODE": "test", "PORTAL_SECRET_KEY": "t" * 32}
    assert Settings.from_environment(good).reminders_control_share == 0
    for text, share in (("0.25", 0.25), ("0", 0.0), ("0.5", 0.5)):
        found = Settings.from_environment(good | {"REMINDERS_CONTROL_SHARE": text})
        assert found.reminders_control_share == share
    for text in ("0.6", "-1", "some", "nan"):
        with pytest.raises(SettingsError, match="REMINDERS_CONTROL_SHARE"):
            Settings.from_environment(good | {"REMINDERS_CONTROL_SHARE": text})
