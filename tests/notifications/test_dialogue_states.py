"""Every row of the table of states (sms.md 6), but for those of test_dialogue_cancelling.py."""

from __future__ import annotations

import pytest

from portal import clock
from portal.account import concern_actions, concern_queries
from portal.database import transaction
from tests.notifications.dialogues import Talk
from tests.people import People, StoppedClock, actor, again


class TestIdle:
    def test_keyword_goes_to_the_flow(self, talk: Talk):
        talk.says("next").hears("You have no appointments to come")

    @pytest.mark.parametrize("digit", "1234")
    def test_a_digit_answers_nothing(self, talk: Talk, digit: str):
        talk.says(digit).hears("There is no question to answer now")
        assert talk.happened() == []


class TestOffered:
    def test_1_accepted(self, talk: Talk):
        visit = talk.offered()
        talk.says("1").hears_receipt_of("accepted").hears("Accepted", "UNDO")
        assert talk.answer(visit) == "accepted"

    def test_3_phone_asked(self, talk: Talk):
        visit = talk.offered()
        talk.says("3").hears_receipt_of("asked_for_phone_call").hears("stands until")
        assert talk.answer(visit) == "asked_for_phone_call"

    def test_4_pick_time(self, talk: Talk, people: People):
        talk.free_times(people)
        visit = talk.offered()
        talk.says("4").hears("1 = Thu 11 Feb", "3 = Sat 13 Feb", "9 = none of these")
        assert talk.answer(visit) == "none"

    def test_2_confirm_cancel(self, talk: Talk):
        visit = talk.offered()
        talk.says("2").hears("To ask to cancel", talk.code(), "To keep it reply 1")
        assert talk.answer(visit) == "none"

    def test_unclear_stays(self, talk: Talk):
        visit = talk.offered()
        talk.says("the blue one").hears("Nothing has changed", "1 accept")
        talk.says("1")
        assert talk.answer(visit) == "accepted"

    def test_the_one_that_was_chosen_among_several_is_meant(self, talk: Talk):
        first, second = talk.offered(), talk.offered(days=10)
        talk.says("next").hears("1 = ", "2 = ")
        talk.says("2", after=10).hears("4 other time")
        talk.says("1", after=10).hears("Accepted")
        assert talk.answer(first) == "none"
        assert talk.answer(second) == "accepted"

    def test_expiry_needs_contact(self, talk: Talk, clock_stopped: StoppedClock):
        visit = talk.offered()
        with talk.app.app_context():
            clock_stopped.at(talk.visit(visit).starts_at)
        talk.settles().says("1").hears("There is no question to answer now")
        assert talk.answer(visit) == "none"


class TestPickTime:
    @pytest.fixture
    def visit(self, talk: Talk, people: People) -> object:
        talk.free_times(people)
        found = talk.offered()
        talk.says("4")
        return found

    @pytest.mark.parametrize(("digit", "day"), [("1", 11), ("2", 12), ("3", 13)])
    def test_1_to_3_moved(self, talk: Talk, visit: object, digit: str, day: int):
        talk.says(digit).hears_receipt_of("time_picked").hears(f"{day} Feb")
        talk.says(digit, after=5)
        assert talk.happened()[-1] == "time_picked"

    def test_9_staff_task(self, talk: Talk, visit: object):
        talk.says("9").hears_receipt_of("asked_for_another_time")

    def test_after_a_day_a_digit_means_neither_a_time_nor_the_offer(
        self, talk: Talk, visit: object
    ):
        for digit in "123":
            before = talk.happened()
            talk.says(digit, after=24 * 3600 + 60).hears("Reply 1 accept")
            assert talk.happened() == before
            talk.says("4")


