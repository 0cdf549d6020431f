"""Texts that nobody would send on purpose (sms.md 4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications import inbound
from notifications.conversation.strangers import MOST_UNKNOWN_AN_HOUR
from notifications.conversation.talk import UNKNOWN, replies_sent
from portal.account import concern_queries
from tests.notifications.dialogues import Talk
from tests.people import People


class TestBadInput:
    @pytest.mark.slow
    def test_two_machines(self, talk: Talk):
        talk.offered()
        for _ in range(30):
            talk.says(talk.last, after=2)
        assert len(talk.received) <= 6

    def test_an_automatic_reply_gets_none(self, talk: Talk):
        talk.offered()
        heard = len(talk.received)
        talk.says("Automatic reply: I am away until Monday.").hears_nothing_new(heard)
        assert "inbound.unclear" in talk.tasks()

    @pytest.mark.parametrize(
        "words",
        [
            "I'm driving with Do Not Disturb While Driving turned on.",
            '(I\'m not receiving notifications. If this is urgent, reply "urgent")',
            "Ateb awtomatig: rydw i i ffwrdd.",
            "رد تلقائي: أنا غير متاح الآن",
            "Auto-reply: 1",
        ],
    )
    def test_automatic_replies_of_phones_get_none(self, talk: Talk, words: str):
        visit = talk.offered()
        heard = len(talk.received)
        talk.says(words).says(words).hears_nothing_new(heard)
        assert talk.answer(visit) == "none"

    @pytest.mark.parametrize("opening", ["", "2", "menu", "message", "settings", "language"])
    @pytest.mark.parametrize("body", ["", "\u200b\u200d\ufe0f", "\x00\x01", "\ufffd\ufffd", "🖼"])
    def test_nothing_that_can_be_read_does_nothing(self, talk: Talk, opening: str, body: str):
        visit = talk.offered()
        if opening:
            talk.says(opening)
        talk.says(body, media=1)
        assert talk.answer(visit) == "none"
        assert talk.happened() == ["offered"]

    @pytest.mark.slow
    def test_two_machines_that_say_something_else_each_time(self, talk: Talk):
        talk.offered()
        for turn in range(60):
            talk.says(f"Thank you for your message number {turn}", after=20)
        assert len(talk.received) <= 8
        assert "inbound.unclear" in talk.tasks()

    def test_stop_in_the_middle_of_a_message_of_many_texts(self, talk: Talk):
        talk.says("message").says("I have moved.").says("Please stop writing to York.")
        assert talk.happened() == []
        talk.says("stop")
        assert talk.happened() == ["texts_stopped"]
        talk.says("START").hears("You will get texts again")

    def test_an_unclear_text_again_gets_no_second_answer(self, talk: Talk):
        talk.offered()
        talk.says("the blue one")
        heard = len(talk.received)
        talk.says("the blue one", after=60).hears_nothing_new(heard)

    @pytest.mark.slow
    def test_a_flood_from_one_number(self, talk: Talk, people: People):
        visit = talk.offered()
        for turn in range(40):
            talk.sends(("next", "help", "menu", "1", "3")[turn % 5])
        talk.settles()
        assert len(talk.outcomes()) == 40
        assert len(talk.received) < 30
        talk.says("i have no food").hears("A person will read this")
        assert talk.answer(visit)
        with talk.app.app_context():
            assert concern_queries.unread_concerns(people.office.id)
        assert talk.says("stop").happened()[-1] == "texts_stopped"

    @pytest.mark.slow
    def test_a_flood_from_many_unknown_numbers(self, talk: Talk):
        for number in range(210):
            talk.number = f"+4477009{number:05d}"
            talk.sends("hello")
        with talk.app.app_context():
            while inbound.step():
                pass  # Within the hour, however many steps a worker has.
            assert replies_sent(None, UNKNOWN, timedelta(hours=1)) == MOST_UNKNOWN_AN_HOUR

    def test_choices_read_words_that_end_a_message(self, talk: Talk):
        talk.offered()
        for opening in ("menu", "next", "4", "language", "callback", "late", "settings"):
            talk.says(opening).says("DONE")
        assert "" not in talk.outcomes()

    def test_a_reply_in_another_language(self, talk: Talk, people: People):
        visit = talk.offered()
        talk.says("anulare").hears("To ask to cancel")
        talk.says("tak")
        assert talk.answer(visit) == "none"
        talk.says("نعم")
        assert talk.answer(visit) == "none"

    def test_a_very_long_text(self, talk: Talk):
        visit = talk.offered()
        talk.says("1 " * 800).says("a" * 1600)
        assert talk.answer(visit) == "none"

    def test_texts_out_of_order_are_read_as_they_came(self, talk: Talk):
        talk.says("message")
        talk.sends("second part")
        talk.sends("first part")
        talk.settles().says("done").says("1")
        assert talk.happened() == ["written"]
