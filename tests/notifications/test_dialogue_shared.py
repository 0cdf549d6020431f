"""Two people, one phone (sms.md 4): who is speaking, and that nothing is done for the wrong one."""

from __future__ import annotations

import sqlalchemy as sa

from notifications.conversation import speakers
from notifications.gateways.base import GatewayError
from notifications.models import Notification
from portal.account import concern_queries, phone_actions
from portal.database import db, transaction
from tests.notifications.dialogues import sent_of_kind
from tests.notifications.sending import provider
from tests.notifications.two_people import PIN, SHARED, Two, sets_pin
from tests.people import actor, again, claimant


class TestTwoPeopleOnePhone:
    def test_offers_carry_the_nickname(self, two: Two):
        two.offered(two.people.alex)
        two.lex.hears("For Lex:\n", "Jobcentre appointment: Wed 10 Feb")

    def test_without_a_nickname_no_name_is_said(self, two: Two):
        two.offered(two.kim_row)
        two.kim.hears("For the second person:\n")
        assert "Kim" not in two.kim.last

    def test_a_bare_digit_answers_the_one_who_was_asked(self, two: Two):
        hers = two.offered(two.people.alex)
        two.lex.says("1").hears("For Lex:\nAccepted").hears(two.lex.receipt())
        assert two.lex.answer(hers) == "accepted"
        assert two.happened()[1] == []

    def test_two_offers_out_who_is_this(self, two: Two):
        hers = two.offered(two.people.alex)
        his = two.offered(two.kim_row, 10)
        two.lex.time.later(hours=5)
        two.lex.settles().says("1")
        two.lex.hears("Who is this?", "1 = Lex", "2 = second person", "0 = somebody else")
        assert two.lex.answer(hers) == two.kim.answer(his) == "none"
        two.lex.says("2").hears("For the second person:\nAccepted", two.kim.receipt())
        assert (two.lex.answer(hers), two.kim.answer(his)) == ("none", "accepted")

    def test_a_name_says_who_it_is_too(self, two: Two):
        two.offered(two.people.alex)
        sets_pin(two.lex, two.people.alex)
        two.lex.says("next").hears("Who is this?").says(" LEX ").hears("For Lex:", "PIN").says(PIN)
        two.lex.hears("For Lex:", "1 = Wed 10 Feb")

    def test_dates_need_the_pin_though_only_one_of_them_may_be_texted(self, two: Two):
        two.offered(two.people.alex)
        with two.lex.app.app_context(), transaction():
            phone_actions.note_texts_unsafe(again(two.kim_row), True, by=actor(two.people.coach))
        assert "10 Feb" not in two.lex.says("next").last
        two.lex.hears("PIN")

    def test_a_name_in_other_letters_costs_no_part(self, two: Two):
        with two.lex.app.app_context(), transaction():
            phone_actions.choose_nickname(
                again(two.people.alex), "عبدالرحمن", by=actor(two.people.alex)
            )
        two.offered(two.people.alex)
        two.lex.hears("Jobcentre appointment: Wed 10 Feb")
        assert "عبد" not in two.lex.last
        with two.lex.app.app_context():
            (parts,) = db.session.scalars(
                sa.select(Notification.segments).where(Notification.kind == "appointments.offer")
            )
        assert parts == 1

    def test_a_keyword_asks_who_and_goes_on(self, two: Two):
        two.offered(two.people.alex)
        his = two.offered(two.kim_row, 10)
        two.lex.time.later(hours=5)
        two.lex.settles().says("phone").hears("Who is this?").says("2")
        two.lex.hears("For the second person:", two.kim.receipt())
        assert two.kim.answer(his) == "asked_for_phone_call"
        assert two.happened()[0] == ["offered"]

    def test_what_follows_is_the_same_persons(self, two: Two):
        two.lex.says("callback").hears("Who is this?").says("2").hears("When should we call")
        two.lex.says("3")
        assert two.happened() == ([], ["call_asked"])

    def test_something_else_instead_of_a_digit(self, two: Two):
        sets_pin(two.lex, two.people.alex)
        two.lex.says("callback").says("next").hears("Who is this?").says("1").hears("PIN").says(PIN)
        two.lex.hears("For Lex:", "You have no appointments to come")
        assert two.happened() == (["pin_chosen"], [])

    def test_pressed_twice_it_says_nothing_new(self, two: Two):
        two.lex.says("callback").sends("1")
        two.lex.time.later(seconds=2)
        two.lex.sends("1")
        two.lex.settles().hears("When should we call")
        assert two.happened() == ([], [])

    def test_somebody_else(self, two: Two):
        hers = two.offered(two.people.alex)
        two.lex.says("cancel it please but later").says("0")
        two.lex.says("next").says("0").hears("A person will look at your text")
        assert two.lex.answer(hers) == "none"
        assert phone_actions.WRONG_PERSON in two.lex.tasks() & two.kim.tasks()

    def test_each_in_their_own_language(self, two: Two):
        with two.lex.app.app_context(), transaction():
            again(two.kim_row).language = "cy"
        two.lex.says("callback").hears("Who is this?\nPwy sy").says("2")
        two.lex.hears("I'r ail berson:")

    def test_cancelling_needs_the_number_from_the_same_persons_text(self, two: Two):
        hers = two.offered(two.people.alex)
        two.lex.says("2").hears("For Lex:")
        two.lex.says(two.lex.code())
        assert two.lex.answer(hers) == "asked_to_cancel"
        assert two.happened()[1] == []

    def test_one_question_for_the_phone(self, two: Two):
        two.lex.says("callback").says("1").hears("For Lex:\nWhen should we call")
        his = two.offered(two.kim_row)
        two.lex.says("1", after=1).hears("For the second person:", "Reply 1 accept")
        assert two.kim.answer(his) == "none"
        assert two.happened()[0] == []

    def test_an_older_offer_of_the_other_is_put_again(self, two: Two):
        his = two.offered(two.kim_row)
        two.lex.says("callback").says("1").says("2")
        assert two.happened()[0] == ["call_asked"]
        two.lex.says("1").hears("For the second person:", "Reply 1 accept")
        assert two.kim.answer(his) == "none"

    def test_stop_stops_both_with_one_closing_text(self, two: Two):
        two.lex.says("STOP").hears("You will get no more texts")
        assert sent_of_kind(two.lex, "account.texts_stopped") == 1
        assert two.happened() == (["texts_stopped"], ["texts_stopped"])
        heard = len(two.lex.received)
        two.lex.says("stop").says("1").says("help").hears_nothing_new(heard)

    def test_the_staff_of_both_are_told(self, two: Two):
        two.lex.says("stop")
        assert "account.texts_stopped" in two.lex.tasks() & two.kim.tasks()

    def test_start_is_for_the_one_who_says_so(self, two: Two):
        two.lex.says("stop").says("START").hears("Who is this?").says("2")
        two.lex.hears("You will get texts again")
        with two.lex.app.app_context():
            assert again(two.people.alex).texts_stopped_at
            assert again(two.kim_row).texts_stopped_at is None

    def test_danger_from_a_shared_phone_may_be_any_of_them(self, two: Two):
        hers = two.offered(two.people.alex)
        two.lex.says("1 my husband hits me").hears("A person will read this")
        assert sent_of_kind(two.lex, "account.concern") == 1
        assert two.lex.answer(hers) == "none"
        with two.lex.app.app_context():
            for office in (two.people.office, two.people.other_office):
                (found,) = concern_queries.unread_concerns(office.id)
                assert found.one_of
                assert found.number == SHARED
        two.lex.says("1").hears("A person will look")
        assert two.lex.answer(hers) == "none"

    def test_a_dead_phone_is_dead_for_both(self, two: Two):
        with provider(two.lex.app, GatewayError("dead", dead=True)):
            two.offered(two.people.alex)
        with two.lex.app.app_context():
            assert again(two.people.alex).number_suspended_at
            assert again(two.kim_row).number_suspended_at
        assert "account.number_dead" in two.kim.tasks()

    def test_not_me_on_a_shared_phone_ends_nothing(self, two: Two):
        two.offered(two.people.alex)
        two.lex.says("not me").hears("Who is this?").says("2").hears("A person will look")
        assert phone_actions.WRONG_PERSON in two.kim.tasks()
        with two.lex.app.app_context():
            assert again(two.people.alex).number_disowned_at is None

    def test_personal_content_needs_the_pin(self, two: Two):
        two.offered(two.people.alex)
        sets_pin(two.lex, two.people.alex)
        two.lex.says("1")
        ref = two.lex.receipt()
        two.lex.says(f"status {ref}").hears("For Lex:", "This needs your PIN")
        two.lex.says(PIN).hears("For Lex:", f"{ref}: recorded")

    def test_undo_with_a_reference_says_whose_it_is(self, two: Two):
        hers = two.offered(two.people.alex)
        two.lex.says("1")
        ref = two.lex.receipt()
        two.lex.says(f"undo {ref}").hears("For Lex:")
        assert two.lex.answer(hers) == "none"
        assert two.happened()[0][-1] == "withdrawn"

    def test_of_two_one_of_whom_must_get_no_texts_only_the_other_is_named(self, two: Two):
        with two.lex.app.app_context(), transaction():
            phone_actions.note_texts_unsafe(again(two.kim_row), True, by=actor(two.people.coach))
        two.lex.says("callback").hears("When should we call")
        heard = len(two.lex.received)
        two.lex.says("he will kill me").hears_nothing_new(heard)
        with two.lex.app.app_context():
            assert len(concern_queries.unread_concerns(two.people.other_office.id)) == 1

    def test_every_person_on_the_phone_has_a_digit(self, two: Two):
        with two.lex.app.app_context(), transaction():
            for number in range(9):
                claimant(again(two.people.office), f"Person {number}", SHARED)
        two.lex.says("next").hears("8 = person 8", "0 = somebody else")
        assert "9 =" not in two.lex.last
        assert speakers.MOST == 8
