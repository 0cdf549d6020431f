"""A person with a phone only hears of a commitment, reads it, asks to change a point, accepts."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.account import phone_actions
from portal.commitment import ask_actions, desk_actions, queries
from portal.commitment.drafting import PointWords
from portal.commitment.models import State, Version
from portal.database import transaction
from portal.record import log
from tests.commitments import LOOK, OFFICIAL, POINTS, TYPED, accepted, sent
from tests.people import People, Phone, StoppedClock, actor, again, work

PIN = "7315"


@pytest.fixture
def phone(app: Flask, people: People) -> Phone:
    """Alex's phone. She has a PIN."""
    with app.app_context(), transaction():
        phone_actions.choose_pin(again(people.alex), PIN, by=actor(people.alex))
    return Phone(app, people.alex.mobile or "")


def offered(app: Flask, people: People, points: tuple[PointWords, ...] = POINTS) -> Version:
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach, points)
    work(app)
    return made


def state(app: Flask, version: Version) -> State:
    with app.app_context():
        return again(version).state


def shown(app: Flask, version: Version) -> int:
    with app.app_context():
        return len(queries.shown(again(version)))


def test_heard_of_read_asked_about_and_accepted(app: Flask, people: People, phone: Phone) -> None:
    version = offered(app, people)
    phone.reads("New Claimant Commitment", "by Mon 8 Feb", "Text COMMITMENT")
    phone.texts("COMMITMENT").reads("PIN")
    assert shown(app, version) == 0, "nothing is told to whoever holds the phone"
    phone.texts(PIN).reads("Point 1 of 3: Look for work", "1 next\n2 explain\n3 ask to change")
    phone.texts("2").reads("Why: People who can work", "To show it: ", "If you cannot: ")
    assert f"Official words: {OFFICIAL} (search)" in phone.last
    phone.texts("1").reads("Point 2 of 3: Make a CV")
    phone.texts("3").reads("Why do you ask? You need not say.", "2 caring")
    for word in ("abuse", "home", "died"):
        assert word not in phone.last
    phone.texts("2")
    assert (
        "You asked for a change. A person answers by Mon 8 Feb." in phone.received[-2] + phone.last
    )
    assert "What would work instead?" in phone.received[-2] + phone.last
    phone.texts("Help me write it on Friday").reads("Added to what you asked.")
    with app.app_context():
        (request,) = queries.requests(again(people.alex))
        assert request.reason == "caring"
        assert request.instead == "Help me write it on Friday"
    phone.texts("COMMITMENT").reads("Point 3 of 3: Ring the nursery on Acorn Road.")
    phone.texts("1").reads("You can think until Mon 8 Feb.", "1 think first", "5 accept")
    phone.texts("5").reads("You accepted your Claimant Commitment.", "Ref ")
    assert state(app, version) is State.accepted
    with app.app_context():
        assert log.verify(people.alex.id) == []


def test_nothing_is_accepted_before_every_point_was_sent(
    app: Flask, people: People, phone: Phone
) -> None:
    version = offered(app, people)
    phone.texts("COMMITMENT").texts(PIN)
    phone.texts("5")
    assert state(app, version) is State.offered
    phone.texts("1").texts("1").reads("Point 3 of 3")
    assert state(app, version) is State.offered
    phone.texts("1").reads("5 accept")


def test_a_double_press_takes_time_and_accepts_nothing(
    app: Flask, people: People, phone: Phone
) -> None:
    version = offered(app, people, (LOOK,))
    phone.texts("COMMITMENT").texts(PIN).texts("1").reads("5 accept")
    phone.texts("1").reads("You take time to think until Mon 8 Feb. Nothing is accepted yet.")
    assert state(app, version) is State.offered
    phone.texts("5")
    assert state(app, version) is State.offered, "the question was answered"
    phone.texts("COMMITMENT").reads("5 accept").texts("5").reads("You accepted")


def test_a_version_that_was_replaced_meanwhile_is_told_and_the_new_one_shown(
    app: Flask, people: People, phone: Phone
) -> None:
    old = offered(app, people, (LOOK,))
    phone.texts("COMMITMENT").texts(PIN).texts("1").reads("5 accept")
    new = offered(app, people, (LOOK, TYPED))
    phone.texts("5")
    assert "There is a newer version." in phone.received[-2]
    phone.reads("Point 1 of 2")
    assert state(app, old) is State.replaced
    assert state(app, new) is State.offered


def test_a_no_can_be_taken_to_another_coach(app: Flask, people: People, phone: Phone) -> None:
    with app.app_context(), transaction():
        made = accepted(people.alex, people.coach, (LOOK,))
        ask_actions.ask_for_change(made.points[0], reason="abuse", by=actor(people.alex))
        (request,) = queries.requests(again(people.alex))
        desk_actions.refuse(
            request, why="Private words.", staff=again(people.coach), by=actor(people.coach)
        )
    work(app)
    phone.reads("Not agreed: the change you asked for.", "another work coach")
    assert "Private" not in "\n".join(phone.received)
    phone.texts("COMMITMENT").texts(PIN).reads("2 ask another work coach").texts("2")
    phone.reads("You asked for a change. A person answers by")
    with app.app_context():
        assert queries.how_many_open_requests(people.office.id, True) == 1


def test_a_discreet_phone_shows_no_commitment(app: Flask, people: People, phone: Phone) -> None:
    with app.app_context(), transaction():
        again(people.alex).discreet = True
    offered(app, people)
    phone.reads("There is something new for you to read by Mon 8 Feb.")
    assert "ommitment" not in phone.last
    phone.texts("COMMITMENT").texts(PIN)
    phone.reads("0113 496 0100")


def test_it_is_brought_to_mind_once_before_the_last_day(
    app: Flask, people: People, phone: Phone, clock_stopped: StoppedClock
) -> None:
    offered(app, people)
    clock_stopped.later(days=4)
    before = len(phone.received)
    clock_stopped.later(days=1)
    phone.reads("waits for you until Mon 8 Feb.")
    clock_stopped.later(hours=6)
    assert len(phone.received) == before + 1


def test_nobody_is_reminded_of_what_they_accepted(
    app: Flask, people: People, phone: Phone, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        accepted(people.alex, people.coach)
    clock_stopped.later(days=5)
    assert not [text for text in phone.received if "waits for you" in text]


def test_their_words_are_kept_though_the_pin_ran_out_meanwhile(
    app: Flask, people: People, phone: Phone, clock_stopped: StoppedClock
) -> None:
    offered(app, people, (LOOK,))
    phone.texts("COMMITMENT").texts(PIN).texts("3").texts("2")
    clock_stopped.later(minutes=20)
    phone.texts("I can come on 12 May").reads("PIN").texts(PIN)
    with app.app_context():
        (request,) = queries.requests(again(people.alex))
        assert request.instead == "I can come on 12 May"


def test_asked_for_again_is_confirmed_again(app: Flask, people: People, phone: Phone) -> None:
    offered(app, people, (LOOK,))
    phone.texts("COMMITMENT").texts(PIN).texts("3").texts("2").texts("0")
    phone.texts("COMMITMENT").texts("3").reads("Which point").texts("1").texts("2")
    assert "You asked for a change." in "\n".join(phone.received[-2:])
    with app.app_context():
        assert len(queries.requests(again(people.alex))) == 1
