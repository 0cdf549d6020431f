"""Two-step cancelling (sms.md 5), and what may be said after an answer or a request (sms.md 6)."""

from __future__ import annotations

import pytest

from portal.appointments import office_actions
from portal.database import transaction
from tests.notifications.dialogues import Talk
from tests.people import People, StoppedClock, actor


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
