"""Forms for messages, reports and what a person told staff. Apart from `forms`, for length."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.fields import SelectChoice

from portal import languages
from portal.appointments import rules
from portal.appointments.forms import AnswerForm
from portal.appointments.models import Appointment, How, ReportKind
from portal.languages import say
from portal.messages import rules as messages
from portal.messages.forms import CallForm
from portal.refusals import sentence
from portal.web.forms import TOO_LONG, AtMost, Form, Line, Lines, Menu, Need, Radios
from portal.web.text import western_digits


class AnswerReportForm(Form):
    note = Lines(
        _l("What did you do, or agree?"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
        description=_l("You can leave this empty. The person will see it."),
    )


class ReplyForm(Form):
    """A reply, and up to which message it replies."""

    up_to = HiddenField()
    words = Lines(
        _l("Your reply"),
        [
            Need(sentence("Write your reply. The person will see it.")),
            AtMost(messages.LONGEST, TOO_LONG),
        ],
        description=_l("Use plain words. The person will see this."),
    )
    language = Menu(_l("Which language did you write in?"))

    def __init__(self, **values: Any) -> None:
        super().__init__(language=languages.current().code, **values)
        self.language.choices = [SelectChoice(x.code, x.endonym) for x in languages.offered()]

    @property
    def message_id(self) -> UUID | None:
        try:
            return UUID(self.up_to.data or "")
        except ValueError:
            return None


class ToldMessageForm(Form):
    words = Lines(
        _l("What did they tell you?"),
        [
            Need(sentence("Write what they told you.")),
            AtMost(messages.LONGEST, TOO_LONG),
        ],
        description=_l("Use their own words. They can read this."),
    )


class ToldCallForm(CallForm):
    """The person can be called at their number."""


class ToldForm(AnswerForm):
    """What a person said about an appointment. Only what can be said now is offered."""

    what = Radios(_l("What did they tell you?"), [Need(sentence("Choose what they told you."))])
    minutes = Line(
        _l("About how many minutes late?"), description=_l("Only if they are running late.")
    )
    reason = Radios(_l("Why can they not come? They need not say."))
    note = Lines(
        _l("What else did they say?"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
        description=_l("For another time: which days and times are possible."),
    )

    def __init__(self, appointment: Appointment, now: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what.choices = list(_possible(appointment, now))
        self.reason.choices = [SelectChoice(code, say(s)) for code, s in rules.REASONS.items()]

    @property
    def delay(self) -> int:
        """Minutes, or 0 when they are missing or nonsense."""
        figures = western_digits(self.minutes.data or "").strip()
        return int(figures) if figures.isdecimal() and len(figures) < 4 else 0

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.what.data == "late" and not 1 <= self.delay <= rules.LONGEST_DELAY:
            said = sentence("Write about how many minutes late they will be, as a number.")
            self.minutes.errors = [say(said)]
            return False
        return fine


def _possible(appointment: Appointment, now: datetime) -> list[SelectChoice]:
    open_now = rules.stands(appointment) and appointment.starts_at > now
    said: list[tuple[str, Any]] = []
    if open_now:
        said.append(("accept", _l("They accept the appointment")))
        if appointment.how is not How.phone:
            said.append(("phone", _l("They ask for a phone call")))
        said.append(("time", _l("They ask for another time")))
        said.append(("cancel", _l("They ask to cancel")))
    for code, kind, words in (
        ("late", ReportKind.running_late, _l("They are running late")),
        ("fare", ReportKind.cannot_pay_fare, _l("They cannot pay the fare")),
        ("no_call", ReportKind.they_did_not_call, _l("Nobody called them")),
        ("no_interpreter", ReportKind.no_interpreter, _l("No interpreter came")),
        ("hospital", ReportKind.in_hospital, _l("They are in hospital")),
    ):
        if rules.may_report(kind, appointment, now):
            said.append((code, words))
    return [SelectChoice(code, words) for code, words in said]