class TestMenuAndLanguage:
    def test_menu_digit_next_step(self, talk: Talk):
        talk.says("menu").hears("1 appointments", "0 back").says("6").hears("When should we call")

    def test_menu_0_back(self, talk: Talk):
        talk.says("menu").says("0").hears("NEXT")

    def test_language_digit(self, talk: Talk):
        talk.says("language").hears("1 English", "Cymraeg").says("2")
        assert talk.happened() == ["language_chosen"]


class TestMessageOpen:
    def test_any_text_is_stored(self, talk: Talk):
        visit = talk.offered()
        talk.says("message").says("1").says("2").says("cancel").says("next")
        assert talk.answer(visit) == "none"
        talk.says("done").hears("Texts kept: 4")

    def test_done_review(self, talk: Talk):
        talk.says("message").says("I have moved.").says("DONE").hears("1 = send", "3 = delete")

    def test_0_drops(self, talk: Talk):
        talk.says("message").says("I have moved.").says("0").hears("Nothing was sent")
        assert talk.happened() == []


class TestReview:
    @pytest.fixture(autouse=True)
    def _written(self, talk: Talk) -> None:
        talk.says("message").says("I have moved.").says("DONE")

    def test_1_sent(self, talk: Talk):
        talk.says("1").hears_receipt_of("written")
        talk.says("1", after=5)
        assert talk.happened() == ["written"]

    def test_2_add_more(self, talk: Talk):
        talk.says("2").says("To York.").says("done").hears("Texts kept: 2")

    def test_3_delete(self, talk: Talk):
        talk.says("3").hears("Nothing was sent")
        assert talk.happened() == []


class TestSuggest:
    def test_1_the_first_step_of_the_action(self, talk: Talk):
        visit = talk.offered()
        talk.says("cant make it got hospital")
        assert talk.answer(visit) == "none"
        talk.says("1")
        assert talk.answer(visit) == "none"

    def test_else_the_menu(self, talk: Talk):
        visit = talk.offered()
        talk.says("ok").hears("Did you mean").says("0").hears("MENU")
        assert talk.answer(visit) == "none"

    def test_yes_to_accept(self, talk: Talk):
        talk.offered()
        talk.says("ok").hears("Did you mean: accept").says("1").hears_receipt_of("accepted")


class TestAny:
    @pytest.mark.parametrize("state", ["", "2", "menu", "message", "late", "settings"])
    def test_stop_opted_out(self, talk: Talk, state: str):
        talk.offered()
        if state:
            talk.says(state)
        talk.says("STOP").hears("no more texts")
        assert talk.happened()[-1] == "texts_stopped"

    @pytest.mark.parametrize("state", ["", "2", "menu", "message"])
    def test_safety_human(self, talk: Talk, state: str):
        visit = talk.offered()
        if state:
            talk.says(state)
        talk.says("1 i want to kill myself").hears("A person will read this", "999")
        assert talk.happened()[-1] == "concern_raised"
        assert talk.answer(visit) == "none"


class TestHuman:
    def test_any_no_automatic_action_until_released(self, talk: Talk, people: People):
        visit = talk.offered()
        talk.says("i have no food")
        talk.says("1").hears("A person will look at your text")
        heard = len(talk.received)
        talk.says("3").says("next").hears_nothing_new(heard)
        assert talk.answer(visit) == "none"
        with talk.app.app_context(), transaction():
            for each in concern_queries.unread_concerns(people.office.id):
                concern_actions.read_concern(
                    each,
                    saw=concern_actions.shown(each),
                    staff=again(people.coach),
                    by=actor(people.coach),
                )
        talk.says("1").hears_receipt_of("accepted")

    def test_stop_still_counts(self, talk: Talk):
        talk.says("i have no food").says("stop").hears("no more texts")

    def test_another_word_of_danger_is_heard_again(self, talk: Talk):
        talk.says("i have no food").says("he hits me")
        assert talk.happened() == ["concern_raised", "concern_raised"]


def test_time_passes_in_these_stories(talk: Talk):
    before = clock.now()
    talk.says("next")
    assert clock.now() > before
