"""Every row of the table of awkward cases (sms.md 4), the order of handling (sms.md 2), and texts
that nobody should have to write.

Rows about long texts in parts are in `test_parts.py`, about silent numbers in
`test_silent_numbers.py`, about two people on one phone in `test_dialogue_shared.py`, about unknown
numbers in `test_strangers.py`.
"""

from __future__ import annotations

import pytest

from notifications.gateways.base import GatewayError
from portal.account import actions as account
from portal.appointments import actions, office_actions
from portal.appointments.models import How
from portal.appointments.rules import Booking
from portal.database import transaction
from tests.notifications.dialogues import Talk
from tests.notifications.sending import provider
from tests.people import SOON, People, StoppedClock, actor, again, claimant


def moves(talk: Talk, people: People, visit: object, hour: int = 15) -> None:
    """The office moves an appointment; its text is not sent yet."""
    with talk.app.app_context(), transaction():
        booking = Booking(SOON.replace(hour=hour), How.in_person, "work_search_review")
        office_actions.move(talk.visit(visit), booking, by=actor(people.coach))  # type: ignore[arg-type]


class TestCases:
    def test_several_open_appointments(self, talk: Talk):
        first, second = talk.offered(), talk.offered(10)
        assert sum("Jobcentre appointment" in each for each in talk.received) == 1
        talk.time.later(hours=5)
        talk.settles().says("1").hears("Which appointment", "1 = Wed", "2 = Thu")
        assert talk.answer(first) == talk.answer(second) == "none"
        talk.says("2").hears_receipt_of("accepted")
        assert (talk.answer(first), talk.answer(second)) == ("none", "accepted")

    def test_the_next_offer_is_asked_once_the_first_is_answered(self, talk: Talk):
        talk.offered()
        second = talk.offered(10)
        talk.says("1")
        assert any("Jobcentre appointment: Thu 11 Feb" in each for each in talk.received)
        talk.says("1")
        assert talk.answer(second) == "accepted"

    def test_new_question_just_before_the_reply(self, talk: Talk):
        talk.says("callback").hears("When should we call")
        talk.time.later(hours=1)
        visit = talk.offered()
        talk.says("1", after=1).hears("Wed 10 Feb", "Reply 1 accept")
        assert talk.happened() == ["offered"]
        talk.says("1")
        assert talk.answer(visit) == "accepted"

    def test_late(self, talk: Talk):
        visit = talk.offered()
        talk.says("2").says("1", after=25 * 3600).hears("Reply 1 accept, 2 cancel")
        assert talk.answer(visit) == "none"
        talk.says("1").hears_receipt_of("accepted")

    def test_same_message_again(self, talk: Talk):
        talk.offered()
        talk.says("1", provider_id="SM1")
        heard = len(talk.received)
        talk.says("1", provider_id="SM1").hears_nothing_new(heard)
        assert talk.happened() == ["offered", "accepted"]

    def test_the_same_digit_twice_repeats_the_receipt(self, talk: Talk):
        talk.offered()
        talk.says("1").says("1", after=5).hears_receipt_of("accepted")
        assert talk.happened() == ["offered", "accepted"]
        assert talk.received[-1] == talk.received[-2]

    @pytest.mark.parametrize(("opening", "digit", "kind"), [
        ("callback", "1", "asked"), ("callback", "3", "asked"), ("settings", "3", "morning_text"),
    ])  # fmt: skip
    def test_a_digit_twice_never_answers_the_offer(
        self, talk: Talk, opening: str, digit: str, kind: str
    ):
        visit = talk.offered()
        talk.says(opening).says(digit)
        happened = talk.happened()
        assert kind in happened[-1]
        talk.says(digit, after=5)
        assert talk.happened() == happened
        assert talk.answer(visit) == "none"

    def test_web_and_text_at_once(self, talk: Talk, people: People):
        visit = talk.offered()
        talk.time.later(minutes=10)
        with talk.app.app_context(), transaction():
            actions.ask_to_cancel(talk.visit(visit), by=actor(people.alex))
        talk.time.later(seconds=1)
        talk.sends("1")
        talk.settles()
        assert talk.answer(visit) == "asked_to_cancel"
        said = [each for each in talk.received if "Nothing new was recorded" in each]
        assert "You asked to cancel" in said[0]

    def test_changed_by_staff(self, talk: Talk, people: People):
        visit = talk.offered()
        talk.says("1")
        moves(talk, people, visit)
        talk.settles().hears("new time Wed 10 Feb 3:30pm").says("1").hears_receipt_of("accepted")

    def test_an_answer_that_crossed_the_change(self, talk: Talk, people: People):
        visit = talk.offered()
        talk.time.later(minutes=10)
        moves(talk, people, visit)
        talk.time.later(seconds=1)
        talk.sends("1")
        talk.settles()
        assert talk.answer(visit) == "none"
        assert any("it is now Wed 10 Feb 3:30pm" in each for each in talk.received)

    @pytest.mark.parametrize("before", ["2", "4", "ok", "next"])
    def test_a_change_at_night_voids_every_question(
        self, talk: Talk, people: People, clock_stopped: StoppedClock, before: str
    ):
        talk.free_times(people)
        visit = talk.offered()
        clock_stopped.at(SOON.replace(day=2, hour=21))
        talk.settles().says(before)
        moves(talk, people, visit)
        talk.settles().says("1").hears("3:30pm")
        assert talk.answer(visit) == "none"

    def test_second_thoughts(self, talk: Talk):
        visit = talk.offered()
        for digit, answer in (("1", "accepted"), ("3", "asked_for_phone_call"), ("1", "accepted")):
            talk.says(digit)
            assert talk.answer(visit) == answer
        assert len(set(talk.happened())) == 3

    def test_unknown_number(self, talk: Talk):
        talk.number = "+447700900777"
        for words in ("START", "1", "HELP", "accept", "who is Alex"):
            talk.says(words)
        assert len(talk.received) == 1
        talk.hears("This number answers people who get texts")
        assert talk.happened() == []

    def test_two_people_one_phone(self, talk: Talk, people: People):
        """Row by row in `test_dialogue_shared.py`."""
        visit = talk.offered()
        talk.time.later(minutes=1)
        with talk.app.app_context(), transaction():
            other = claimant(again(people.office), "Kim Morgan", people.alex.mobile)
        talk.says("next").hears("Who is this?", "1 = first person", "2 = second person")
        assert talk.answer(visit) == "none"
        talk.says("stop")
        with talk.app.app_context():
            assert again(other).texts_stopped_at
            assert again(people.alex).texts_stopped_at

    def test_wrong_person(self, talk: Talk, people: People):
        with provider(talk.app, GatewayError("dead", dead=True)):
            talk.offered()
        with talk.app.app_context():
            assert again(people.alex).number_suspended_at
        assert "appointments.offer" in talk.tasks()

    def test_new_number(self, talk: Talk, people: People):
        talk.offered()
        heard = len(talk.received)
        with talk.app.app_context(), transaction():
            account.set_number(again(people.alex), "+447700900888", by=actor(people.coach))
        talk.settles().hears_nothing_new(heard)
        talk.says("1")
        assert "accepted" not in talk.happened()
        talk.number = "+447700900888"
        talk.hears("We will text this number")

    def test_opted_out(self, talk: Talk, people: People):
        visit = talk.offered()
        talk.says("Stop.").hears("You will get no more texts")
        heard = len(talk.received)
        talk.says("stop").says("1").says("help").hears_nothing_new(heard)
        assert talk.answer(visit) == "none"
        assert "inbound.stopped" in talk.tasks()
        talk.says("START").hears("You will get texts again").says("1")
        assert talk.answer(visit) == "accepted"

    @pytest.mark.parametrize(
        "words", ["", "📷", "🙈🙉", "\u200d\u200d", "\u202e\u2066", "\x07\x1b"]
    )
    def test_picture_or_emoji_only(self, talk: Talk, words: str):
        visit = talk.offered()
        talk.says(words, media=1).hears("We cannot see pictures. Please text words.")
        assert talk.answer(visit) == "none"

    def test_running_late(self, talk: Talk, clock_stopped: StoppedClock):
        visit = talk.offered()
        talk.says("1")
        with talk.app.app_context():
            clock_stopped.at(talk.visit(visit).starts_at)
        clock_stopped.later(minutes=-40)
        talk.settles().says("late").hears("How late").says("2").hears_receipt_of("running_late")
        talk.hears("about 20 minutes late")
        talk.says("undo").hears_receipt_of("report_withdrawn")
        assert talk.answer(visit) == "accepted"


