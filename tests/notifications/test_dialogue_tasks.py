"""Every task of sms.md 7 that exists, by text alone, in every language: from the first text to
the receipt. The words are the first ones that each language's list advertises."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal import languages
from portal.appointments.models import How
from tests.notifications.dialogues import Talk, sam, word
from tests.people import People, StoppedClock, again

__all__ = ["sam"]

LANGUAGES = [language.code for language in languages.offered()]


@pytest.fixture
def talk(sam: Talk) -> Talk:
    return sam


def say(talk: Talk, intent: str) -> Talk:
    """The person's own word for it."""
    return talk.says(word(talk.person.language, intent))


def test_accept(talk: Talk):
    talk.offered()
    talk.says("1").hears_receipt_of("accepted")


def test_ask_to_cancel_and_say_why(talk: Talk):
    visit = talk.offered()
    say(talk, "cancel")
    talk.says(talk.code())
    assert talk.receipt() in talk.received[-2]
    talk.says("4").hears_receipt_of("reason_given")
    assert talk.status(visit) == "booked"


def test_ask_for_a_phone_call(talk: Talk):
    talk.offered()
    say(talk, "phone").hears_receipt_of("asked_for_phone_call")


def test_another_time(talk: Talk, people: People):
    talk.free_times(people)
    talk.offered()
    say(talk, "other_time").hears("1 = ", "3 = ").says("2").hears_receipt_of("time_picked")


def test_undo(talk: Talk):
    talk.offered()
    talk.says("1")
    say(talk, "undo").hears_receipt_of("withdrawn")


def test_next_and_its_offer(talk: Talk):
    talk.offered()
    say(talk, "next").hears("1 = ").says("1").says("1").hears_receipt_of("accepted")


@pytest.mark.parametrize("digit", "123")
def test_call_me(talk: Talk, digit: str):
    say(talk, "callback").says(digit).hears_receipt_of("call_asked")


def test_said_again_is_confirmed_again(talk: Talk):
    say(talk, "callback").says("2").hears_receipt_of("call_asked")
    confirmed, heard = talk.last, len(talk.received)
    say(talk, "callback").says("2", after=700)
    assert talk.received[heard + 1 :] == [confirmed]
    assert talk.happened() == ["call_asked"]


def test_no_free_time_asked_for_again_is_confirmed_again(talk: Talk):
    talk.offered()
    talk.says("4").hears_receipt_of("asked_for_another_time")
    confirmed, heard = talk.last, len(talk.received)
    talk.says("4", after=700)
    assert talk.received[heard:] == [confirmed]
    assert talk.happened().count("asked_for_another_time") == 1


def test_call_me_from_the_menu(talk: Talk):
    say(talk, "menu").hears("6 ").says("6").says("2").hears_receipt_of("call_asked")


def test_a_message_in_several_texts(talk: Talk):
    say(talk, "message")
    heard = len(talk.received)
    talk.says("I have moved house.").says("My new address is in York.").says("Thank you.")
    talk.hears_nothing_new(heard + 1)
    say(talk, "done").hears("3", "1 ", "2 ").says("1").hears_receipt_of("written")


def test_a_message_dropped(talk: Talk):
    say(talk, "message").says("I have moved house.").says("0")
    assert talk.happened() == []


def test_a_message_added_to_and_deleted(talk: Talk):
    say(talk, "message").says("I have moved house.")
    say(talk, "done").says("2").says("To York.")
    say(talk, "done").hears("2").says("3")
    assert talk.happened() == []


def test_language(talk: Talk):
    other = LANGUAGES[LANGUAGES.index(talk.person.language) - 1]
    talk.says(languages.known()[other].endonym)
    assert talk.happened() == ["language_chosen"]
    with talk.app.app_context():
        assert again(talk.person).language == other


def test_language_from_the_menu(talk: Talk):
    say(talk, "menu").says("7").hears("1 English", "العربية")
    talk.says("1")
    assert (talk.happened() == ["language_chosen"]) is (talk.person.language != "en")


