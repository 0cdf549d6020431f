"""A commitment that waits is brought to mind once, and only while that still says what is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from notifications import commitment_reminders, kinds, sender, spend
from notifications.models import Notification, State
from notifications.policy import COMMITMENT
from portal.commitment import actions, desk_actions
from portal.commitment.models import Version
from portal.database import transaction
from portal.dated_data import number
from tests.commitments import read_all, sent
from tests.notifications.sending import ROBIN, put, rows
from tests.people import People, StoppedClock, actor, again, work


def reminders(app: Flask) -> list[Notification]:
    with app.app_context():
        return [row for row in rows() if row.kind == COMMITMENT]


@pytest.fixture
def offered(app: Flask, people: People) -> Version:
    with app.app_context(), transaction():
        return sent(people.alex, people.coach)


def test_it_is_brought_to_mind_once_some_days_before_the_last(
    app: Flask, people: People, clock_stopped: StoppedClock, offered: Version
) -> None:
    clock_stopped.later(days=7 - number("remind_before") - 1)
    work(app)
    assert reminders(app) == []
    for _ in range(3):
        clock_stopped.later(days=1)
        work(app)
    [text] = reminders(app)
    assert (text.state, text.regarding) == (State.delivered, offered.id)
    assert "until Mon 8 Feb" in text.body


@pytest.mark.parametrize("what", ["accepted", "more time", "over"])
def test_it_is_not_sent_once_it_is_no_longer_so(
    app: Flask, people: People, clock_stopped: StoppedClock, offered: Version, what: str
) -> None:
    work(app)
    clock_stopped.later(days=6)
    with app.app_context():
        assert commitment_reminders.step()
        with transaction():
            version = again(offered)
            if what == "accepted":
                read_all(version, again(people.alex))
                actions.accept(version, language="en", review="reviewed", by=actor(people.alex))
            elif what == "more time":
                desk_actions.give_more_time(
                    version,
                    version.accept_by + timedelta(days=7),
                    by=actor(people.coach),
                )
        if what == "over":
            clock_stopped.later(days=2)
    work(app)
    [text] = reminders(app)
    assert text.state is State.dropped
    assert text.error == ("too-late" if what == "over" else "no-longer-true")


def test_it_waits_for_the_next_day_where_the_days_parts_are_used(
    app: Flask,
    people: People,
    clock_stopped: StoppedClock,
    offered: Version,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work(app)
    clock_stopped.later(days=6)
    assert COMMITMENT in spend.STOPS
    assert kinds.group_of(COMMITMENT) == "reminders"
    settings = replace(app.extensions["settings"], sms_parts_a_day=1)
    monkeypatch.setitem(app.extensions, "settings", settings)
    with app.app_context():
        put(ROBIN)
        assert sender.step()
        assert spend.stops(COMMITMENT)
    work(app)
    assert reminders(app) == []
    clock_stopped.later(days=1)
    work(app)
    assert len(reminders(app)) == 1


def test_one_that_breaks_keeps_no_other_from_being_told(
    app: Flask, people: People, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), transaction():
        first = sent(people.alex, people.coach)
        second = sent(people.stranger, people.coach)
    work(app)
    clock_stopped.later(days=6)
    broken = min(first, second, key=lambda each: each.id)
    remind = commitment_reminders._remind

    def breaks(version_id: Any) -> bool:
        if version_id == broken.id:
            raise ValueError
        return remind(version_id)

    monkeypatch.setattr(commitment_reminders, "_remind", breaks)
    with app.app_context():
        assert commitment_reminders.step()
    told = [each for each in (first, second) if each is not broken]
    assert [text.regarding for text in reminders(app)] == [each.id for each in told]
