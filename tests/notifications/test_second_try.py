"""What did not arrive is tried once more, and what nobody confirmed becomes somebody's task."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from notifications import sender, unconfirmed
from notifications.models import State
from portal.appointments import actions as appointments
from portal.database import transaction
from portal.record import log
from tests.notifications.reported import copy_of, last_sentence, report, sent, tasks, visit
from tests.notifications.sending import ALEX, Provider, row, rows, using
from tests.people import NOW, People, StoppedClock, actor, again
from tests.stand_in.twilio import TwilioStandIn


@pytest.mark.parametrize("code", ["30003", "30008", ""])
def test_what_the_phone_could_not_get_is_sent_once_more_later(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock, code: str
) -> None:
    text = sent(people, body="Your time is Tue 10:30")
    report(text, State.undelivered, code)
    assert tasks() == []
    clock_stopped.later(minutes=59)
    assert not sender.step()
    clock_stopped.later(minutes=2)
    assert sender.step()
    assert [m.body for m in twilio.messages] == ["Your time is Tue 10:30"] * 2
    second = copy_of(text)
    assert second is not None
    report(second.id, State.delivered)
    assert (row(text).state, row(second.id).state, tasks()) == (
        State.undelivered,
        State.delivered,
        [],
    )


def test_the_second_failure_is_a_task_and_there_is_no_third_try(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    text = sent(people, body="Your time is Tue 10:30")
    report(text, State.undelivered, "30003")
    clock_stopped.later(minutes=61)
    assert sender.step()
    second = copy_of(text)
    assert second is not None
    report(second.id, State.undelivered, "30003")
    clock_stopped.later(days=1)
    assert not sender.step()
    [task] = tasks()
    assert (task.words, task.sure) == ("Your time is Tue 10:30", True)
    assert "did not arrive" in last_sentence(people)
    assert len(rows()) == 2


@pytest.mark.parametrize("code", ["30004", "30005", "30006", "30007", "21610"])
def test_what_will_never_arrive_is_a_task_at_once(
    twilio: TwilioStandIn, people: People, code: str
) -> None:
    text = sent(people)
    report(text, State.undelivered, code)
    assert len(tasks()) == 1
    assert copy_of(text) is None


def test_a_filtered_text_goes_by_the_other_provider_at_once(
    app: Flask, twilio: TwilioStandIn, people: People
) -> None:
    other = Provider()
    with using(app, second_gateway=other):
        text = sent(people)
        report(text, State.undelivered, "30007")
        assert sender.step()
    assert [(to, body) for to, body, _key in other.handed] == [(ALEX, "Hello")]
    assert len(twilio.messages) == 1
    assert tasks() == []


def test_near_the_appointment_staff_tell_them_at_once(
    twilio: TwilioStandIn, people: People
) -> None:
    soon, far = visit(people, hours=20).id, visit(people, days=9).id
    for meant, tries in ((soon, 0), (far, 1)):
        text = sent(people, regarding=meant)
        report(text, State.undelivered, "30003")
        assert (copy_of(text) is not None) == bool(tries)
    assert [task.regarding for task in tasks()] == [soon]


def test_at_night_the_second_try_waits_for_the_morning(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    clock_stopped.at(NOW.replace(hour=19, minute=30))
    text = sent(people)
    report(text, State.undelivered, "30003")
    second = copy_of(text)
    assert second is not None
    assert second.not_before == NOW.replace(hour=8) + timedelta(days=1)


def test_a_copy_that_is_no_longer_true_is_not_sent(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    meant = visit(people, days=9)
    text = sent(people, kind="appointments.offer", regarding=meant.id)
    report(text, State.undelivered, "30003")
    with transaction():
        appointments.accept(again(meant), by=actor(people.alex))
    clock_stopped.later(minutes=61)
    while sender.step():
        pass
    assert len(twilio.messages) == 1
    second = copy_of(text)
    assert second is not None
    assert row(second.id).state is State.dropped


@pytest.mark.parametrize("kind", ["conversation.reply", "account.code"])
def test_answers_and_codes_are_not_said_an_hour_later(
    twilio: TwilioStandIn, people: People, kind: str
) -> None:
    text = sent(people, kind=kind)
    if kind == "account.code":
        with transaction():
            row(text).secret_of = people.alex.id
    report(text, State.undelivered, "30003")
    assert copy_of(text) is None


def test_four_hours_without_a_word_and_somebody_has_to_know(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    text = sent(people, body="Your time is Tue 10:30")
    clock_stopped.later(hours=3, minutes=59)
    assert not unconfirmed.step()
    clock_stopped.later(minutes=2)
    assert unconfirmed.step()
    assert not unconfirmed.step(), "once"
    [task] = tasks()
    assert (task.words, task.sure, task.text_id) == ("Your time is Tue 10:30", False, text)
    assert last_sentence(people) == (
        "A text to you may not have arrived. Staff tell you in another way."
    )
    assert row(text).state is State.sent


def test_should_it_arrive_after_all_the_task_goes_away(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    text = sent(people)
    clock_stopped.later(hours=5)
    assert unconfirmed.step()
    report(text, State.delivered)
    assert tasks() == []
    assert last_sentence(people) == "A text that was late has arrived after all."
    report(text, State.delivered)
    assert len([e for e in log.entries(people.alex.id) if e.kind == "account.text_arrived"]) == 1


def test_should_it_fail_after_all_there_is_one_task_and_not_two(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    text = sent(people)
    clock_stopped.later(hours=5)
    assert unconfirmed.step()
    report(text, State.undelivered, "30004")
    [task] = tasks()
    assert task.sure


def test_whoever_has_answered_got_it(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    meant = visit(people, days=9)
    sent(people, kind="appointments.offer", regarding=meant.id)
    clock_stopped.later(hours=1)
    with transaction():
        appointments.accept(again(meant), by=actor(people.alex, "text"))
    clock_stopped.later(hours=5)
    unconfirmed.step()
    assert tasks() == []


@pytest.mark.parametrize("kind", ["conversation.reply", "account.code"])
def test_of_codes_and_answers_nobody_need_be_told(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock, kind: str
) -> None:
    text = sent(people, kind=kind)
    if kind == "account.code":
        with transaction():
            row(text).secret_of = people.alex.id
    clock_stopped.later(hours=5)
    unconfirmed.step()
    assert tasks() == []
