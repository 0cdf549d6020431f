"""A PIN for texts, a name on a shared phone, texts that are not safe: set by the person or at
the desk, kept as a hash, and never a help to a stranger."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.account import actions, phone_actions, pins, queries, throttle
from portal.account.models import TypedText
from portal.actors import Actor
from portal.database import db, transaction
from portal.record import log
from portal.refusals import Refusal
from tests.people import Browser, Desk, People, StoppedClock, actor, again, claimant, recorded

NUMBER = "+447700900101"


@pytest.fixture
def alex(app: Flask, people: People) -> Browser:
    return Browser(app).sign_in(people.alex)


def shares(app: Flask, people: People, nickname: str = "") -> None:
    with app.app_context(), transaction():
        claimant(again(people.office), "Kim Morgan", NUMBER, nickname=nickname)


@pytest.mark.parametrize("typed", ["4821", "48213", "482136", " 48 21 ", "٤٨٢١", "４８２１"])
def test_a_pin_as_people_type_it(typed: str) -> None:
    assert pins.read(typed, NUMBER).startswith("4821")


@pytest.mark.parametrize("typed", ["", "482", "4821367", "four", "48a1", "-4821", "48.21"])
def test_what_is_no_pin(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        pins.read(typed)
    assert refused.value.code == "pin-shape"


EASY = ["1234", "0000", "1111", "4321", "123456", "654321", "7890", "0987", "1990", "2027", "1212",
        "4848", "123123", "0101", "900101", "0101"]  # fmt: skip


@pytest.mark.parametrize("typed", EASY)
def test_what_is_easily_guessed(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        pins.read(typed, NUMBER)
    assert refused.value.code == "pin-easy"


def test_only_a_hash_is_kept_and_only_the_right_pin_is_right(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        assert not pins.is_right(person, "4821")
        phone_actions.choose_pin(person, "4821", by=actor(person))
        assert person.pin_hash.startswith("$argon2")
        assert "4821" not in person.pin_hash
        assert pins.is_right(person, "4821")
        assert not pins.is_right(person, "4822")
        assert not pins.is_right(person, "")
        entry = log.entries(person.id)[0]
        assert entry.details is not None
        assert entry.details.body == "{}"


@pytest.mark.parametrize("door", ["text", "link", "echo", "nobody"])
def test_a_number_alone_sets_no_pin(app: Flask, people: People, door: str) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        with pytest.raises(Refusal):
            phone_actions.choose_pin(person, "4821", by=actor(person, door))
        with pytest.raises(Refusal):
            phone_actions.remove_pin(person, by=actor(person, door))


@pytest.mark.parametrize(("door", "may"), [("text", False), ("echo", True), ("web", True)])
def test_a_number_alone_does_not_end_discreet_texts(
    app: Flask, people: People, door: str, may: bool
) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        actions.choose_discreet(person, True, by=actor(person, "text"))
        if may:
            assert actions.choose_discreet(person, False, by=actor(person, door))
        else:
            with pytest.raises(Refusal):
                actions.choose_discreet(person, False, by=actor(person, door))


def test_the_person_sets_changes_and_removes_it(app: Flask, people: People, alex: Browser) -> None:
    alex.open("/settings").follow("Set a PIN for texts").fill(pin="4821").press("Save the PIN")
    alex.sees("Your settings are saved", "Your receipt")
    alex.open("/settings").follow("Change your PIN for texts").sees("A new one takes its place")
    assert alex.value("pin") == ""
    alex.press("Remove the PIN").sees("Your settings are saved")
    assert recorded(app, people.alex, "account")[-2:] == ["pin_chosen", "pin_removed"]
    alex.again().sees("Nothing has changed")
    alex.open("/settings").sees("Set a PIN for texts")


@pytest.mark.parametrize(("typed", "said"), [("", "Choose a PIN"), ("12", "Choose a PIN"),
                                             ("1234", "easy to guess")])  # fmt: skip
def test_a_bad_pin_says_why_and_is_not_shown_again(
    app: Flask, people: People, alex: Browser, typed: str, said: str
) -> None:
    alex.open("/settings/pin").fill(pin=typed).press("Save the PIN", 422).sees(said)
    assert not alex.value("pin")
    assert "pin_chosen" not in recorded(app, people.alex, "account")


def test_a_pin_is_not_kept_when_a_session_ends(app: Flask, people: People, alex: Browser) -> None:
    alex.open("/settings/pin")
    alex.client.post(
        "/session/end", data={"csrf_token": alex.token, "pin": "4821", "_next": "/settings/pin"}
    )
    with app.app_context():
        assert db.session.query(TypedText).all() == []


def test_staff_set_it_with_the_person_before_them(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach)
    desk.open(f"/staff/people/{people.alex.id}/pin").sees("They have no PIN yet.")
    desk.fill(pin="4821").press("Save the PIN")
    desk.open(f"/staff/people/{people.alex.id}").sees("PIN for texts")
    desk.open(f"/staff/people/{people.alex.id}/pin").press("Remove the PIN")
    assert recorded(app, people.alex, "account")[-2:] == ["pin_chosen", "pin_removed"]
    desk.open(f"/staff/people/{people.alex.id}/pin").fill(pin="2001")
    desk.press("Save the PIN", 422).sees("easy to guess")


def test_a_name_on_a_shared_phone(app: Flask, people: People, alex: Browser) -> None:
    alex.open("/settings").does_not_see("Your name on a shared phone")
    shares(app, people, "Kim")
    alex.open("/settings").follow("Your name on a shared phone").fill(nickname=" Lex ")
    alex.press("Save").sees("Your settings are saved")
    with app.app_context():
        assert again(people.alex).nickname == "Lex"
    alex.open("/settings/nickname").press("Save").sees("Nothing has changed")
    alex.open("/settings/nickname").fill(nickname="").press("Save")
    with app.app_context():
        assert again(people.alex).nickname == ""


@pytest.mark.parametrize(
    "typed", ["Alex Morgan", "alex  morgan", "x" * 13, "12", "=1", "Lex\u202e", "Lex <b>", "kim"]
)
def test_names_that_would_not_do(app: Flask, people: People, alex: Browser, typed: str) -> None:
    shares(app, people, "Kim")
    alex.open("/settings/nickname").fill(nickname=typed)
    if typed == "Lex\u202e":  # Marks of direction are taken out wherever something is typed.
        alex.press("Save")
        return
    alex.press("Save", 422)
    with app.app_context():
        assert again(people.alex).nickname == ""


@pytest.mark.parametrize("typed", ["Lex", "عمر", "Zoë", "Mary-Jane", "D'Arcy", "Сашко", "পলাশ"])
def test_names_in_any_script(app: Flask, people: People, typed: str) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        phone_actions.choose_nickname(person, typed, by=actor(person))
        assert person.nickname == typed


def test_staff_note_that_texts_are_not_safe(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/texts")
    desk.choose("Texts could put this person in danger").press("Save")
    with app.app_context():
        assert not queries.may_text(again(people.alex))
    desk.open(f"/staff/people/{people.alex.id}").sees("Texts could put them in danger. Send none.")
    desk.open(f"/staff/people/{people.alex.id}/texts").press("Save").sees(people.alex.full_name)
    with app.app_context(), transaction():
        phone_actions.note_texts_unsafe(again(people.alex), False, by=actor(people.coach))
        assert queries.may_text(again(people.alex))
    assert recorded(app, people.alex, "account")[-2:] == ["texts_unsafe_noted"] * 2


def test_a_number_that_is_somebody_elses_brings_nobody_in(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        phone_actions.disown_number([again(people.alex)], by=actor(people.alex, "text"))
    with app.app_context():
        assert queries.claimants_with_number(NUMBER) == []
    desk = Desk(app).sign_in(people.coach)
    desk.open(f"/staff/people/{people.alex.id}").sees("said that it is not theirs")
    desk.open("/staff/waiting/not-delivered").sees("says that it is not theirs")
    with app.app_context(), transaction():
        actions.set_number(again(people.alex), NUMBER, by=actor(people.coach))
        assert [p.id for p in queries.claimants_with_number(NUMBER)] == [people.alex.id]


def test_unknown_numbers_that_want_a_call(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        assert phone_actions.ask_for_unknown_call("+447700900777")
        assert not phone_actions.ask_for_unknown_call("+447700900777")
    for member in (people.coach, people.other_coach):
        desk = Desk(app).sign_in(member).open("/staff")
        desk.sees("Numbers we do not know that want a call: 1", "07700 900777")
    desk.press("I have called").sees("Numbers we do not know that want a call: 0")
    with app.app_context(), transaction():
        assert phone_actions.ask_for_unknown_call("+447700900777")


def test_wrong_tries_are_counted_within_a_transaction(
    app: Flask, clock_stopped: StoppedClock
) -> None:
    for turn in range(6):
        with app.app_context(), transaction():
            assert throttle.allows_now("wrong text pin", "x")
            assert throttle.allow_within("wrong text pin", "x"), turn
    with app.app_context(), transaction():
        assert not throttle.allows_now("wrong text pin", "x")
        assert not throttle.allow_within("wrong text pin", "x")
        assert throttle.allows_now("wrong text pin", "y")
    clock_stopped.later(hours=25)
    with app.app_context(), transaction():
        assert throttle.allows_now("wrong text pin", "x")


def test_the_service_itself_may_remove_a_pin(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        phone_actions.choose_pin(again(people.alex), "4821", by=actor(people.coach))
        assert phone_actions.remove_pin(again(people.alex), by=Actor.system())
