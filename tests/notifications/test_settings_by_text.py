"""What can be settled about our texts by text (sms.md 7, 12): plain letters, hours, discreet."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from flask import Flask

from notifications import segments
from notifications.conversation import grammar, tables
from notifications.conversation.grammar import HOURS, parse
from portal import languages
from portal.account.models import Letters
from portal.database import transaction
from tests.notifications.dialogues import Talk, sam, word
from tests.people import People, StoppedClock, again, claimant

__all__ = ["sam"]

ACCENTS = set("âêîôûŵŷÂÊÎÔÛŴŶ")


@pytest.fixture
def talk(sam: Talk) -> Talk:
    return sam


@pytest.fixture
def nia(app: Flask, people: People, clock_stopped: StoppedClock) -> Talk:
    """Somebody who reads Welsh."""
    with app.app_context(), transaction():
        person = claimant(again(people.office), "Nia Rees", "+447700900119", language="cy")
    return Talk(app, clock_stopped, person)


def says(talk: Talk, intent: str) -> Talk:
    return talk.says(word(talk.person.language, intent))


class TestHours:
    @pytest.mark.parametrize(
        ("choice", "quiet"),
        [
            ("2", (time(12), time(8))),
            ("3", (time(17), time(12))),
            ("4", (time(20), time(17))),
            ("9-17", (time(17), time(9))),
            ("10 to 12", (time(12), time(10))),
            ("٩-١٧", (time(17), time(9))),
        ],
    )
    def test_the_person_narrows_them(self, talk: Talk, choice: str, quiet: tuple[time, time]):
        says(talk, "settings").hears("4 ").says("4").hears("1 = ", "4 = ", "9-17")
        talk.says(choice).hears_receipt_of("quiet_times_chosen")
        with talk.app.app_context():
            kept = again(talk.person)
            assert (kept.quiet_from, kept.quiet_to) == quiet

    @pytest.mark.parametrize("choice", ["1", "8-20"])
    def test_the_usual_hours_again(self, talk: Talk, choice: str):
        says(talk, "settings").says("4").says("2")
        says(talk, "settings").says("4").says(choice).hears_receipt_of("quiet_times_chosen")
        with talk.app.app_context():
            assert again(talk.person).quiet_from is None

    @pytest.mark.parametrize("choice", ["7-22", "17-9", "9-9", "20-21", "0-24"])
    def test_hours_that_cannot_be_are_asked_again(self, talk: Talk, choice: str):
        says(talk, "settings").says("4").says(choice).hears("9-17")
        assert talk.happened() == []
        talk.says("9-17").hears_receipt_of("quiet_times_chosen")

    @pytest.mark.parametrize("choice", ["9-17?", "not 9-17", "9.30-17", "9/17", "5", "-9-17"])
    def test_a_doubt_changes_nothing(self, talk: Talk, choice: str):
        says(talk, "settings").says("4").says(choice)
        assert talk.happened() == []

    def test_saying_it_twice_records_it_once(self, talk: Talk):
        for _ in range(2):
            says(talk, "settings").says("4").says("3")
        assert talk.happened() == ["quiet_times_chosen"]

    def test_0_goes_back(self, talk: Talk):
        says(talk, "settings").says("4")
        heard = len(talk.received)
        talk.says("0").hears_nothing_new(heard + 1)
        assert talk.happened() == []

    def test_reminders_and_offers_wait_for_these_hours(
        self, talk: Talk, clock_stopped: StoppedClock
    ):
        says(talk, "settings").says("4").says("4")
        heard = len(talk.received)
        talk.offered()
        talk.hears_nothing_new(heard)
        clock_stopped.at(datetime(2027, 2, 1, 17, 0, 1, tzinfo=UTC))
        talk.settles().hears_nothing_new(heard + 1)

    def test_answers_to_their_own_texts_do_not_wait(self, talk: Talk):
        says(talk, "settings").says("4").says("4")
        heard = len(talk.received)
        says(talk, "help").hears_nothing_new(heard + 1)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("9-17", "9-17"), ("09:00-17:00", "9-17"), ("9am-5pm", "9-17"), ("9 am to 5 pm", "9-17"),
        ("9 – 17", "9-17"), ("12pm-5pm", "12-17"), ("12am-8am", "0-8"), ("9-17 please", "9-17"),
        ("০৯-১৭", "9-17"), ("25-26", ""), ("13pm-15", ""), ("9", ""), ("917", ""), ("9 17", ""),
        ("9-17-20", ""), ("9-17 or 5", ""), ("after 9-17", ""), ("109-117", ""),
    ],
)  # fmt: skip
def test_two_hours_are_read_exactly(text: str, meant: str):
    found = parse(text, "en", HOURS)
    assert (found.value if found.exact and found.kind == "hours" else "") == meant


def test_two_hours_mean_nothing_under_another_question():
    for state in (grammar.IDLE, grammar.OFFER, grammar.CONFIRM_CANCEL, grammar.MENU):
        assert not parse("9-17", "en", state).exact


class TestLetters:
    def test_plain_and_full(self, nia: Talk):
        nia.says("SYML").hears_receipt_of("letters_chosen")
        assert ACCENTS.isdisjoint(nia.last)
        nia.says("next")
        assert ACCENTS.isdisjoint(nia.last)
        nia.says("LLAWN").hears_receipt_of("letters_chosen")
        with nia.app.app_context():
            assert again(nia.person).letters is Letters.full

    @pytest.mark.parametrize("letters", list(Letters))
    def test_every_text_obeys(self, nia: Talk, letters: Letters):
        with nia.app.app_context(), transaction():
            again(nia.person).letters = letters
        nia.offered()
        nia.says("gobbledygook").says("help").says("2").says("1").says("1").says("undo").says("na")
        for text in nia.received:
            with nia.app.app_context():
                size = segments.measure(text)
            if letters is Letters.plain:
                assert ACCENTS.isdisjoint(text), text
            if letters is Letters.full:
                assert size.segments <= 2, text
            if letters is Letters.auto and size.segments > 1:
                assert ACCENTS.isdisjoint(text), text
        assert "galwad ffôn" in nia.last or letters is not Letters.full

    @pytest.mark.parametrize(
        ("digit", "letters"), [("2", Letters.plain), ("3", Letters.full), ("1", Letters.auto)]
    )
    def test_from_the_settings(self, nia: Talk, digit: str, letters: Letters):
        nia.says("SYML" if digit != "2" else "LLAWN")
        nia.says("gosodiadau").hears("5 ").says("5").says(digit).hears_receipt_of("letters_chosen")
        with nia.app.app_context():
            assert again(nia.person).letters is letters

    def test_a_language_with_one_way_to_write_says_so(self, talk: Talk):
        if talk.person.language == "en":
            says(talk, "plain").hears_receipt_of("letters_chosen")
            return
        says(talk, "plain")
        chosen = languages.known()[talk.person.language].has_accents
        assert (talk.happened() == ["letters_chosen"]) is chosen

    def test_nothing_to_choose_is_not_offered(self, talk: Talk):
        says(talk, "settings")
        has_accents = languages.known()[talk.person.language].has_accents
        assert ("\n5 " in talk.last) is has_accents

    @pytest.mark.parametrize("language", tables.LANGUAGES)
    def test_every_language_has_its_words_for_it(self, language: str):
        for intent in ("plain", "full"):
            for form in tables.advertised(language)[intent]:
                found = parse(form, language)
                assert (found.kind, found.exact) == (intent, True), form


class TestOthers:
    def test_discreet_has_a_receipt(self, talk: Talk):
        says(talk, "settings").says("1").hears_receipt_of("discreet_chosen")
        says(talk, "settings").says("1")
        assert talk.happened() == ["discreet_chosen"]

    def test_the_morning_text_goes_off_and_on(self, talk: Talk):
        for on in (False, True):
            says(talk, "settings").says("3").hears_receipt_of("morning_text_chosen")
            with talk.app.app_context():
                assert again(talk.person).morning_text is on

    def test_0_goes_back(self, talk: Talk):
        says(talk, "settings")
        heard = len(talk.received)
        talk.says("0").hears_nothing_new(heard + 1)

    def test_no_line_names_the_jobcentre(self, talk: Talk):
        """They may be read where texts are discreet."""
        says(talk, "settings")
        with talk.app.app_context(), languages.speaking(talk.person.language):
            for name in ("Jobcentre", "Byd Gwaith", "التوظيف", "Universal"):
                assert name not in talk.last


def test_discreet_texts_name_nobody_in_the_menu_and_have_no_plan(talk: Talk, people: People):
    with talk.app.app_context(), transaction():
        again(talk.person).discreet = True
    menu = talk.says("menu").last
    assert [line[0] for line in menu.splitlines() if line[:1].isdigit()] == list("1567890")
    assert "coach" not in menu
    talk.says("2").says("5")
    assert "coach" not in talk.last
    talk.says("I will be away.").says(word(talk.person.language, "done")).says("1")
    assert talk.happened()[-1] == "written"


def test_what_a_text_costs_is_said_once(talk: Talk):
    first = talk.says("help").last
    menu, again_asked = talk.says("menu").last, talk.says("help").last
    said = first.removeprefix(again_asked).strip()
    assert said
    assert said != first
    assert said not in menu
