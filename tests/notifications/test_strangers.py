"""Numbers that are nobody's here (sms.md 4 and 13): help, a call, or a person; and never a word
about whether anybody is known to us."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import inbound
from notifications.conversation import strangers
from notifications.conversation.strangers import MOST_UNKNOWN_AN_HOUR
from notifications.models import InboundText
from portal.account import concern_queries
from portal.account.models import Concern, UnknownCall
from portal.database import db
from tests.notifications.dialogues import Talk
from tests.people import People, StoppedClock

STRANGE = "+447700900777"
HELP = "This number answers people who get texts from their Jobcentre"


@pytest.fixture
def stranger(app: Flask, people: People, clock_stopped: StoppedClock) -> Talk:
    talk = Talk(app, clock_stopped, people.alex)
    talk.number = STRANGE
    return talk


def concerns(talk: Talk) -> list[Concern]:
    with talk.app.app_context():
        return list(db.session.scalars(sa.select(Concern)))


def calls(talk: Talk) -> list[str]:
    with talk.app.app_context():
        return list(db.session.scalars(sa.select(UnknownCall.number)))


@pytest.mark.parametrize("words", ["HELP", "START", "1", "who is Alex", "plan", "4821", "menu"])
def test_the_same_help_whatever_it_is(stranger: Talk, words: str):
    stranger.says(words).hears(HELP)
    assert stranger.happened() == []


def test_start_starts_nothing(stranger: Talk):
    stranger.says("START").says("START").says("YES")
    assert len(stranger.received) == 1
    assert stranger.outcomes() == ["unknown start", "unknown start", "unknown"]


def test_one_reply_a_day(stranger: Talk):
    stranger.says("help").says("hello", after=23 * 3600)
    assert len(stranger.received) == 1
    stranger.says("hello", after=2 * 3600)
    assert len(stranger.received) == 2


@pytest.mark.parametrize("words", ["STOP", "Automatic reply: out of office"])
def test_what_gets_no_reply(stranger: Talk, words: str):
    stranger.says(words).hears_nothing_new(0)


@pytest.mark.parametrize(
    "words", ["call me", "Please ring me", "اتصلوا بي", "CALLBACK", "ring me back", "phone"]
)
def test_call_me(stranger: Talk, words: str):
    stranger.says(words).hears("Somebody will call this number")
    assert calls(stranger) == [STRANGE]
    stranger.says(words).hears_nothing_new(1)
    stranger.says(words, after=25 * 3600)
    assert calls(stranger) == [STRANGE]


def test_call_me_after_help_is_answered(stranger: Talk):
    stranger.says("help").says("call me").hears("Somebody will call this number")
    assert len(stranger.received) == 2


def test_in_the_language_they_name(stranger: Talk):
    stranger.says("Cymraeg")
    assert HELP not in stranger.last
    assert stranger.received


def test_danger_reaches_a_person_at_every_office(stranger: Talk, people: People):
    stranger.says("my husband hits me").hears("A person will read this. Danger now: 999.")
    with stranger.app.app_context():
        for office in (people.office, people.other_office):
            (found,) = concern_queries.unread_concerns(office.id)
            assert (found.claimant_id, found.number) == (None, STRANGE)
            assert found.words == "my husband hits me"
    assert stranger.happened() == []


def test_what_they_write_next_is_read_with_it(stranger: Talk):
    stranger.says("i have no food").says("1").says("please help me now").says("he hits me")
    (found,) = concerns(stranger)
    assert found.words.split("\n") == ["i have no food", "1", "please help me now", "he hits me"]
    assert len(stranger.received) == 1
    assert stranger.outcomes() == ["unsafe", "human", "human", "human"]


def test_danger_is_answered_after_help_was(stranger: Talk):
    stranger.says("help").says("i want to die").hears("A person will read this")


def test_a_flood_of_danger_reaches_a_person_and_gets_few_replies(stranger: Talk):
    for number in range(MOST_UNKNOWN_AN_HOUR + 5):
        stranger.number = f"+4477009{number:05d}"
        stranger.sends("i want to die")
    with stranger.app.app_context():
        while inbound.step():
            pass
    assert len(concerns(stranger)) == MOST_UNKNOWN_AN_HOUR + 5
    with stranger.app.app_context():
        sent = strangers.replies_sent(None, strangers.UNKNOWN_CALM, timedelta(hours=1))
    assert sent == MOST_UNKNOWN_AN_HOUR


def test_a_text_that_breaks_the_rules_of_numbers_is_kept(stranger: Talk):
    stranger.number = "60777"
    stranger.says("i want to die").hears_nothing_new(0)
    with stranger.app.app_context():
        assert db.session.scalars(sa.select(InboundText.outcome)).all() == ["not a mobile"]


def test_stop_holds_until_start(stranger: Talk) -> None:
    stranger.says("help").says("stop")
    heard = len(stranger.received)
    stranger.time.later(days=2)
    stranger.says("hello").says("costs").hears_nothing_new(heard)
    stranger.says("start").hears_nothing_new(heard + 1)
    stranger.time.later(days=2)
    stranger.says("hello").hears_nothing_new(heard + 2)


def test_danger_is_answered_even_then(stranger: Talk) -> None:
    stranger.says("stop").says("i want to die").hears("999")
