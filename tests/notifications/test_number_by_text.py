"""A new mobile number, by text from the old one (sms.md 13): the PIN, and a code from the new."""

from __future__ import annotations

import re

import pytest

from portal.account import throttle
from tests.notifications.dialogues import Talk, sam, word
from tests.notifications.two_people import PIN, sets_pin
from tests.people import again

__all__ = ["sam"]

NEW, OTHER = "+447700900155", "+447700900156"


@pytest.fixture
def talk(sam: Talk) -> Talk:
    sets_pin(sam, sam.person)
    return sam


def asks(talk: Talk, pin: str = PIN) -> Talk:
    return says_settings(talk).hears("6 ").says("6").says(pin)


def says_settings(talk: Talk) -> Talk:
    return talk.says(word(talk.person.language, "settings"))


def new_phone(talk: Talk) -> Talk:
    return Talk(talk.app, talk.time, again_with(talk, NEW))


def again_with(talk: Talk, number: str):
    with talk.app.app_context():
        person = again(talk.person)
        person.mobile = number
        return person


def code_of(talk: Talk) -> str:
    found = re.search(r"\b\d{6}\b", new_phone(talk).last)
    assert found, new_phone(talk).received
    return found[0]


def number_of(talk: Talk) -> str:
    with talk.app.app_context():
        return again(talk.person).mobile or ""


@pytest.mark.parametrize("typed", ["07700 900155", "+447700900155", "٠٧٧٠٠٩٠٠١٥٥"])
def test_it_changes_with_the_pin_and_the_code_of_the_new_phone(talk: Talk, typed: str) -> None:
    asks(talk).hears("0 = ")
    talk.says(typed).hears("10", "0 = ")
    assert number_of(talk) == talk.number
    code = code_of(talk)
    assert not any(code in text for text in talk.received)
    talk.says(f"{code[:3]} {code[3:]}")
    new_phone(talk).hears(talk.receipt())
    assert number_of(talk) == NEW
    assert talk.happened()[-2:] == ["number_change_asked", "number_changed"]
    assert len(new_phone(talk).received) == 2


def test_without_the_pin_nothing_is_asked(talk: Talk) -> None:
    asks(talk, "9999").says("07700 900155")
    assert number_of(talk) == talk.number
    assert "number_change_asked" not in talk.happened()
    assert not new_phone(talk).received


@pytest.mark.parametrize(
    "typed", ["0113 496 0000", "hello", "07700 90015", "+33612345678", "my new one is below"]
)
def test_what_is_no_mobile_number_here_is_asked_for_again(talk: Talk, typed: str) -> None:
    asks(talk).says(typed).hears("07700 900123", "0 = ")
    assert "number_change_asked" not in talk.happened()
    talk.says("07700 900155")
    assert new_phone(talk).received


def test_a_wrong_code_changes_nothing_and_can_be_put_right(talk: Talk) -> None:
    asks(talk).says("07700 900155")
    code = code_of(talk)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    talk.says(wrong, after=20).hears("0 = ")
    assert number_of(talk) == talk.number
    talk.says(code, after=20)
    assert number_of(talk) == NEW


def test_five_wrong_codes_end_it(talk: Talk) -> None:
    asks(talk).says("07700 900155")
    code = code_of(talk)
    for more in range(1, 6):
        talk.says(f"{(int(code) + more) % 1_000_000:06d}", after=20)
    assert "0 = " not in talk.last
    talk.says(code, after=20)
    assert number_of(talk) == talk.number


def test_back_leaves_it_at_each_step(talk: Talk) -> None:
    asks(talk).says("0")
    talk.says("07700 900155", after=5)
    assert "number_change_asked" not in talk.happened()
    says_settings(talk).says("6").says("07700 900155").says("0")
    talk.says(code_of(talk))
    assert number_of(talk) == talk.number


@pytest.mark.parametrize("step", ["number", "code"])
def test_a_question_left_open_is_closed_after_a_quarter_of_an_hour(talk: Talk, step: str) -> None:
    asks(talk)
    if step == "code":
        talk.says("07700 900155")
        talk.says(code_of(talk), after=16 * 60)
    else:
        talk.says("07700 900155", after=16 * 60)
        assert "number_change_asked" not in talk.happened()
    assert number_of(talk) == talk.number


def test_codes_to_numbers_are_counted_together_with_the_webs(talk: Talk) -> None:
    asks(talk)
    with talk.app.app_context():
        while throttle.allow("code for a number", f"change {talk.person.id}"):
            pass
    talk.says("07700 900155").hears("15")
    assert "number_change_asked" not in talk.happened()


def test_words_are_no_try_at_the_code(talk: Talk) -> None:
    asks(talk).says("07700 900155")
    code = code_of(talk)
    for words in ("what code?", "hello", "i did not get it", "123"):
        talk.says(words, after=5)
    talk.says(code, after=5)
    assert number_of(talk) == NEW


@pytest.mark.parametrize("step", ["pin", "number", "code"])
def test_wrong_number_is_only_asked_about_here(talk: Talk, step: str) -> None:
    if step == "pin":
        says_settings(talk).says("6")
    else:
        asks(talk)
    if step == "code":
        talk.says("07700 900155")
    talk.says("wrong number").hears("1", "0")
    with talk.app.app_context():
        assert again(talk.person).number_disowned_at is None
