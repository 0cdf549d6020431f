"""Forms of asking for a change, asking for a pause, and saying whether it was written for you."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice

from portal.commitment import rules
from portal.commitment.easement_words import EASEMENTS
from portal.commitment.reasons import REASONS
from portal.languages import say
from portal.refusals import sentence
from portal.web.forms import TOO_LONG, AtMost, Form, Lines, Need, Radios


class ChangeForm(Form):
    """Why a point should change, and what would work instead. Every part can be left out."""

    reason = Radios(
        _l("Why do you ask? You can skip this."),
        description=_l("Only staff see this. It is never in a text."),
    )
    words = Lines(
        _l("Anything you want to add"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("You can skip this. Write in any language."),
    )
    instead = Lines(
        _l("What would work instead? You can skip this."), [AtMost(rules.LONGEST, TOO_LONG)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [SelectChoice(code, say(r.words)) for code, r in REASONS.items()]


class Ticks(SelectMultipleField):
    """Any of several, or none."""

    data: list[str] | None

    def pre_validate(self, form: Any) -> None:
        self.data = [value for value in self.data or [] if value in EASEMENTS]


class PauseForm(Form):
    """What is true for somebody now. Answering it is reading a page: nothing of it is kept."""

    private_true = Ticks(_l("What is true for you now?"))
    private_words = Lines(
        _l("Anything you want to add"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("You can skip this. It is sent only with the button below."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.private_true.choices = [
            SelectChoice(key, say(each.question, html=True)) for key, each in EASEMENTS.items()
        ]


class SecondForm(Form):
    """Ask another work coach; what to add can be left out."""

    words = Lines(
        _l("What should the other work coach know? You can skip this."),
        [AtMost(rules.LONGEST, TOO_LONG)],
    )


class FitForm(Form):
    """Was this written for you?"""

    answer = Radios(_l("Was this written for you?"), [Need(sentence("Choose one of the answers."))])
    words = Lines(
        _l("What does not fit? You can skip this."),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("Leave out anything that shows who you are."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = [SelectChoice(code, say(s)) for code, s in rules.FIT.items()]
