"""Somebody else has the number, or it is not safe to text."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from notifications.models import Notification
from portal.account import concern_queries, phone_actions
from portal.account import queries as accounts
from portal.database import db, transaction
from tests.notifications.dialogues import Talk
from tests.people import People, actor, again


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