class TestOrderOfHandling:
    def test_stop_before_everything(self, talk: Talk):
        talk.offered()
        talk.says("message").says("stop")
        assert talk.happened()[-1] == "texts_stopped"

    def test_safety_before_the_open_question(self, talk: Talk):
        visit = talk.offered()
        talk.says("yes but my husband hits me").hears("A person will read this")
        assert talk.answer(visit) == "none"

    def test_a_language_name_before_the_open_question(self, talk: Talk):
        talk.offered()
        talk.says("menu").says("Cymraeg")
        assert talk.happened()[-1] == "language_chosen"

    def test_the_open_question_before_keywords(self, talk: Talk):
        talk.offered()
        talk.says("message").says("phone").says("done").hears("Texts kept: 1")

    def test_unclear_once_twice_then_silence(self, talk: Talk):
        talk.offered()
        talk.says("the blue one").hears("Sorry, we did not understand")
        talk.says("the green one").hears("A person will look at your text")
        heard = len(talk.received)
        talk.says("the red one").hears_nothing_new(heard)
        assert "inbound.unclear" in talk.tasks()


ASKED_INSTEAD = [
    "11", "1/3", "10.30", "1?", "-1", "not 1", "1 but late", "1 tomorrow", "maybe", "ok", "thanks",
    "thank you", "👍", "inshallah", "god willing", "no", "accept the other one", "da", "na", "haa",
    "tak", "£1", "1 2", "yes and no", "yes?", "cant come", "ill phone you", "what is 1",
]  # fmt: skip


@pytest.mark.parametrize("words", ASKED_INSTEAD)
def test_asked_instead(talk: Talk, words: str):
    visit = talk.offered()
    talk.says(words)
    assert talk.answer(visit) == "none"
    assert talk.happened() == ["offered"]
