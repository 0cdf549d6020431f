"""The PIN by text (sms.md 6 and 13): what needs it, how it is taken, and that it is not kept."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from notifications.models import Dialogue, InboundText
from portal.database import db, transaction
from tests.notifications.dialogues import Talk
from tests.notifications.two_people import PIN, Two, sets_pin, waits_for_call
from tests.people import again


class TestPin:
    """State PIN: the code resumes; three wrong ones end in a call."""

    def discreet(self, talk: Talk) -> Talk:
        with talk.app.app_context(), transaction():
            again(talk.person).discreet = True
        return talk

    def is_discreet(self, talk: Talk) -> bool:
        with talk.app.app_context():
            return again(talk.person).discreet

    def test_the_code_resumes(self, talk: Talk):
        sets_pin(self.discreet(talk), talk.person)
        talk.says("settings").says("2").hears("PIN", "stays in your sent texts", "1 = ", "0 = back")
        assert self.is_discreet(talk)
        talk.says(PIN)
        assert not self.is_discreet(talk)
        assert talk.happened()[-1] == "discreet_chosen"

    @pytest.mark.parametrize("typed", ["48 21", " 4821 please", "٤٨٢١", "4-8-2-1"])
    def test_as_people_write_it(self, talk: Talk, typed: str):
        sets_pin(self.discreet(talk), talk.person)
        talk.says("settings").says("2").says(typed)
        assert not self.is_discreet(talk)

    def test_it_is_not_kept(self, talk: Talk):
        sets_pin(self.discreet(talk), talk.person)
        talk.says("settings").says("2").says("9999").says(PIN)
        with talk.app.app_context():
            bodies = list(db.session.scalars(sa.select(InboundText.body)))
            assert PIN not in " ".join(bodies)
            assert "9999" not in " ".join(bodies)
            # As a word of its own: an id or a hash may have the same digits by chance.
            facts = str(db.session.get(Dialogue, talk.number).facts)
            assert not re.search(rf"(?<![\w-]){PIN}(?![\w-])", facts)
            assert again(talk.person).pin_hash.startswith("$argon2id$")

    @pytest.mark.parametrize("typed", ["my pin is 4821", "4821?", "4821 or 4822", "9999 isnt it"])
    def test_however_it_is_typed_no_figure_of_it_is_kept(self, talk: Talk, typed: str):
        sets_pin(self.discreet(talk), talk.person)
        talk.says("settings").says("2").says(typed)
        assert not set("489") & set(self.bodies(talk)[-1]), self.bodies(talk)

    @pytest.mark.parametrize("pause", [120, 3700])
    def test_nor_once_more_or_after_the_question_ran_out(self, talk: Talk, pause: float):
        sets_pin(self.discreet(talk), talk.person)
        talk.says("settings").says("2").says(PIN, after=pause).says(PIN)
        assert PIN not in " ".join(self.bodies(talk))

    def test_figures_in_a_message_are_kept(self, talk: Talk):
        sets_pin(self.discreet(talk), talk.person)
        talk.says("settings").says("2").says(PIN).says("message").says("4822")
        assert self.bodies(talk)[-1] == "4822"

    def test_words_that_are_no_pin_repeat_the_question(self, talk: Talk):
        self.discreet(talk).says("settings").says("2").says("florble").hears("Reply with your PIN")

    def bodies(self, talk: Talk) -> list[str]:
        with talk.app.app_context():
            return list(db.session.scalars(sa.select(InboundText.body).order_by(InboundText.id)))

    @pytest.mark.parametrize("has_one", [True, False])
    def test_a_pin_guessed(self, talk: Talk, has_one: bool):
        if has_one:
            sets_pin(talk, talk.person)
        self.discreet(talk).says("settings").says("2").hears("PIN")
        said = [talk.last]
        for guess in ("1111", "2222"):
            said.append(talk.says(guess).last)
            assert "Reply with your PIN" in said[-1]
        talk.says("3333").hears("You asked for a call as soon as possible", talk.receipt())
        assert talk.happened()[-2:] == ["pin_not_matched", "call_asked"]
        assert waits_for_call(talk, talk.person)
        assert self.is_discreet(talk)
        talk.says(PIN)
        assert self.is_discreet(talk)
        assert said == [
            "This needs your PIN. It stays in your sent texts. Reply with your PIN.\n"
            "1 = no PIN, or please call me\n0 = back",
            *["We cannot go on with that. Reply with your PIN.\n1 = no PIN, or please call me\n"
              "0 = back"] * 2,
        ]  # fmt: skip

    def test_guesses_are_counted_over_the_day(self, talk: Talk):
        sets_pin(self.discreet(talk), talk.person)
        for _ in range(2):
            talk.says("settings", after=900).says("2")
            for guess in ("1111", "2222", "3333"):
                talk.says(guess)
        talk.says("settings", after=900).says("2").hears("You asked for a call")
        assert "PIN" not in talk.last
        talk.says(PIN)
        assert self.is_discreet(talk)
        talk.time.later(hours=25)
        talk.says("settings").says("2").hears("PIN").says(PIN)
        assert not self.is_discreet(talk)

    def test_no_pin_and_a_call_instead(self, talk: Talk):
        self.discreet(talk).says("settings").says("2").says("1").hears("You asked for a call")
        assert waits_for_call(talk, talk.person)
        assert self.is_discreet(talk)

    def test_back(self, talk: Talk):
        visit = self.discreet(talk).offered()
        talk.says("settings").says("2").says("0").hears("Nothing was done")
        assert self.is_discreet(talk)
        assert talk.answer(visit) == "none"

    def test_the_digits_of_the_question_never_answer_the_offer(self, talk: Talk):
        visit = self.discreet(talk).offered()
        talk.says("settings").says("2").says("1").says("1", after=5)
        assert talk.answer(visit) == "none"

    def test_it_holds_for_some_minutes(self, talk: Talk):
        sets_pin(self.discreet(talk), talk.person)
        talk.says("settings").says("2").says(PIN)
        with talk.app.app_context(), transaction():
            again(talk.person).discreet = True
        talk.says("settings").says("2", after=60)
        assert not self.is_discreet(talk)
        self.discreet(talk).says("settings", after=700).says("2").hears("PIN")

    def test_it_runs_out(self, talk: Talk):
        sets_pin(self.discreet(talk), talk.person)
        talk.says("settings").says("2").says(PIN, after=3700)
        assert self.is_discreet(talk)

    @pytest.mark.parametrize("words", ["STOP", "i want to die"])
    def test_stop_and_danger_come_before_it(self, talk: Talk, words: str):
        self.discreet(talk).says("settings").says("2").says(words)
        assert talk.happened()[-1] in ("texts_stopped", "concern_raised")

    def test_a_pin_on_a_shared_phone_is_of_the_one_who_said_who_they_are(self, two: Two):
        sets_pin(two.lex, two.people.alex)
        with two.lex.app.app_context(), transaction():
            again(two.kim_row).discreet = True
        two.lex.says("settings").says("2").hears("For the second person").says("2").says(PIN)
        two.lex.hears("Reply with your PIN")
        with two.lex.app.app_context():
            assert again(two.kim_row).discreet
