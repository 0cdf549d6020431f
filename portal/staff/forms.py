"""Forms of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.fields import SelectChoice

from portal import languages
from portal.account.forms import Digits, Mobile
from portal.account.models import Staff
from portal.appointments import bookings, rules
from portal.appointments.forms import (
    AnswerForm,
    BookingForm,
    ClockTime,
    how_choices,
    moment_of,
)
from portal.refusals import sentence
from portal.web.days import NEED_DAY, Day
from portal.web.forms import SHORTER, TOO_LONG, AtMost, Form, Line, Lines, Menu, Need, Radios
from portal.web.text import western_digits

_MOST_TIMES = 20


class SignInForm(Form):
    email = Line(
        _l("E-mail address"),
        [Need(sentence("Write your e-mail address.")), AtMost(200, SHORTER)],
    )
    password = PasswordField(
        _l("Password"), [Need(sentence("Write your password.")), AtMost(1000, SHORTER)]
    )
    code = Digits(
        _l("Code from your app"),
        [Need(sentence("Write the code from your app."))],
        description=_l("It has 6 numbers. Each code works once."),
    )


class SearchForm(Form):
    text = Line(
        _l("Name, reference or mobile number"),
        [AtMost(200, SHORTER)],
    )


class AgreeForm(Form):
    """Nothing to fill in for a request to cancel."""


class AgreeToCallForm(Form):
    """A person who is to be called must know who calls, and from where."""

    caller_name = Line(
        _l("Who will call?"),
        [
            Need(sentence("Say who will call.")),
            AtMost(bookings.LONGEST["caller_name"], SHORTER),
        ],
    )
    caller_number = Line(
        _l("Which number will the call come from?"),
        [
            Need(sentence("Say which number the call will come from.")),
            AtMost(bookings.LONGEST["caller_number"], SHORTER),
        ],
        description=_l("People need it to know who is calling."),
    )


class RefuseForm(Form):
    why = Lines(
        _l("Why not?"),
        [
            Need(sentence("Say why, in plain words. The person will see it.")),
            AtMost(rules.LONGEST_NOTE, TOO_LONG),
        ],
        description=_l(
            "Use plain words. The person will see this. It may go out as a text: nothing about "
            "health or money."
        ),
    )


class MoveForm(AnswerForm, BookingForm):
    """A new time, or a new way to meet. What the appointment is about stays."""

    why = Lines(
        _l("Why does it move?"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
        description=_l("You can leave this empty. The person will see it."),
    )


MOVED = ("day", "time", "minutes", "how", "place", "caller_name", "caller_number", "interpreter_by")


class CallOffForm(AnswerForm):
    why = Lines(
        _l("Why is it called off?"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
        description=_l("You can leave this empty. The person will see it."),
    )


class ContactForm(Form):
    way = Radios(
        _l("How did you try?"),
        [Need(sentence("Choose how you tried."))],
        choices=[
            SelectChoice("call", _l("Phone call")),
            SelectChoice("letter", _l("Letter")),
            SelectChoice("in_person", _l("In person")),
            SelectChoice("other", _l("Another way")),
        ],
    )
    reached = Radios(
        _l("Did you reach them?"),
        [Need(sentence("Choose yes or no."))],
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("Not yet"))],
    )
    note = Lines(
        _l("What happened?"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
        description=_l("You can leave this empty. The person can read it in their record."),
    )


class OutcomeForm(Form):
    happened = Radios(
        _l("Did it take place?"),
        [Need(sentence("Choose one of the answers."))],
        choices=[
            SelectChoice("yes", _l("Yes, we met or talked")),
            SelectChoice("no", _l("No, it did not happen")),
        ],
    )


class RegisterForm(Form):
    full_name = Line(
        _l("Full name"), [Need(sentence("Write the person's name.")), AtMost(200, SHORTER)]
    )
    reference = Line(
        _l("Reference"),
        [Need(sentence("Write the reference your office uses.")), AtMost(64, SHORTER)],
        description=_l("What your office's own system calls this person."),
    )
    number = Mobile(
        _l("Mobile number"), description=_l("Leave this empty if they have no mobile phone.")
    )
    language = Menu(_l("Language"), [Need(sentence("Choose a language"))])
    coach = Menu(_l("Work coach"))

    def __init__(self, staff: Iterable[Staff], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(x.code, x.endonym) for x in languages.offered()]
        self.coach.choices = _coaches(staff)


class DeskNumberForm(Form):
    number = Mobile(
        _l("New mobile number"),
        description=_l("Leave this empty if they no longer have a mobile phone."),
    )


class TimesForm(Form):
    """Free times, one after the other, that people can take without asking."""

    day = Day(_l("Day"), [Need(NEED_DAY)])
    time = ClockTime(
        _l("First time"),
        [Need(sentence("Write the first time."))],
        description=_l("Like 10:30 or 2:30pm"),
    )
    minutes = Line(_l("How many minutes is each?"))
    count = Line(_l("How many times?"), description=_l("They follow one after the other."))
    how = Radios(_l("How do you meet?"), [Need(sentence("Choose how you meet."))])
    coach = Menu(_l("Work coach"))

    def __init__(self, staff: Iterable[Staff], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.how.choices = how_choices()
        self.coach.choices = _coaches(staff)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for field, most in ((self.minutes, bookings.MOST_MINUTES), (self.count, _MOST_TIMES)):
            figures = western_digits(field.data or "")
            if figures.isdecimal() and len(figures) < 4 and 1 <= int(figures) <= most:
                field.data = figures
            else:
                field.errors = [_("Write a number from 1 to %(most)s.", most=most)]
                fine = False
        return fine

    @property
    def first(self) -> datetime:
        """When the first one starts. Ask after the form was validated."""
        moment = moment_of(self.day.data, self.time.at)
        if moment is None:
            raise RuntimeError("These times were not read yet.")
        return moment


class CardForm(Form):
    """A button that says which card the page showed, so that two presses make one card."""

    shown = Line()


def _coaches(staff: Iterable[Staff]) -> list[SelectChoice]:
    return [SelectChoice("", _("Nobody in particular"))] + [
        SelectChoice(str(member.id), member.name) for member in staff
    ]


def coach_id(field: Menu) -> UUID | None:
    """Whom a menu of work coaches names."""
    return UUID(field.data) if field.data else None
