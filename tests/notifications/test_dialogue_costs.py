"""COSTS by text: the website's rules, one question a text, and what becomes of a request."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from notifications.models import Dialogue
from portal.costs import desk_actions, engine, rulebook
from portal.costs.models import CostRequest, Paid, Pay
from portal.database import db, transaction
from tests.notifications.costs_by_text import ID_FOR_A_JOB, question, requests, says_all
from tests.notifications.dialogues import Talk
from tests.people import People, StoppedClock, actor, again, claimant


class TestTheExplainer:
    def test_one_question_a_text(self, talk: Talk) -> None:
        says_all(talk, "COSTS").hears("What do you need help to pay for?", "1 travel", "0 back")
        talk.says("5").hears("1 photo ID or a document")
        talk.says("1").hears("Have you shown ID", "1 yes, all three")
        talk.says("1").hears("Could someone else pay for it?")
        talk.says("1").hears("What does the Jobcentre ask of you?")
        talk.says("1").hears("What is it for?")
        talk.says("2").hears("Have you paid already?")
        before = len(talk.received)
        talk.says("1")
        result = talk.received[before:]
        assert len(result) == 2
        assert "You can ask, and a yes is likely" in result[0]
        assert "It is not guaranteed." in result[1]
        assert "not a loan" in result[1]
        assert "1 send it as a request" in result[1]

    def test_it_says_the_same_as_the_website(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB)
        with talk.app.app_context():
            row = db.session.get(Dialogue, talk.number)
            assert row is not None
            answers = engine.read(row.facts["answers"])
            outcome = engine.explain(rulebook.known(), answers)
        assert answers == {
            "you": "uc", "need": "id", "steps": "yes", "payer": "no_one", "regime": "look",
            "purpose": "job", "paid": "no",
        }  # fmt: skip
        assert (outcome.letter, outcome.rule.row) == ("A", 20)

    def test_0_goes_back_one_question_at_a_time(self, talk: Talk) -> None:
        says_all(talk, "COSTS", "5", "1", "1")
        talk.says("0").hears("Have you shown ID")
        talk.says("0").hears("1 photo ID or a document")
        talk.says("0").hears("1 travel")
        talk.says("0").hears("Nothing was sent")
        assert question(talk) == ""

    def test_0_after_the_result_goes_back_to_the_last_question(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB)
        talk.says("0").hears("Have you paid already?")

    def test_the_words_to_say(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB)
        talk.says("3").hears("Please can the Flexible Support Fund help me with photo ID")
        talk.says("1")
        assert len(requests(talk)) == 1

    def test_the_words_to_say_come_in_english_too(
        self, app: Flask, people: People, clock_stopped: StoppedClock
    ) -> None:
        with app.app_context(), transaction():
            sami = claimant(again(people.office), "Sami", "+447700900155", language="ar")
        talk = Talk(app, clock_stopped, sami)
        says_all(talk, "تكاليف", *ID_FOR_A_JOB[1:])
        talk.says("3")
        assert "Please can the Flexible Support Fund" in talk.received[-1]
        assert "؟" in talk.received[-2]

    def test_what_the_fund_does_not_pay_can_not_be_sent(self, talk: Talk) -> None:
        says_all(talk, "COSTS", "6", "4")
        talk.hears("0 back")
        assert "1 send" not in talk.last
        talk.says("1")
        assert requests(talk) == []

    def test_words_are_no_answer(self, talk: Talk) -> None:
        says_all(talk, "COSTS", "5", "1?", "maybe")
        assert question(talk) != "costs_result"
        assert requests(talk) == []

    def test_discreet_texts_hold_nothing_of_it(
        self, app: Flask, people: People, clock_stopped: StoppedClock
    ) -> None:
        with app.app_context(), transaction():
            again(people.alex).discreet = True
        talk = Talk(app, clock_stopped, people.alex).says("COSTS")
        talk.hears("0113 496 0100")
        assert question(talk) == ""

    def test_the_menu_leads_there(self, talk: Talk) -> None:
        says_all(talk, "MENU").hears("3 help with costs")
        talk.says("3").hears("What do you need help to pay for?")


class TestSending:
    def test_1_sends_it(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB, "1").hears_receipt_of("asked")
        talk.hears("Your request is sent.")
        (sent,) = requests(talk)
        assert (sent.item, sent.paid, sent.needed_by) == ("id", Paid.no, None)
        assert sent.answers.startswith("you=uc,need=id")
        assert question(talk) == ""

    def test_2_says_that_it_is_needed_soon(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB, "2")
        (sent,) = requests(talk)
        assert sent.needed_by == date(2027, 2, 8)
        assert sent.reply_by < sent.needed_by

    def test_sent_twice_is_one_with_one_receipt(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB, "1")
        receipt = talk.receipt()
        says_all(talk, *ID_FOR_A_JOB, "1").hears(receipt)
        assert len(requests(talk)) == 1

    def test_the_last_answer_pressed_twice_sends_nothing(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB[:-1])
        talk.time.later(minutes=2)
        talk.sends("1")
        talk.sends("1")
        talk.settles()
        assert requests(talk) == []
        assert "1 send it as a request" in talk.last
        talk.says("1")
        assert len(requests(talk)) == 1

    def test_two_things_are_two_requests(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB, "1", "COSTS", "2", "1", "1", "1", "1", "2", "1", "1")
        assert {each.item for each in requests(talk)} == {"id", "clothes"}
        assert len(requests(talk)) == 2

    def test_undo_takes_back_what_was_said_last(self, talk: Talk) -> None:
        talk.offered()
        says_all(talk, "1", *ID_FOR_A_JOB, "1")
        talk.says("UNDO").hears_receipt_of("withdrawn")
        assert [each.state for each in requests(talk)] == ["withdrawn"]
        assert "Taken back: your request" in talk.last
        talk.says("UNDO").hears("still stands")

    def test_undo_names_a_request_by_its_reference(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB, "1")
        talk.says(f"UNDO {talk.receipt()}")
        assert [each.state for each in requests(talk)] == ["withdrawn"]

    def test_nothing_is_kept_that_was_not_sent(self, talk: Talk) -> None:
        says_all(talk, *ID_FOR_A_JOB)
        assert talk.happened() == []


class TestWhatBecameOfIt:
    @pytest.fixture
    def sent(self, talk: Talk) -> CostRequest:
        says_all(talk, *ID_FOR_A_JOB, "1")
        (request,) = requests(talk)
        return request

    def decides(self, talk: Talk, people: People, sent: CostRequest, how: str) -> None:
        with talk.app.app_context(), transaction():
            staff, by = again(people.coach), actor(people.coach)
            if how == "agree":
                desk_actions.agree(
                    again(sent), pence=8800, pay=Pay.before, when="Friday", staff=staff, by=by
                )
            else:
                desk_actions.refuse(again(sent), why="Too dear.", staff=staff, by=by)
        talk.settles()

    @pytest.mark.parametrize("how", ["agree", "refuse"])
    def test_the_text_says_only_that_there_is_an_answer(
        self, talk: Talk, people: People, sent: CostRequest, how: str
    ) -> None:
        self.decides(talk, people, sent, how)
        talk.hears("You have an answer", sent.receipt, f"STATUS {sent.receipt}")
        for word in ("£", "agree", "said no", "Too dear", "ID", "Jobcentre"):
            assert word not in talk.last

    def test_status_of_a_yes(self, talk: Talk, people: People, sent: CostRequest) -> None:
        self.decides(talk, people, sent, "agree")
        talk.says(f"STATUS {sent.receipt}").hears("they agreed")
        assert "£" not in talk.last

    def test_status_of_a_no_offers_a_manager(
        self, talk: Talk, people: People, sent: CostRequest
    ) -> None:
        self.decides(talk, people, sent, "refuse")
        talk.says(f"STATUS {sent.receipt}").hears("they said no", "Reply 1")
        talk.says("1").hears_receipt_of("look_again_asked")

    def test_status_of_one_that_waits_can_take_it_back(self, talk: Talk, sent: CostRequest) -> None:
        talk.says(f"STATUS {sent.receipt}").hears("They have not seen it yet")
        talk.says("0").hears("nothing has changed")
        talk.says(f"STATUS {sent.receipt}").says("1").hears_receipt_of("withdrawn")

    def test_a_strangers_code_is_not_known(
        self, app: Flask, people: People, clock_stopped: StoppedClock, sent: CostRequest
    ) -> None:
        other = Talk(app, clock_stopped, people.stranger).says(f"STATUS {sent.receipt}")
        other.hears("We do not know that code")

    def test_late_is_told_and_goes_to_a_manager(self, talk: Talk, sent: CostRequest) -> None:
        talk.time.later(days=8, hours=2)
        talk.settles().settles()
        talk.hears("No answer yet", sent.receipt, "A manager has it now")


class TestOffered:
    def test_after_the_fare(self, talk: Talk) -> None:
        talk.offered()
        talk.says("no fare").hears("COSTS", talk.receipt())
        talk.says("COSTS").hears("What do you need help to pay for?")

    def test_after_a_job_interview(self, talk: Talk) -> None:
        talk.offered()
        talk.says("2").says(talk.code()).says("2").hears("text COSTS")

    def test_not_after_other_reasons(self, talk: Talk) -> None:
        talk.offered()
        talk.says("2").says(talk.code()).says("1")
        assert "COSTS" not in talk.last
