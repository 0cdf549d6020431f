"""Messages that are never finished (sms.md 7, 10): asked about once, kept, never sent for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from notifications import texts
from notifications.conversation import registry, writing
from portal import clock
from portal.account import actions as account
from portal.database import transaction
from tests.notifications.dialogues import EACH_LANGUAGE, Talk, sent_of_kind, word
from tests.people import People, StoppedClock, actor, again, appointment


def passes(talk: Talk, **delta: float) -> Talk:
    talk.time.later(**delta)
    return talk.settles()


def begins(talk: Talk, parts: int = 3) -> Talk:
    talk.says("message")
    for number in range(parts):
        talk.says(f"Part {number} of it.")
    return talk


@pytest.mark.parametrize("language", EACH_LANGUAGE)
def test_after_half_an_hour_they_are_asked_once(talk: Talk, people: People, language: str):
    with talk.app.app_context(), transaction():
        again(talk.person).language = language
    talk.says(word(language, "message")).says("a").says("b").says("c")
    heard = len(talk.received)
    passes(talk, minutes=28).hears_nothing_new(heard)
    passes(talk, minutes=4).hears("3", "1 ", "2 ")
    passes(talk, hours=5).hears_nothing_new(heard + 1)
    talk.says("1").hears_receipt_of("written")


def test_2_adds_more_and_it_is_not_asked_about_again(talk: Talk):
    passes(begins(talk), minutes=35).says("2").says("And this.")
    heard = len(talk.received)
    passes(talk, minutes=40).hears_nothing_new(heard)
    talk.says("done").hears("Texts kept: 4").says("1").hears_receipt_of("written")


def test_3_deletes(talk: Talk):
    passes(begins(talk), minutes=35).says("3").hears("Nothing was sent")
    assert talk.happened() == []


def test_words_instead_of_a_digit_are_one_more_part(talk: Talk):
    passes(begins(talk), minutes=35).says("I also moved to York.").hears("Texts kept: 4")
    talk.says("1").hears_receipt_of("written")


@pytest.mark.parametrize("words", ["stop", "i have no food"])
def test_stop_and_danger_are_read_all_the_same(talk: Talk, words: str):
    passes(begins(talk), minutes=35).says(words)
    assert talk.happened()[-1] in ("texts_stopped", "concern_raised")


def test_nothing_written_is_nothing_to_ask_about(talk: Talk):
    talk.says("message")
    heard = len(talk.received)
    passes(talk, hours=50).hears_nothing_new(heard)
    assert talk.tasks() == set()


def test_somebody_who_goes_on_writing_is_not_asked(talk: Talk):
    begins(talk)
    for _ in range(4):
        passes(talk, minutes=20).says("and more")
    assert sent_of_kind(talk, texts.UNFINISHED) == 0


def test_at_night_it_waits_for_the_morning(talk: Talk, clock_stopped: StoppedClock):
    clock_stopped.at(datetime(2027, 2, 1, 19, 45, tzinfo=UTC))
    begins(talk)
    heard = len(talk.received)
    passes(talk, hours=3).hears_nothing_new(heard)
    clock_stopped.at(datetime(2027, 2, 2, 8, 1, tzinfo=UTC))
    talk.settles().hears_nothing_new(heard + 1).hears("Texts kept: 3")


def test_their_own_hours_count(talk: Talk, clock_stopped: StoppedClock):
    talk.says("settings").says("4").says("4")
    begins(talk)
    heard = len(talk.received)
    passes(talk, hours=2).hears_nothing_new(heard)
    clock_stopped.at(datetime(2027, 2, 1, 17, 1, tzinfo=UTC))
    talk.settles().hears("Texts kept: 3")


def test_after_two_days_it_is_not_sent_and_somebody_asks(talk: Talk):
    begins(talk)
    passes(talk, minutes=35)
    passes(talk, hours=48)
    assert talk.happened() == []
    assert talk.tasks() == {"messages.unfinished"}
    talk.says("1").hears("There is no question to answer now")
    assert talk.happened() == []


def test_the_two_days_begin_with_the_last_part(talk: Talk):
    passes(begins(talk), minutes=35)
    passes(talk, hours=40).says("2").says("One more thing.")
    passes(talk, hours=40)
    assert talk.tasks() == set()
    talk.says("done").hears("Texts kept: 4").says("1").hears_receipt_of("written")


def test_looked_over_and_left_is_let_go_too(talk: Talk):
    begins(talk).says("done")
    passes(talk, hours=49)
    assert talk.tasks() == {"messages.unfinished"}


def test_nobody_is_asked_who_stopped_texts(talk: Talk, people: People):
    begins(talk)
    heard = len(talk.received)
    with talk.app.app_context(), transaction():
        account.stop_texts(again(people.alex), by=actor(people.alex))
    passes(talk, minutes=40)
    assert sent_of_kind(talk, texts.UNFINISHED) == 0
    talk.hears_nothing_new(heard + 1)


def test_the_old_number_hears_nothing_after_a_change(talk: Talk, people: People):
    begins(talk)
    heard = len(talk.received)
    with talk.app.app_context(), transaction():
        account.set_number(again(people.alex), "+447700900888", by=actor(people.coach))
    passes(talk, hours=1).hears_nothing_new(heard)


def test_two_people_are_asked_each_about_their_own(talk: Talk, people: People):
    other = Talk(talk.app, talk.time, people.stranger)
    begins(talk, 2)
    begins(other, 1)
    passes(talk, minutes=40)
    talk.hears("Texts kept: 2")
    other.hears("Texts kept: 1")


class TestOffers:
    """No offer breaks in while somebody writes, unless it is for a time that is near."""

    def books(self, talk: Talk, hours: float) -> None:
        with talk.app.app_context(), transaction():
            at = clock.now().replace(minute=0, second=0, microsecond=0)
            appointment(again(talk.person), at + timedelta(hours=hours))
        talk.settles()

    def test_a_distant_one_waits_until_they_have_sent_it(self, talk: Talk):
        begins(talk)
        heard = len(talk.received)
        self.books(talk, 9 * 24)
        talk.hears_nothing_new(heard)
        talk.says("done").says("1")
        assert any("Jobcentre appointment" in each for each in talk.received[heard:])

    def test_or_dropped_it(self, talk: Talk):
        begins(talk)
        self.books(talk, 9 * 24)
        talk.says("0")
        assert any("Jobcentre appointment" in each for each in talk.received)

    def test_or_left_it_for_hours(self, talk: Talk):
        begins(talk)
        self.books(talk, 9 * 24)
        passes(talk, hours=4.1)
        assert any("Jobcentre appointment" in each for each in talk.received)

    def test_a_near_one_does_not_wait(self, talk: Talk):
        begins(talk)
        self.books(talk, 30)
        talk.hears("Jobcentre")

    def test_they_can_go_on_with_it_at_once(self, talk: Talk):
        begins(talk)
        self.books(talk, 30)
        talk.says("1").says("message").says("More.").says("done").hears("Texts kept: 4").says("1")
        passes(talk, hours=1)
        assert talk.happened().count("written") == 1
        assert sent_of_kind(talk, texts.UNFINISHED) == 0

    @pytest.mark.parametrize("answer", ["4", "3", "help"])
    def test_whatever_they_do_about_it_the_words_are_kept(
        self, talk: Talk, people: People, answer: str
    ):
        talk.free_times(people)
        begins(talk)
        self.books(talk, 30)
        talk.says(answer)
        passes(talk, hours=30)
        assert any("Texts kept: 3" in each for each in talk.received)

    def test_asked_about_and_interrupted_it_is_asked_about_again(self, talk: Talk):
        passes(begins(talk), minutes=35).hears("Texts kept: 3")
        self.books(talk, 30)
        talk.says("1")
        passes(talk, minutes=40).hears("Texts kept: 3").says("1").hears_receipt_of("written")

    def test_what_was_written_is_not_lost_by_it(self, talk: Talk):
        begins(talk)
        self.books(talk, 30)
        talk.says("1")
        passes(talk, minutes=40)
        assert "accepted" in talk.happened()
        talk.hears("Texts kept: 3").says("1").hears_receipt_of("written")


def test_whatever_can_be_written_says_what_becomes_of_it():
    for kind, each in registry.writings().items():
        assert each.kind == kind
        assert each.unfinished == "" or "." in each.unfinished


@pytest.mark.parametrize(
    ("given", "pieces"),
    [
        (["ab", "cd"], ["ab\ncd"]), (["abcdef", "gh"], ["abcde", "f\ngh"]), ([], []),
        (["abcde", "fghij"], ["abcde", "fghij"]), (["a" * 12], ["a" * 5, "a" * 5, "a" * 2]),
    ],
)  # fmt: skip
def test_long_messages_are_cut_into_as_few_as_can_be(given: list[str], pieces: list[str]):
    assert writing.joined(given, 5) == pieces


def test_what_was_written_lies_safe_below_the_question_for_the_pin(talk: Talk):
    begins(talk, 2)
    talk.offered(days=1)
    talk.says("plan").hears("PIN").says("next").says("message").says("done")
    talk.hears("Texts kept: 2")


def test_what_was_written_is_asked_about_after_pin_and_dates(talk: Talk):
    begins(talk, 2)
    talk.offered(days=1)
    talk.says("plan").hears("PIN").says("next")
    passes(talk, hours=26).hears("Texts kept: 2")
