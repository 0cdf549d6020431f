"""Forms of writing to the office and asking for a call."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from portal.languages import say
from portal.messages import rules
from portal.refusals import sentence
from portal.web.forms import TOO_LONG, AtMost, Form, Lines, Need, Radios


class MessageForm(Form):
    """One message."""

    words = Lines(
        _l("Your message"),
        [Need(sentence("Write what you want to say.")), AtMost(rules.LONGEST, TOO_LONG)],
    )


class CallForm(Form):
    """When to call, and perhaps about what."""

    when = Radios(_l("When can we call you?"), [Need(sentence("Choose when we can call you."))])
    reason = Radios(_l("What is it about? You can skip this."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.when.choices = [SelectChoice(w.value, say(said)) for w, said in rules.WHEN.items()]
        self.reason.choices = [
            SelectChoice(code, say(said)) for code, said in rules.CALL_REASONS.items()
        ]
