"""The card with what to say: on the page, in both languages, and on one's own phone."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.account.models import Claimant, Way
from portal.costs import answering, engine, phone_actions, rulebook, words_answer
from portal.database import transaction
from portal.languages import offered, say, speaking
from portal.refusals import Refusal
from tests.pages import words as words_of
from tests.people import Browser, People, Phone, actor, again
from tests.portal.costs.explaining import LIKELY_LINE


def test_every_card_is_short_and_whole() -> None:
    """One or two sentences; where it asks the fund, it says that this is no loan."""
    book = rulebook.known()
    seen = set()
    for answers in conversations(book, {}):
        outcome = engine.explain(book, answers)
        card = answering.card(outcome, answers)
        seen.update(each.english for each in card)
        said = " ".join(each.english for each in card)
        assert len(card) <= 2, said
        assert len(said.split()) <= 40, said
        if not card:
            assert outcome.letter in ("C", "D")
        if "Flexible Support Fund" in said:
            assert answering.names_the_fund(card)
            assert outcome.rule.fund
    known = [*words_answer.CARD_PURPOSE.values(), *words_answer.CARDS.values()]
    assert {each.english for each in (*known, words_answer.CARD_WRITE)} <= seen


def conversations(book: rulebook.Rulebook, answers: dict[str, str]) -> list[dict[str, str]]:
    question = engine.next_question(book, answers)
    if question is None:
        return [answers]
    return [
        found
        for option in question.options
        for found in conversations(book, {**answers, question.id: option})
    ]


@pytest.mark.parametrize("language", [each.code for each in offered() if each.code != "en"])
def test_the_card_stands_in_both_languages(app: Flask, language: str) -> None:
    browser = Browser(app, Accept_Language=language).open("/costs")
    with browser.client.session_transaction() as session:
        session["costs"] = LIKELY_LINE
    for path in ("/costs/answer", "/costs/card"):
        browser.open(path)
        english = [e for e in browser.page.all("p") if e.get("lang") == "en"]
        assert [e.get("dir") for e in english] == ["ltr", "ltr"]
        assert "help me with photo ID" in words_of(english[0])
        assert "not a loan" in words_of(english[1])
        with app.app_context(), speaking(language):
            browser.sees(say(words_answer.CARD_NEED["id"]))


def bodies(app: Flask, person: Claimant) -> list[str]:
    """Every text that arrived there, oldest first."""
    assert person.mobile is not None
    return Phone(app, person.mobile).received


def holding_the_card(app: Flask, person: Claimant) -> Browser:
    browser = Browser(app).sign_in(person)
    with browser.client.session_transaction() as session:
        session["costs"] = LIKELY_LINE
    return browser.open("/costs/card")


def test_the_card_goes_to_the_persons_own_phone_once(app: Flask, people: People) -> None:
    browser = holding_the_card(app, people.alex)
    browser.press("Text it to my phone").sees("We text these words to your phone now.")
    browser.press("Text it to my phone")
    card = (
        "Please can the Flexible Support Fund help me with photo ID or a document? "
        "I have a job interview or a trial shift that has a date."
    )
    assert bodies(app, people.alex).count(card) == 1
    browser.open("/record").sees("You had the words for your Jobcentre texted to your phone.")


def test_in_another_language_it_comes_in_english_too(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        again(people.alex).language = "cy"
    holding_the_card(app, people.alex).press("Anfon i’m ffôn")
    welsh, english = bodies(app, people.alex)[-2:]
    assert "Gronfa Cymorth Hyblyg" in welsh
    assert english.startswith("Please can the Flexible Support Fund help me with photo ID")


@pytest.mark.parametrize("choice", [{"discreet": True}, {"way": Way.letter}])
def test_it_is_not_offered_where_no_such_text_may_go(
    app: Flask, people: People, choice: dict[str, Any]
) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        for name, value in choice.items():
            setattr(person, name, value)
    browser = holding_the_card(app, people.alex)
    assert "Text it to my phone" not in browser.buttons()
    before = bodies(app, people.alex)
    browser.post("/costs/card/text")
    assert bodies(app, people.alex) == before
    with app.app_context(), transaction(), pytest.raises(Refusal, match="no-texts"):
        phone_actions.text_card(again(people.alex), ("need:id",), by=actor(people.alex))
