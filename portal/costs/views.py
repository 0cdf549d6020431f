"""Help with costs: some questions, one a page, and what the rules say. Keeps nothing, and works
for whoever is not signed in. Asking the office is in `request_views`."""

from __future__ import annotations

from typing import Any

from flask import abort, session, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal import clock
from portal.account import guards
from portal.costs import (
    answering,
    engine,
    phone_actions,
    request_views,
    rulebook,
    words,
    words_answer,
)
from portal.costs.pages import (
    answers_here,
    bp,
    forget_answers,
    keep_answer,
    typed_before,
)
from portal.costs.table import MOST_QUESTIONS, Question
from portal.costs.words_dates import dated
from portal.database import transaction
from portal.languages import say
from portal.refusals import sentence
from portal.web.access import public
from portal.web.forms import Form, Need, Radios
from portal.web.fragments import page, to

__all__ = ["bp", "request_views"]

FIRST = "you"
_TEXTED = "costs_texted"
_SKIPPED = "costs_first"
"""Somebody came to a page whose answer depends on another one."""


class QuestionForm(Form):
    """One question of the explainer."""

    answer = Radios(
        "", [Need(sentence("Choose an answer. If you do not know, choose that you are not sure."))]
    )

    def __init__(self, asked: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.label.text = say(words.QUESTIONS[asked.id])
        self.answer.description = say(words.WHY[asked.id])
        self.answer.choices = [
            SelectChoice(option, say(words.OPTIONS[asked.id][option])) for option in asked.options
        ]


@bp.route("/costs", methods=("GET", "POST"), defaults={"name": FIRST}, endpoint="explainer")
@bp.route("/costs/<name>", methods=("GET", "POST"))
@public
def question(name: str) -> Any:
    """Ask one question. A browser that comes too early is sent to the first open one."""
    book = rulebook.known()
    asked = book.question(name) or abort(404)
    answers = answers_here()
    before = list(answers)[: list(answers).index(name)] if name in answers else list(answers)
    following = engine.next_question(book, answers)
    if name not in answers and asked != following:
        session[_SKIPPED] = True
        return _onwards()
    form = QuestionForm(asked, answer=typed_before(name))
    if form.submitted():
        keep_answer(name, form.answer.data)
        return _onwards()
    return page(
        "costs/question.html",
        form.status,
        form=form,
        number=len(before) + 1,
        most=MOST_QUESTIONS,
        back=address(before[-1]) if before else None,
        skipped=session.pop(_SKIPPED, False),
    )


@bp.get("/costs/answer")
@public
def answer() -> Any:
    """What the rules say about these answers, why, and what to do."""
    book, answers = rulebook.known(), answers_here()
    if engine.next_question(book, answers) is not None:
        session[_SKIPPED] = True
        return _onwards()
    outcome = engine.explain(book, answers)
    return page(
        "costs/answer.html",
        outcome=outcome,
        answers=answers,
        answering=answering,
        words=words,
        said=words_answer,
        book=book,
        late=clock.today() > book.check_again_by,
        address=address,
        card=answering.card(outcome, answers),
        dated=dated,
        person=guards.claimant(),
    )


@bp.get("/costs/card")
@public
def card() -> Any:
    """What to read out or show, alone on a page, to print."""
    book, answers = rulebook.known(), answers_here()
    if engine.next_question(book, answers) is not None:
        return _onwards()
    said, person = answering.card(engine.explain(book, answers), answers), guards.claimant()
    if not said:
        return _onwards()
    return page(
        "costs/card.html",
        card=said,
        answering=answering,
        said=words_answer,
        to_phone=person is not None and phone_actions.may_text_card(person),
        texted=session.pop(_TEXTED, False),
    )


@bp.post("/costs/card/text")
@guards.claimant_only
def text_card() -> Any:
    """Send the card to the phone of whoever is signed in."""
    book, answers = rulebook.known(), answers_here()
    if engine.next_question(book, answers) is not None:
        return _onwards()
    outcome, person = engine.explain(book, answers), guards.this_claimant()
    lines = answering.card_lines(outcome, answers)
    if lines and phone_actions.may_text_card(person):
        with transaction():
            phone_actions.text_card(person, lines, by=guards.claimant_actor(person))
        session[_TEXTED] = True
    return to(url_for("costs.card"))


@bp.post("/costs/again")
@public
def again() -> Response:
    """Forget the answers and start again, for another thing or another person."""
    forget_answers()
    return to(url_for("costs.explainer"))


def address(name: str) -> str:
    """Where a question is asked."""
    return url_for("costs.explainer") if name == FIRST else url_for("costs.question", name=name)


def _onwards() -> Response:
    """The next question that matters, or the answer."""
    following = engine.next_question(rulebook.known(), answers_here())
    return to(address(following.id) if following else url_for("costs.answer"))