def test_more_languages_than_digits(talk: Talk, monkeypatch: pytest.MonkeyPatch):
    """The ninth digit names those that are left and leads to them."""
    everything = tuple(languages.known().values())
    monkeypatch.setattr(languages, "offered", lambda: everything)
    say(talk, "menu").says("7").hears("1 English", "8 ", "9 ", everything[-1].endonym)
    talk.hears(", ".join(language.endonym for language in everything[8:]))
    talk.says("9").hears(f"1 {everything[8].endonym}", f"{len(everything) - 8} ")
    talk.says(str(len(everything) - 8))
    with talk.app.app_context():
        assert again(talk.person).language == everything[-1].code


@pytest.mark.parametrize("typed", ["99", "0", "19", "10", "12"])
def test_what_is_no_digit_of_the_list_chooses_no_language(talk: Talk, typed: str):
    before = talk.person.language
    say(talk, "menu").says("7").says(typed)
    assert talk.happened() == []
    with talk.app.app_context():
        assert again(talk.person).language == before


def test_settings(talk: Talk):
    say(talk, "settings").hears("1 ", "3 ", "0 ").says("3")
    assert talk.happened() == ["morning_text_chosen"]
    say(talk, "settings").says("1")
    assert talk.happened()[-1] == "discreet_chosen"
    say(talk, "settings").says("2")
    with talk.app.app_context():
        assert again(talk.person).discreet, "not by a number alone"


def test_status(talk: Talk):
    talk.offered()
    talk.says("3")
    receipt = talk.receipt()
    talk.says(f"{word(talk.person.language, 'status')} {receipt}").hears(receipt)
    talk.says(f"{word(talk.person.language, 'status')} ZZZZZZZZ")
    assert receipt not in talk.last


def test_running_late(talk: Talk, clock_stopped: StoppedClock):
    visit = talk.offered()
    talk.says("1")
    with talk.app.app_context():
        clock_stopped.at(talk.visit(visit).starts_at - timedelta(minutes=45))
    talk.settles()
    say(talk, "late").says("3").hears_receipt_of("running_late")
    say(talk, "undo").hears_receipt_of("report_withdrawn")
    assert talk.answer(visit) == "accepted"


def test_no_fare(talk: Talk):
    visit = talk.offered()
    say(talk, "fare").hears_receipt_of("cannot_pay_fare")
    assert talk.status(visit) == "booked"


def test_they_did_not_call(talk: Talk, clock_stopped: StoppedClock):
    visit = talk.offered(how=How.phone)
    talk.says("1")
    with talk.app.app_context():
        clock_stopped.at(talk.visit(visit).starts_at + timedelta(minutes=30))
    talk.settles()
    say(talk, "no_call").hears_receipt_of("they_did_not_call")


def test_in_hospital(talk: Talk):
    visit = talk.offered()
    say(talk, "hospital").hears_receipt_of("in_hospital")
    assert talk.status(visit) == "booked"


def test_stop_start_help(talk: Talk):
    say(talk, "stop")
    assert talk.happened() == ["texts_stopped"]
    say(talk, "start")
    assert talk.happened() == ["texts_stopped", "texts_started"]
    heard = len(talk.received)
    say(talk, "help").hears_nothing_new(heard + 1)


def test_stop_from_the_menu_is_asked_once_more(talk: Talk):
    say(talk, "menu").says("9")
    assert talk.happened() == []
    talk.says("1")
    assert talk.happened() == ["texts_stopped"]


def test_every_line_of_the_menu_leads_somewhere(talk: Talk):
    talk.offered()
    for digit in "1678905":
        talk.time.later(minutes=30)
        say(talk, "menu")
        heard = len(talk.received)
        talk.says(digit)
        assert len(talk.received) == heard + 1, digit
    assert talk.happened() == ["offered"]


def test_what_is_asked_about_is_done_after_yes(talk: Talk):
    talk.offered()
    if talk.person.language == "en":
        talk.says("I am stuck in traffic and running late").hears("you will be late")
        talk.says("1").hears("How late")
    talk.says(word(talk.person.language, "callback") + "?").hears("1", "0")
    talk.says("1").says("2").hears_receipt_of("call_asked")


def test_no_interpreter_came(talk: Talk, clock_stopped: StoppedClock):
    visit = talk.offered()
    talk.says("1")
    with talk.app.app_context():
        clock_stopped.at(talk.visit(visit).starts_at + timedelta(minutes=15))
    talk.settles()
    say(talk, "no_interpreter").hears_receipt_of("no_interpreter_came")
