"""Not too many texts: caps, the digest of the next working day, and who goes without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from notifications import caps, comparison, policy, reminders
from notifications.models import Notification, State
from notifications.policy import CALL, DAY_BEFORE, DIGEST, MORNING, OFFER_AGAIN, TWO_DAYS
from portal import clock
from portal.account import actions as account
from portal.account import queries
from portal.actors import Actor
from portal.appointments import actions, desk_actions, office_actions
from portal.appointments.models import Appointment
from portal.database import transaction
from tests.notifications.sending import put, rows
from tests.people import (
    SOON,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    appointment,
    claimant,
    work,
)

ALEX = "+447700900101"


def accepted(app: Flask, people: People, *starts: datetime) -> list[Appointment]:
    with app.app_context(), transaction():
        found = [appointment(again(people.alex), each) for each in starts]
        for each in found:
            actions.accept(each, by=actor(people.alex))
    work(app)
    return found


def sent(app: Flask, *kinds: str) -> list[tuple[str, datetime]]:
    with app.app_context():
        return [(r.kind, r.sent_at) for r in rows() if r.kind in kinds and r.sent_at is not None]


def held(app: Flask) -> list[str | None]:
    with app.app_context():
        return [r.error for r in rows() if r.kind in policy.TEXTS and r.state is State.dropped]


def at(*figures: int) -> datetime:
    return clock.from_wall_clock(datetime(*figures))  # type: ignore[arg-type]  # noqa: DTZ001


THREE = (SOON, SOON + timedelta(hours=2), SOON + timedelta(hours=4))


def test_at_most_two_unasked_texts_a_day(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    accepted(app, people, *THREE)
    clock_stopped.at(SOON - timedelta(hours=44))
    work(app)
    assert len(sent(app, TWO_DAYS)) == 2
    assert held(app) == [caps.HELD]
    assert Phone(app, ALEX).received[-1].startswith("Reminder: Jobcentre, Wed 10 Feb 12:30pm")


def test_what_is_held_back_is_told_in_one_text_at_ten_on_the_next_working_day(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    accepted(app, people, *THREE)
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    clock_stopped.at(at(2027, 2, 9, 9, 59))
    work(app)
    assert sent(app, DIGEST) == []
    clock_stopped.at(at(2027, 2, 9, 10, 0))
    work(app)
    assert sent(app, DIGEST) == [(DIGEST, at(2027, 2, 9, 10, 0))]
    text = Phone(app, ALEX).received[-1]
    assert text == "Your next appointments. Text NEXT for more.\nWed 10 Feb 2:30pm"
    # Once, and it asks nothing.
    clock_stopped.later(hours=1)
    work(app)
    assert len(sent(app, DIGEST)) == 1
    assert "Reply" not in text


def test_a_discreet_digest_does_not_say_where_it_comes_from(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    accepted(app, people, *THREE)
    with app.app_context(), transaction():
        account.choose_discreet(again(people.alex), True, by=actor(people.alex))
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    clock_stopped.at(at(2027, 2, 9, 10, 0))
    assert Phone(app, ALEX).received[-1] == "Reminder:\nWed 10 Feb 2:30pm"


@pytest.mark.parametrize(
    ("nation", "told"),
    [("england", at(2027, 3, 30, 10, 0)), ("scotland", at(2027, 3, 29, 10, 0))],
)
def test_no_digest_on_a_bank_holiday_of_the_offices_nation(
    app: Flask, people: People, clock_stopped: StoppedClock, nation: str, told: datetime
) -> None:
    with app.app_context(), transaction():
        again(people.office).nation = nation
    clock_stopped.at(at(2027, 3, 22, 9, 0))
    tuesday = at(2027, 3, 30, 13, 0)
    accepted(app, people, *(tuesday + timedelta(hours=n) for n in range(3)))
    clock_stopped.at(at(2027, 3, 28, 16, 0))  # Easter Sunday.
    work(app)
    assert len(sent(app, TWO_DAYS)) == 2
    for day in (29, 30):
        clock_stopped.at(at(2027, 3, day, 10, 0))
        work(app)
    assert sent(app, DIGEST) == [(DIGEST, told)]


@pytest.mark.parametrize("what", ["called off", "stopped", "started"])
def test_a_digest_tells_only_what_still_holds(
    app: Flask, people: People, clock_stopped: StoppedClock, what: str
) -> None:
    found = accepted(app, people, *THREE)
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    assert held(app) == [caps.HELD]
    with app.app_context(), transaction():
        if what == "called off":
            office_actions.call_off(again(found[2]), why="", by=actor(people.coach))
        elif what == "stopped":
            account.stop_texts(again(people.alex), by=actor(people.alex))
    day = 11 if what == "started" else 9
    clock_stopped.at(at(2027, 2, day, 10, 0))
    work(app)
    assert sent(app, DIGEST) == []
    assert caps.OVERTAKEN in held(app)


def test_a_digest_that_is_no_longer_true_is_not_sent(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    found = accepted(app, people, *THREE)
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    clock_stopped.at(at(2027, 2, 9, 10, 0))
    with app.app_context():
        assert reminders.step()
        clock_stopped.later(seconds=20)
        with transaction():
            office_actions.call_off(again(found[2]), why="", by=actor(people.coach))
    work(app)
    assert sent(app, DIGEST) == []


def test_a_digest_is_found_untrue_while_the_clock_runs_on(
    app: Flask, people: People, clock_stopped: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = accepted(app, people, *THREE)
    clock_stopped.at(at(2027, 2, 8, 15, 0))
    work(app)
    clock_stopped.at(at(2027, 2, 9, 10, 0))
    stood, looks = clock.now(), count()
    monkeypatch.setattr(clock, "now", lambda: stood + timedelta(milliseconds=next(looks)))
    with app.app_context():
        assert reminders.step()
        with transaction():
            office_actions.call_off(again(found[2]), why="", by=actor(people.coach))
    work(app)
    assert sent(app, DIGEST) == []


def test_at_most_five_unasked_texts_in_seven_days(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context():
        for day in range(5):
            put(
                claimant_id=people.alex.id,
                kind=DAY_BEFORE,
                regarding=uuid4(),
                not_before=SOON - timedelta(days=8 - day),
            )
            with transaction():
                row = rows()[-1]
                row.state, row.sent_at = State.delivered, SOON - timedelta(days=8 - day)
    accepted(app, people, SOON)
    clock_stopped.at(SOON - timedelta(hours=48))
    work(app)
    # Four of them, and the offer just now.
    assert held(app) == [caps.HELD]


def test_at_most_four_unasked_texts_for_one_appointment(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    [visit] = accepted(app, people, SOON)
    with app.app_context():
        for day in range(10, 14):
            text = put(claimant_id=people.alex.id, kind=DAY_BEFORE, regarding=visit.id)
            with transaction():
                row = next(r for r in rows() if r.id == text)
                row.state = State.delivered
                row.sent_at = row.not_before = SOON - timedelta(days=day)
    clock_stopped.at(SOON - timedelta(hours=48))
    work(app)
    assert held(app) == [caps.HELD]


@pytest.mark.parametrize("kind", ["appointments.moved", "appointments.accepted", "account.code"])
def test_changes_receipts_and_answers_never_count(
    app: Flask, people: People, clock_stopped: StoppedClock, kind: str
) -> None:
    [visit] = accepted(app, people, SOON)
    clock_stopped.at(SOON - timedelta(hours=48))
    with app.app_context():
        for _ in range(6):
            put(claimant_id=people.alex.id, kind=kind, regarding=visit.id)
    with app.app_context():
        assert caps.has_room(people.alex.id, visit.id, policy.policies()[-1])


def test_an_offer_is_never_held_back(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context():
        for _ in range(6):
            put(claimant_id=people.alex.id, kind=DAY_BEFORE, regarding=uuid4())
    with app.app_context(), transaction():
        appointment(again(people.alex))
    work(app)
    with app.app_context():
        [offer] = [r for r in rows() if r.kind == "appointments.offer"]
        assert offer.state is not State.dropped


@pytest.fixture
def compared(app: Flask) -> Iterator[None]:
    """Half of all people go without the optional reminders."""
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, reminders_control_share=0.5)
    yield
    app.extensions["settings"] = before


def test_who_goes_without_is_the_same_people_every_time(app: Flask, compared: None) -> None:
    people = [UUID(int=n * 2**64 + n) for n in range(2000)]
    with app.app_context():
        first = [reminders.is_compared(each) for each in people]
        assert first == [reminders.is_compared(each) for each in people]
        assert 900 < sum(first) < 1100
        settings = app.extensions["settings"]
        app.extensions["settings"] = replace(settings, reminders_control_share=0.1)
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
