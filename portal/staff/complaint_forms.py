"""Forms of the complaints desk. Apart from `forms`, for length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.fields import SelectChoice

from portal.account.models import Staff
from portal.account.roles import staff_choices
from portal.complaints import rules
from portal.languages import say
from portal.refusals import sentence
from portal.web.forms import SHORTER, TOO_LONG, AtMost, Form, Line, Lines, Need, Radios, Several

_NOT_TOO_LONG = AtMost(rules.LONGEST, TOO_LONG)


class FindForm(Form):
    """The reference, by which the person knows their complaint."""

    reference = Line(
        _l("Find a complaint by its reference"),
        [
            Need(sentence("Write the reference, like K7QM-2P4A.")),
            AtMost(40, SHORTER),
        ],
    )


class AskMoreForm(Form):
    words = Lines(
        _l("What do you need to know?"),
        [Need(sentence("Write what you need to know. The person will see it.")), _NOT_TOO_LONG],
        description=_l("Ask only for what you need. The day for your answer stays the same."),
    )


class AnswerComplaintForm(Form):
    """The answer in its three parts. What the person can do next, the service adds itself."""

    looked_at = Lines(
        _l("What we looked at"),
        [Need(sentence("Write what you looked at.")), _NOT_TOO_LONG],
        description=_l("Who you talked to, what you read, and for which days."),
    )
    found_out = Lines(
        _l("What we found"),
        [Need(sentence("Write what you found.")), _NOT_TOO_LONG],
        description=_l("Answer each point. Say plainly what went wrong, and say sorry for it."),
    )
    will_do = Lines(
        _l("What we will do"),
        [
            Need(sentence("Write what you will do now, or why nothing is needed.")),
            _NOT_TOO_LONG,
        ],
        description=_l("Who does what, by which day."),
    )
    final = BooleanField(_l("This is the final response"))


class ToldMoreForm(Form):
    words = Lines(
        _l("What did they tell you?"),
        [Need(sentence("Write what they told you.")), _NOT_TOO_LONG],
        description=_l("Use their own words. They can read this."),
    )


class ToldComplaintForm(Form):
    """A complaint that somebody told staff: the same things as on the person's own pages."""

    kind = Radios(_l("What is it about?"), [Need(sentence("Choose what it is about."))])
    what = Lines(
        _l("What happened?"),
        [Need(sentence("Write what happened.")), _NOT_TOO_LONG],
        description=_l("Use their own words. They can read this."),
    )
    happened = Line(_l("When did it happen? They need not say."), [_NOT_TOO_LONG])
    who = Line(_l("Who was involved? They need not say."), [_NOT_TOO_LONG])
    put_right = Lines(_l("What would put it right? They need not say."), [_NOT_TOO_LONG])
    contact_note = Line(
        _l("How and when is it safe to reach them?"),
        [_NOT_TOO_LONG],
    )
    past = BooleanField(
        _l("Send it past the office, to the complaints team"),
        description=_l("Ask them. It is their choice."),
    )

    kept_from = Several(
        _l("Who must not see it?"),
        description=_l("Ask them. Whoever it is about never sees it, whatever their role."),
    )

    def __init__(self, staff: Sequence[Staff], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(k.value, say(s)) for k, s in rules.KINDS.items()]
        self.kept_from.choices = staff_choices(staff)

    @property
    def kept(self) -> frozenset[UUID]:
        """Whom they chose. An id that is none is nobody's."""
        there = {choice.value for choice in self.kept_from.choices}
        return frozenset(UUID(each) for each in self.kept_from.data or () if each in there)
