"""Numbers that were silent for half a year may be somebody else's by now (sms.md 4: new number)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from notifications import routing
from portal import clock
from portal.account import actions as account
from portal.account import number_actions, queries, sign_in_actions
from portal.account.models import Claimant, Way
from portal.actors import Actor, Assurance, Channel, Kind
from portal.database import transaction
from tests.notifications.dialogues import EACH_LANGUAGE, Talk, sent_of_kind
from tests.people import Browser, People, actor, again, appointment, claimant

ASKED = "Do you still get our texts on this number"
LATER = datetime(2027, 8, 2, 9, 0, tzinfo=UTC)
"""182 days after these stories begin."""


@pytest.fixture
def talk(talk: Talk) -> Talk:
    return talk.settles()


def half_a_year(talk: Talk) -> Talk:
    talk.time.at(LATER)
    return talk.settles()


def offers(talk: Talk) -> object:
    with talk.app.app_context(), transaction():
        found = appointment(again(talk.person), clock.now() + timedelta(days=9)).id
    talk.settles()
    return found


@pytest.mark.parametrize("language", EACH_LANGUAGE)
def test_a_silent_number_is_asked_who_has_it(talk: Talk, language: str):
    with talk.app.app_context(), transaction():
        again(talk.person).language = language
    half_a_year(talk).hears("1", "2")
    assert talk.happened() == ["number_check_asked"]
    assert talk.tasks() == {number_actions.TASK}
    for name in ("Alex", "Morgan", "Jobcentre", "Byd Gwaith", "التوظيف", "Leeds", "Universal"):
        assert name not in talk.last
    assert len(talk.received) == 1
    talk.says("1").hears_receipt_of("number_confirmed")


def test_nothing_personal_goes_there_before_they_answered(talk: Talk):
    half_a_year(talk)
    offers(talk)
    assert len(talk.received) == 1
    assert "appointments.offer" in talk.tasks(), "staff tell them another way"


def test_a_question_gets_no_answer_but_that_one(talk: Talk):
    offers(talk)
    half_a_year(talk)
    for words in ("next", "help", "status", "menu", "message"):
        talk.says(words).hears(ASKED)
    assert talk.happened() == ["offered", "number_check_asked"]
    assert "inbound.unclear" in talk.tasks()


def test_yes_and_all_is_as_before(talk: Talk):
    half_a_year(talk).says("1").hears("We will text you here as before")
    assert talk.tasks() == set()
    offers(talk)
    talk.hears("Jobcentre appointment").says("1").hears_receipt_of("accepted")


def test_no_and_nothing_goes_there_any_more(talk: Talk):
    half_a_year(talk).says("2").hears("We will send no more texts to this number")
    heard = len(talk.received)
    offers(talk)
    talk.hears_nothing_new(heard).says("next").hears("This number answers people who get texts")
    assert "account.wrong_person" in talk.tasks()
    assert number_actions.TASK not in talk.tasks()


def test_stop_is_honoured(talk: Talk):
    half_a_year(talk).says("STOP").hears("no more texts")
    assert talk.happened()[-1] == "texts_stopped"


def test_danger_is_heard(talk: Talk):
    half_a_year(talk).says("i have no food")
    assert talk.happened()[-1] == "concern_raised"


@pytest.mark.parametrize("words", ["NEXT", "hello", "ok thanks"])
def test_whoever_texts_now_and_then_is_not_asked(talk: Talk, words: str):
    talk.time.later(days=100)
    talk.settles().says(words)
    half_a_year(talk)
    assert "number_check_asked" not in talk.happened()


def test_whoever_signs_in_with_a_code_is_not_asked(talk: Talk, people: People):
    talk.time.later(days=100)
    Browser(talk.app).sign_in(people.alex)
    half_a_year(talk)
    assert "number_check_asked" not in talk.happened()


def test_whoever_was_asked_is_not_asked_again(talk: Talk):
    half_a_year(talk)
    talk.time.later(days=40)
    talk.settles()
    assert len(talk.received) == 1


@pytest.mark.parametrize("way", [Way.call, Way.letter])
def test_people_who_get_no_texts_are_asked_too(talk: Talk, people: People, way: Way):
    """A code to sign in may still go there."""
    with talk.app.app_context(), transaction():
        account.choose_way(again(people.alex), way, by=actor(people.alex))
    half_a_year(talk).hears(ASKED)


def test_nobody_is_asked_at_night(talk: Talk):
    talk.time.at(LATER.replace(hour=2))
    talk.settles().hears_nothing_new(0)
    talk.time.at(LATER.replace(hour=9))
    talk.settles().hears(ASKED)


def test_everybody_is_asked_within_their_own_hours(talk: Talk, people: People):
    talk.says("settings").says("4").says("4")
    heard = len(talk.received)
    talk.time.at(LATER.replace(hour=9) + timedelta(days=1))
    talk.settles().hears_nothing_new(heard)
    talk.time.at(LATER.replace(hour=16, minute=30) + timedelta(days=1))
    talk.settles().hears(ASKED)


@pytest.mark.slow
def test_many_are_asked_in_turn(talk: Talk, people: People):
    with talk.app.app_context(), transaction():
        office = again(people.office)
        others = [claimant(office, f"P {n}", f"+4477009003{n:02}") for n in range(45)]
    half_a_year(talk)
    with talk.app.app_context():
        assert all(again(each).number_doubted_at for each in (talk.person, *others))


class TestSigningIn:
    """Whoever has the number now must not come in with it."""

    def asks(self, talk: Talk) -> None:
        by = Actor(Kind.claimant, None, Channel.web, Assurance.none)
        with talk.app.app_context(), transaction():
            sign_in_actions.ask_for_code(talk.number, by=by)
        talk.settles()

    def test_no_code_goes_there(self, talk: Talk):
        half_a_year(talk)
        talk.time.later(days=1)
        self.asks(talk)
        assert sent_of_kind(talk, "account.code") == 0
        assert sent_of_kind(talk, routing.NUMBER_CHECK) == 2
        talk.hears(ASKED).says("1")
        self.asks(talk)
        assert sent_of_kind(talk, "account.code") == 1

    def test_asking_again_and_again_brings_one_text_a_day(self, talk: Talk):
        half_a_year(talk)
        for _ in range(4):
            talk.time.later(minutes=1)
            self.asks(talk)
        assert sent_of_kind(talk, routing.NUMBER_CHECK) == 1

    def test_with_a_card_the_number_is_confirmed_on_the_web(self, talk: Talk, people: People):
        browser = Browser(talk.app).sign_in(people.alex)
        with talk.app.app_context(), transaction():
            again(people.alex).number_doubted_at = clock.now()
        browser.open("/").sees("Check your mobile number")
        with talk.app.app_context(), transaction():
            change = account.ask_to_change_number(
                again(people.alex), talk.number, by=actor(people.alex)
            )
            assert change.old_number is None
        talk.settles()
        code = "".join(c for c in talk.last if c.isdigit())[:6]
        with talk.app.app_context(), transaction():
            account.confirm_number_change(
                again(people.alex), old_code="", new_code=code, by=actor(people.alex)
            )
            assert queries.may_text(again(people.alex))


def test_staff_who_know_the_person_confirm_it(talk: Talk, people: People):
    half_a_year(talk)
    with talk.app.app_context(), transaction():
        assert account.set_number(again(people.alex), talk.number, by=actor(people.coach))
        assert queries.may_text(again(people.alex))
    offers(talk)
    assert any("Jobcentre appointment" in each for each in talk.received)


class TestNewNumber:
    """Nothing goes to the old one."""

    def test_what_waits_is_not_sent(self, talk: Talk, people: People):
        talk.time.at(datetime(2027, 2, 1, 21, tzinfo=UTC))
        offers(talk)
        with talk.app.app_context(), transaction():
            account.set_number(again(people.alex), "+447700900888", by=actor(people.coach))
        talk.time.at(datetime(2027, 2, 2, 9, tzinfo=UTC))
        talk.settles().hears_nothing_new(0)

    def test_what_comes_from_it_acts_on_nothing(self, talk: Talk, people: People):
        visit = offers(talk)
        with talk.app.app_context(), transaction():
            account.set_number(again(people.alex), "+447700900888", by=actor(people.coach))
        talk.settles().says("1")
        assert talk.answer(visit) == "none"  # type: ignore[arg-type]

    def test_a_new_number_is_not_silent(self, talk: Talk, people: People):
        talk.time.later(days=170)
        with talk.app.app_context(), transaction():
            account.set_number(again(people.alex), "+447700900888", by=actor(people.coach))
        talk.settles()
        half_a_year(talk)
        with talk.app.app_context():
            person: Claimant = again(people.alex)
            assert person.number_doubted_at is None


def test_two_people_on_a_phone_are_asked_as_one(talk: Talk, people: People):
    with talk.app.app_context(), transaction():
        other = claimant(again(people.office), "Kim Morgan", talk.number)
    half_a_year(talk)
    assert all(ASKED in each for each in talk.received)
    assert len(talk.received) == 1
    talk.says("1")
    with talk.app.app_context():
        assert queries.may_text(again(other))
        assert queries.may_text(again(people.alex))
