"""Every row of the table of states (sms.md 6), and two-step cancelling (sms.md 5).

WHO and PIN are in `test_dialogue_shared.py`; costs and complaints come with those tasks.
"""

from __future__ import annotations

import pytest

from portal import clock
from portal.account import concern_actions, concern_queries
from portal.appointments import office_actions
from portal.database import transaction
from tests.notifications.dialogues import Talk
from tests.people import People, StoppedClock, actor, again


def cancels(talk: Talk) -> None:
    """Both steps: the word, and the number that came back."""
    talk.says("2")
    talk.says(talk.code())


def desk_decides(talk: Talk, people: People, visit: object, refuse: str = "") -> None:
    with talk.app.app_context(), transaction():
        request = talk.visit(visit).open_request  # type: ignore[arg-type]
        assert request is not None
        if refuse:
            office_actions.refuse(request, why=refuse, by=actor(people.coach))
        else:
            office_actions.agree(
                request,
                caller_name="Priya Shah",
                caller_number="0113 496 0111",
                by=actor(people.coach),
            )
    talk.settles()


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

    def test_expiry_needs_contact(self, talk: Talk, clock_stopped: StoppedClock):
        visit = talk.offered()
        with talk.app.app_context():
            clock_stopped.at(talk.visit(visit).starts_at)
        talk.settles().says("1").hears("There is no question to answer now")
        assert talk.answer(visit) == "none"


class TestConfirmCancel:
    def test_code_cancel_asked(self, talk: Talk):
        visit = talk.offered()
        cancels(talk)
        assert talk.happened() == ["offered", "asked_to_cancel"]
        assert talk.receipt() in talk.received[-2]
        talk.hears("You can say why")
        assert (talk.answer(visit), talk.status(visit)) == ("asked_to_cancel", "booked")

    def test_1_stands(self, talk: Talk):
        visit = talk.offered()
        talk.says("2").says("1").hears("Nothing has changed", "still stands")
        assert talk.answer(visit) == "none"

    def test_4_pick_time(self, talk: Talk, people: People):
        talk.free_times(people)
        talk.offered()
        talk.says("2").says("4").hears("1 = Thu 11 Feb")

    @pytest.mark.parametrize("other", ["2", "22", "yes", "cancel it please do", "3"])
    def test_other_stands(self, talk: Talk, other: str):
        visit = talk.offered()
        talk.says("2").says(other)
        assert talk.answer(visit) == "none"

    def test_expiry_stands(self, talk: Talk):
        visit = talk.offered()
        talk.says("2")
        code = talk.code()
        talk.says(code, after=24 * 3600 + 60).hears("Nothing has changed")
        assert talk.answer(visit) == "none"

    def test_two_hours_before_the_start_the_code_runs_out(
        self, talk: Talk, clock_stopped: StoppedClock
    ):
        visit = talk.offered()
        with talk.app.app_context():
            starts_at = talk.visit(visit).starts_at
        clock_stopped.at(starts_at)
        clock_stopped.later(hours=-3)
        talk.settles().says("2")
        talk.says(talk.code(), after=3600)
        assert talk.answer(visit) == "none"

    def test_a_double_press_cannot_cancel(self, talk: Talk):
        visit = talk.offered()
        for _ in range(5):
            talk.says("2", after=1)
        assert talk.answer(visit) == "none"

    def test_three_wrong_codes_end_it(self, talk: Talk):
        visit = talk.offered()
        talk.says("2")
        for _ in range(3):
            right = talk.code() if "reply" in talk.last else ""
            talk.says("20" if right != "20" else "21")
        talk.hears("Nothing has changed", "still stands")
        assert talk.says(right).answer(visit) == "none"

    def test_only_the_code_that_was_last_sent_counts(self, talk: Talk):
        visit = talk.offered()
        talk.says("2")
        old = talk.code()
        for _ in range(4):
            if talk.says("cancel").code() != old:
                break
        talk.says(old)
        assert talk.answer(visit) == "none"


class TestAnswered:
    """ACCEPTED, PHONE_ASKED, CANCEL_ASKED: UNDO, 1, 2, 3 as OFFERED, if before start."""

    @pytest.mark.parametrize("first", ["1", "3"])
    def test_undo(self, talk: Talk, first: str):
        visit = talk.offered()
        talk.says(first).says("UNDO").hears_receipt_of("withdrawn")
        assert talk.answer(visit) == "none"

    def test_undo_withdraws_the_request(self, talk: Talk):
        visit = talk.offered()
        cancels(talk)
        talk.says("undo").hears_receipt_of("withdrawn").hears("still stands")
        assert talk.answer(visit) == "none"

    def test_second_thoughts_by_digit(self, talk: Talk):
        visit = talk.offered()
        talk.says("3").says("1").hears_receipt_of("accepted")
        assert talk.answer(visit) == "accepted"
        talk.says("3").hears_receipt_of("asked_for_phone_call")
        talk.says("2").hears("To ask to cancel")

    def test_after_the_start_nothing_is_taken_back(self, talk: Talk, clock_stopped: StoppedClock):
        visit = talk.offered()
        talk.says("1")
        with talk.app.app_context():
            clock_stopped.at(talk.visit(visit).starts_at)
        talk.says("undo")
        assert talk.answer(visit) == "accepted"


class TestAsked:
    """PHONE_ASKED, CANCEL_ASKED: staff agree, or refuse with a reason."""

    def test_staff_agree_to_cancel(self, talk: Talk, people: People):
        visit = talk.offered()
        cancels(talk)
        desk_decides(talk, people, visit)
        talk.hears("Agreed", "called off")
        assert talk.status(visit) == "called_off"

    def test_staff_agree_to_a_phone_call(self, talk: Talk, people: People):
        visit = talk.offered()
        talk.says("3")
        desk_decides(talk, people, visit)
        talk.hears("Agreed: a phone call", "0113 496 0111")
        assert talk.status(visit) == "booked"

    @pytest.mark.parametrize("way", ["2", "3"])
    def test_staff_refuse_and_say_why(self, talk: Talk, people: People, way: str):
        visit = talk.offered()
        talk.says(way)
        if way == "2":
            talk.says(talk.code())
        desk_decides(talk, people, visit, refuse="We need to see your papers.")
        talk.hears("Not agreed", "still stands", "We need to see your papers.")
        assert talk.status(visit) == "booked"


class TestReason:
    @pytest.mark.parametrize(("digit", "reason"), [("1", "ill"), ("4", "fare"), ("5", "other")])
    def test_a_digit_gives_the_reason(self, talk: Talk, digit: str, reason: str):
        visit = talk.offered()
        cancels(talk)
        talk.says(digit).hears_receipt_of("reason_given")
        with talk.app.app_context():
            assert talk.visit(visit).requests[-1].reason == reason

    @pytest.mark.parametrize("digit", "012345")
    def test_pressed_twice_it_is_no_answer_to_the_offer(self, talk: Talk, digit: str):
        visit = talk.offered()
        cancels(talk)
        talk.says(digit).says(digit, after=5)
        talk.says(digit, after=3600)
        assert talk.answer(visit) == "asked_to_cancel"

    def test_the_code_twice_repeats_the_receipt(self, talk: Talk):
        talk.offered()
        talk.says("2")
        code = talk.code()
        talk.says(code).says(code, after=5)
        assert talk.happened().count("asked_to_cancel") == 1


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
