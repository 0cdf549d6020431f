"""The explainer of help with costs for staff: the same rules as a checklist, with what must, may
and must not be paid. Nothing of it is kept or about anybody."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from portal.account import guards
from portal.costs import answering, engine, rulebook, words, words_answer
from portal.costs.words_dates import dated
from portal.languages import say
from portal.refusals import sentence
from portal.staff.desk import bp
from portal.web.forms import Form, Menu
from portal.web.fragments import page


class Checklist(Form):
    """Every question at once. None has to be answered that does not matter."""

    you, need, steps = Menu(), Menu(), Menu()
    payer, regime, carer = Menu(), Menu(), Menu()
    purpose, paid = Menu(), Menu()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in rulebook.known().questions:
            field = self[question.id]
            field.label.text = say(words.QUESTIONS[question.id])
            field.choices = [SelectChoice("", say(sentence("Not answered yet")))] + [
                SelectChoice(option, say(words.OPTIONS[question.id][option]))
                for option in question.options
            ]


@bp.route("/costs/rules", methods=["GET", "POST"])
@guards.staff_only
def cost_rules() -> Any:
    """The rules in their order, and what they say about the answers that were chosen."""
    book, form, outcome = rulebook.known(), Checklist(), None
    if form.submitted():
        given = {name: value for name, value in form.data.items() if value}
        answers = engine.asked(book, given)
        missing = engine.next_question(book, answers)
        if missing is None:
            outcome = engine.explain(book, answers)
        else:
            form[missing.id].errors = [say(sentence("Choose an answer here: it decides."))]
    return page(
        "staff/cost_rules.html",
        form.status,
        form=form,
        outcome=outcome,
        book=book,
        words=words,
        said=words_answer,
        answering=answering,
        dated=dated,
        title=_l("What the fund may pay for"),
    )
