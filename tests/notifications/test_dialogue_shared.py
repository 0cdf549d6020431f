"""Two people, one phone (sms.md 4): who is speaking, and that nothing is done for the wrong one.

Also the states WHO and PIN (sms.md 6), and what needs the PIN (sms.md 13).
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications.conversation import speakers
from notifications.gateways.base import GatewayError
from notifications.models import Dialogue, InboundText, Notification
from portal.account import concern_queries, phone_actions
from portal.account import queries as accounts
from portal.account.models import Claimant
from portal.database import db, transaction
from portal.messages import queries as messages
from tests.notifications.dialogues import Talk, sent_of_kind
from tests.notifications.sending import provider
from tests.people import SOON, People, StoppedClock, actor, again, appointment, claimant

PIN = "4821"
SHARED = "+447700900101"


class Two:
    """Alex, called Lex, and Kim, called nothing, on one phone."""

    def __init__(self, app: Flask, time: StoppedClock, people: People) -> None:
        time.later(minutes=1)
        with app.app_context(), transaction():
            self.kim_row = claimant(again(people.other_office), "Kim Morgan", SHARED)
            phone_actions.choose_nickname(again(people.alex), "Lex", by=actor(people.alex))
        self.people = people
        self.lex, self.kim = Talk(app, time, people.alex), Talk(app, time, self.kim_row)

    def happened(self) -> tuple[list[str], list[str]]:
        return self.lex.happened()[1:], self.kim.happened()

    def offered(self, who: Claimant, days: float = 9) -> UUID:
        app = self.lex.app
        with app.app_context(), transaction():
            found = appointment(again(who), SOON + timedelta(days=days - 9)).id
        self.lex.settles()
        return found


@pytest.fixture
def two(app: Flask, people: People, clock_stopped: StoppedClock) -> Two:
    return Two(app, clock_stopped, people)


def sets_pin(talk: Talk, person: Claimant, pin: str = PIN) -> None:
    with talk.app.app_context(), transaction():
        phone_actions.choose_pin(again(person), pin, by=actor(person))


def waits_for_call(talk: Talk, person: Claimant) -> bool:
    with talk.app.app_context():
        call = messages.open_call(again(person))
        return call is not None and call.reason == "pin"


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
            assert PIN not in str(db.session.get(Dialogue, talk.number).facts)
            assert PIN not in again(talk.person).pin_hash

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


class TestWrongPerson:
    @pytest.mark.parametrize(
        "words", ["not me", "Wrong number!", "sorry wrong number", "To nie ja"]
    )
    def test_suspends_the_number_and_tells_staff(self, talk: Talk, words: str):
        visit = talk.offered()
        talk.says(words).hears("Thank you. We will send no more texts to this number.")
        assert talk.happened()[-1] == "number_disowned"
        assert phone_actions.WRONG_PERSON in talk.tasks()
        with talk.app.app_context():
            assert not accounts.may_text(again(talk.person))
        heard = len(talk.received)
        talk.says("1").says("accept").says("START")
        assert talk.answer(visit) == "none"
        assert len(talk.received) == heard + 1
        talk.hears("This number answers people who get texts from their Jobcentre")
        with talk.app.app_context():
            assert not accounts.may_text(again(talk.person))

    def test_only_the_very_words_do_it(self, talk: Talk):
        talk.offered()
        talk.says("i think youve got the wrong number love").hears("this is not my number? 1 yes")
        assert talk.happened() == ["offered"]
        talk.says("1").hears("no more texts to this number")
        assert talk.happened()[-1] == "number_disowned"

    def test_staff_settle_it_with_the_number(self, talk: Talk, people: People):
        from portal.account import actions as account

        talk.says("wrong number")
        with talk.app.app_context(), transaction():
            account.set_number(again(talk.person), talk.number, by=actor(people.coach))
            assert accounts.may_text(again(talk.person))

    def test_the_appointment_goes_on_and_the_next_news_is_a_task(self, talk: Talk):
        talk.says("wrong number")
        heard = len(talk.received)
        talk.offered()
        talk.hears_nothing_new(heard)
        assert "appointments.offer" in talk.tasks()


class TestUnsafe:
    def test_no_text_at_all(self, talk: Talk, people: People):
        visit = talk.offered()
        heard = len(talk.received)
        with talk.app.app_context(), transaction():
            phone_actions.note_texts_unsafe(again(talk.person), True, by=actor(people.coach))
        for words in ("1", "help", "he hits me", "STOP", "START", "settings"):
            talk.says(words)
        talk.hears_nothing_new(heard)
        assert talk.answer(visit) == "accepted"
        with talk.app.app_context():
            assert concern_queries.unread_concerns(people.office.id)
            queued = sa.select(Notification.kind).where(Notification.state == "queued")
            assert list(db.session.scalars(queued)) == []


class TestUndoWithAReference:
    def test_takes_back_the_one_that_is_meant(self, talk: Talk):
        first, second = talk.offered(), talk.offered(10)
        talk.says("1")
        ref = talk.receipt()
        talk.says("1")
        talk.says(f"UNDO {ref[:4]}-{ref[4:].lower()}")
        assert (talk.answer(first), talk.answer(second)) == ("none", "accepted")

    def test_a_code_that_nobody_knows(self, talk: Talk):
        visit = talk.offered()
        talk.says("1").says("UNDO K7QM2P4A").hears("We do not know that code")
        assert talk.answer(visit) == "accepted"

    def test_somebody_elses_code(self, talk: Talk, people: People):
        with talk.app.app_context(), transaction():
            appointment(again(people.stranger))
        other = Talk(talk.app, talk.time, people.stranger)
        other.settles().says("1")
        talk.says(f"UNDO {other.receipt()}").hears("We do not know that code")
        assert other.happened()[-1] == "accepted"

    def test_what_was_changed_since(self, talk: Talk):
        visit = talk.offered()
        talk.says("1")
        ref = talk.receipt()
        talk.says("3").says(f"undo {ref}").hears(f"{ref} cannot be taken back")
        assert talk.answer(visit) == "asked_for_phone_call"
        talk.says(f"undo {ref}", after=900).hears("cannot be taken back")

    def test_a_call_that_was_asked_for(self, talk: Talk):
        talk.says("callback").says("1")
        talk.says(f"undo {talk.receipt()}").hears_receipt_of("call_withdrawn")
