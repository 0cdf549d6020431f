"""Forms of answering an appointment, and the one form that reads a booking from any door."""

from __future__ import annotations


from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.fields import SelectChoice

from portal.appointments import rules
from portal.appointments.models import Slot
from portal.languages import say, when
from portal.refusals import sentence
from portal.web.forms import AtMost, Form, Lines, Radios

TOO_LONG = sentence(
    "Use at most %(longest)s letters. You wrote %(length)s. Your words are still here."
)


class AnswerForm(Form):
    """A button: nothing to fill in, only which state of the appointment the person saw."""

    version = HiddenField()

    @property
    def seen_version(self) -> int | None:
        """The version on the page that was answered; None when it is missing or nonsense."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 9 else None


class ReasonForm(AnswerForm):
    """Why somebody asks. Every part can be left out."""

    reason = Radios(_l("What got in the way? You can skip this."))
    note = Lines(
        _l("Anything you want to add"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
        description=_l("You can skip this. Staff at your Jobcentre can read it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [SelectChoice(code, say(s)) for code, s in rules.REASONS.items()]


class AnotherTimeForm(AnswerForm):
    """Take a time that is free, or say which times are possible."""

    slot = Radios(_l("Choose a free time"))
    note = Lines(
        _l("Or tell us which days and times are possible"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
    )

    def __init__(self, slots: list[Slot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slot.choices = [SelectChoice(str(s.id), when(s.starts_at)) for s in slots]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.slot.data and not self.note.data:
            target = self.slot if self.slot.choices else self.note
            target.errors = [say(sentence("Choose a time, or tell us which times are possible."))]
            return False
        return True

    @property
    def slot_id(self) -> UUID | None:
        return UUID(self.slot.data) if self.slot.data else None


