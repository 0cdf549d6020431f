"""COSTS from numbers that are nobody's, and the words that lead to an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import segments
from notifications.conversation import explaining
from notifications.conversation.explaining import Step
from notifications.models import Dialogue
from notifications.wordings import costs_questions as short
from portal import languages
from portal.account.models import Claimant
from portal.costs import answering, rulebook, words_answer
from portal.costs.models import CostRequest
from portal.database import db
from portal.home import contacts
from portal.languages import say
from tests.notifications.costs_by_text import ID_FOR_A_JOB, says_all
from tests.notifications.dialogues import Talk
from tests.people import People, StoppedClock

CODES = [language.code for language in languages.offered()]


class TestStrangers:
    @pytest.fixture
    def stranger(self, app: Flask, people: People, clock_stopped: StoppedClock) -> Talk:
        somebody = Claimant(mobile="+447700900666")
        return Talk(app, clock_stopped, somebody)

    def test_they_get_the_same_rules_and_the_words(self, stranger: Talk) -> None:
        says_all(stranger, "COSTS").hears("Which is true for you?")
        says_all(stranger, "2", *ID_FOR_A_JOB[1:])
        assert "You can ask, and a yes is likely" in stranger.received[-3]
        assert "send" not in stranger.received[-2]
        stranger.hears("Please can the Flexible Support Fund")

    def test_nothing_of_it_is_kept(self, stranger: Talk) -> None:
        says_all(stranger, "COSTS", "2", *ID_FOR_A_JOB[1:], "1")
        with stranger.app.app_context():
            assert db.session.get(Dialogue, stranger.number) is None
            assert db.session.scalars(sa.select(CostRequest)).all() == []

    def test_an_old_question_is_closed(self, stranger: Talk) -> None:
        says_all(stranger, "COSTS", "2")
        stranger.says("5", after=timedelta(hours=3).total_seconds())
        assert "photo ID" not in stranger.last

    def test_northern_ireland_hears_nothing_of_the_fund(self, stranger: Talk) -> None:
        says_all(stranger, "COSTS", "1")
        assert not any("Flexible" in text for text in stranger.received)
        assert any("0800 012 1331" in text for text in stranger.received)

    @pytest.mark.slow
    def test_one_number_cannot_go_on_for_ever(self, stranger: Talk) -> None:
        for _round in range(60):
            stranger.says("COSTS", after=1)
        assert len(stranger.received) <= 40

    def test_welsh_begins_in_welsh(self, stranger: Talk) -> None:
        stranger.says("COSTAU")
        assert "Pa un" in stranger.last


class TestTheWords:
    def every(self) -> Iterator[Step]:
        return explaining._walk(Step({}, {}))

    def test_no_answer_of_the_rules_is_without_short_words(self) -> None:
        for question in rulebook.known().questions:
            assert set(short.OPTIONS[question.id]) == set(question.options), question.id
        grouped = [each for group in short.MEMBERS.values() for each in group]
        assert sorted(grouped) == sorted(short.OPTIONS["need"])
        assert set(short.GROUPS) == set(short.MEMBERS)

    def test_nobody_needs_more_than_nine_texts(self) -> None:
        known = {"you": "uc"}
        for step in explaining._walk(Step.first(known)):
            if not step.question:
                groups = len(short.MEMBERS[group_of(step)]) > 1
                assert 1 + len(step.answers) - len(known) + groups <= 9

    @pytest.mark.slow
    @pytest.mark.parametrize("code", CODES)
    def test_what_matters_is_never_left_out(self, app: Flask, code: str) -> None:
        with app.app_context(), languages.speaking(code):
            for step in self.every():
                if step.question:
                    continue
                outcome = step.outcome
                texts = explaining.result(step, ["1 x", "2 x", "3 x", "0 x"])
                assert len(texts) <= 2
                assert say(answering.headline(outcome)) in texts[0]
                assert say(words_answer.BECAUSE[outcome.rule.id]) in texts[0]
                if explaining.may_send(outcome):
                    for each in (*words_answer.ALWAYS, words_answer.GRANT):
                        assert say(each) in texts[1], outcome
                whole = "\n".join(texts)
                numbers = [contacts.known()[each].number for each in outcome.rule.contacts[:1]]
                what_to_do = say(words_answer.NEXT[outcome.rule.id])
                assert what_to_do in whole or not numbers or numbers[0] in whole, outcome
                if not explaining.may_send(outcome):
                    assert all(number in whole for number in numbers), outcome
                if outcome.rule.outcome in ("C", "D"):
                    told = [say(words_answer.SEE[each]) in whole for each in outcome.rule.see]
                    named = [each in whole for each in (what_to_do, *numbers)]
                    assert any(told) or not told or any(named), outcome
                for text in texts:
                    fitted = segments.fit(text, code, "auto")
                    assert segments.measure(fitted).segments <= explaining.MOST_SEGMENTS


def group_of(step: Step) -> str:
    need = step.answers["need"]
    return next(name for name, each in short.MEMBERS.items() if need in each)
