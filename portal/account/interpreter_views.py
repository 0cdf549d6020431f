"""The page on which a person says which interpreter they need. Apart from `views`, for length; the
desk uses its form."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from portal.account import guards
from portal.account.interpreter_actions import LONGEST, Need, need_none, need_of, say_need
from portal.account.interpreter_models import Help, InterpreterNeed, Safe, Wanted
from portal.account.models import Claimant
from portal.account.pages import bp
from portal.actors import Actor
from portal.database import transaction
from portal.record.models import Entry
from portal.refusals import Refusal, sentence
from portal.web import forms
from portal.web.forms import SHORTER, AtMost, Form, Line, Radios
from portal.web.fragments import page

NONE = "none"


class InterpreterForm(Form):
    """Who turns the words, which language, how, and who it should be."""

    help = Radios(
        _l("What do you need?"),
        [forms.Need(sentence("Choose what you need."))],
        choices=[
            SelectChoice(Help.spoken.value, _l("An interpreter for a language that I speak")),
            SelectChoice(Help.bsl.value, _l("A British Sign Language (BSL) interpreter")),
            SelectChoice(Help.lipspeaker.value, _l("A lip-speaker")),
            SelectChoice(NONE, _l("I need no interpreter")),
        ],
    )
    language = Line(
        _l("Which language do you speak best?"),
        [AtMost(LONGEST, SHORTER)],
        description=_l("It may not be the language you read. For example: Kurdish Sorani."),
    )
    dialect = Line(
        _l("Which dialect, or from which place?"),
        [AtMost(LONGEST, SHORTER)],
        description=_l("You can leave this empty. For example: Sylheti, or Arabic as in Sudan."),
    )
    wanted = Radios(
        _l("How should the interpreter be there?"),
        choices=[
            SelectChoice(Wanted.either.value, _l("Either way")),
            SelectChoice(Wanted.phone.value, _l("By telephone or video call")),
            SelectChoice(Wanted.in_person.value, _l("In the same room")),
        ],
    )
    safe = Radios(
        _l("Does it matter who interprets?"),
        description=_l("Say this only if you need it to feel safe. You need not say why."),
        choices=[
            SelectChoice(Safe.anyone.value, _l("It does not matter")),
            SelectChoice(Safe.woman.value, _l("I need a woman")),
            SelectChoice(Safe.man.value, _l("I need a man")),
        ],
    )

    def __init__(self, known: InterpreterNeed | None, **kwargs: Any) -> None:
        """`known` is what the person said before."""
        super().__init__(
            help=known.help.value if known else None,
            language=known.language if known else "",
            dialect=known.dialect if known else "",
            wanted=known.wanted.value if known else Wanted.either.value,
            safe=known.safe if known else Safe.anyone.value,
            **kwargs,
        )

    def save(self, person: Claimant, by: Actor) -> Entry | None:
        """Record what was chosen, in a transaction of its own. Raises Refusal."""
        with transaction():
            if self.help.data == NONE:
                return need_none(person, by=by)
            need = Need(
                Help(self.help.data),
                self.language.data or "",
                self.dialect.data or "",
                Wanted(self.wanted.data or Wanted.either),
                Safe(self.safe.data or Safe.anyone),
            )
            return say_need(person, need, by=by)


@bp.route("/settings/interpreter", methods=["GET", "POST"])
@guards.claimant_only
def interpreter() -> Any:
    """Which interpreter the person needs. It is free."""
    person = guards.this_claimant()
    form = InterpreterForm(need_of(person))
    if form.submitted():
        try:
            entry = form.save(person, guards.claimant_actor(person))
            receipts = [entry] if entry else []
            return page("account/saved.html", receipts=receipts, person=person)
        except Refusal as refusal:
            form.refuse(refusal, "language")
    return page("account/interpreter.html", form.status, form=form, person=person)
