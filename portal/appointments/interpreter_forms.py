"""The question whether an interpreter is booked, for the forms that ask it. Apart from `forms`, for
length."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from portal.account.interpreter_models import InterpreterNeed
from portal.appointments import interpreters, rules
from portal.appointments.models import Appointment, InterpreterBy
from portal.refusals import sentence
from portal.web.forms import SHORTER, AtMost, Form, Line, Need, Radios

_NEED_INTERPRETER_BY = sentence("Say if an interpreter will come.")


def interpreter_by() -> Radios:
    """Not there for whoever needs none; where it is there, it has to be answered."""
    return Radios(
        _l("Is an interpreter booked for this time?"),
        [Need(_NEED_INTERPRETER_BY)],
        choices=[
            SelectChoice(InterpreterBy.phone.value, _l("Yes, by telephone or video call")),
            SelectChoice(InterpreterBy.in_person.value, _l("Yes, in the same room")),
            SelectChoice(
                InterpreterBy.not_yet.value, _l("Not yet. Put it on the list of what waits.")
            ),
        ],
    )


class InterpreterByForm(Form):
    """Whether an interpreter comes to a visit that is booked."""

    interpreter_by = interpreter_by()
    interpreter = Line(
        _l("Which language does the interpreter speak?"),
        [AtMost(rules.LONGEST_LANGUAGE, SHORTER)],
    )

    @classmethod
    def of(cls, appointment: Appointment, need: InterpreterNeed | None) -> InterpreterByForm:
        """With what is known: what is booked, or else what the person needs."""
        language = appointment.interpreter or (interpreters.words_of(need) if need else "")
        return cls(interpreter_by=appointment.interpreter_by.value or None, interpreter=language)

    @property
    def chosen(self) -> InterpreterBy:
        return InterpreterBy(self.interpreter_by.data or "")
