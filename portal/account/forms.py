"""Forms of signing in and of settings."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from portal import languages
from portal.account.models import Letters, Way
from portal.account.numbers import digits_in, read_mobile
from portal.languages import clock_time, say
from portal.refusals import Refusal, sentence
from portal.web.forms import AtMost, Form, Line, Menu, Need, Radios


class Mobile(Line):
    """A United Kingdom mobile number. Keeps what was typed; `e164` is how we read it."""

    e164 = ""

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        try:
            self.e164 = read_mobile(self.data)
        except Refusal as refusal:
            raise ValidationError(say(refusal.sentence)) from None


class Digits(Line):
    """A code of digits, pasted or typed, in any script's digits, with any spaces."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = digits_in(valuelist[0])[:12] if valuelist else ""


class SignInForm(Form):
    number = Mobile(
        _l("What is your mobile number?"),
        [Need(sentence("Enter a UK mobile number, like 07700 900123"))],
        description=_l("We will text you a code. It is free to get."),
    )


class CodeForm(Form):
    code = Digits(
        _l("What is the code?"),
        [Need(sentence("Enter the code from the text"))],
        description=_l("It has 6 numbers. You can paste it."),
    )


class CardForm(Form):
    reference = Line(
        _l("What is the reference on your card?"),
        [
            Need(sentence("Enter the reference from your card, like AB12-CD34")),
            AtMost(40, sentence("Enter the reference from your card, like AB12-CD34")),
        ],
    )
    code = Line(
        _l("What is the code on your card?"),
        [
            Need(sentence("Enter the code from your card")),
            AtMost(40, sentence("Enter the code from your card")),
        ],
    )


def _quiet_choices() -> list[SelectChoice]:
    none = SelectChoice("", _l("No quiet time"))
    hours = [SelectChoice(f"{h:02d}:00", clock_time(time(h))) for h in range(24)]
    return [none, *hours]


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


class SettingsForm(Form):
    language = Radios(_l("Language"), [Need(sentence("Choose a language"))])
    way = Radios(
        _l("How should we tell you things?"),
        [Need(sentence("Choose how we should tell you things"))],
        choices=[
            SelectChoice(Way.text.value, _l("By text")),
            SelectChoice(Way.call.value, _l("By phone call")),
            SelectChoice(Way.letter.value, _l("By letter")),
        ],
    )
    """Two more ways are settled at the desk; whoever has one may keep it."""
    discreet = BooleanField(
        _l("Keep texts discreet"),
        description=_l("Texts will not name the Jobcentre or Universal Credit."),
    )
    morning_text = BooleanField(
        _l("Text me on the morning of an appointment"),
        description=_l("Other reminders come one and two days before."),
    )
    letters = Radios(
        _l("Accents in texts"),
        description=_l("Accents can make a text longer, or look wrong on an old phone."),
        choices=[
            SelectChoice(Letters.auto.value, _l("Where they fit")),
            SelectChoice(Letters.plain.value, _l("Never")),
            SelectChoice(Letters.full.value, _l("Always")),
        ],
    )
    quiet_from = Menu(_l("Send me no texts from"))
    quiet_to = Menu(_l("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(x.code, x.endonym) for x in languages.offered()]
        settled = {"slip": _l("On paper at the Jobcentre"), "helper": _l("Through my helper")}
        if self.way.object_data in settled:
            way = self.way.object_data
            self.way.choices = [*self.way.choices, SelectChoice(way, settled[way])]
        if not languages.known()[self.language.object_data or languages.DEFAULT].has_accents:
            del self.letters
        self.quiet_from.choices = _quiet_choices()
        self.quiet_to.choices = _quiet_choices()

    @property
    def quiet_times(self) -> tuple[time | None, time | None]:
        return _time(self.quiet_from.data), _time(self.quiet_to.data)


class NumberForm(Form):
    number = Mobile(
        _l("What is your new mobile number?"),
        [Need(sentence("Enter a UK mobile number, like 07700 900123"))],
        description=_l("We will text a code to your old number and another to the new one."),
    )


class NumberCodesForm(Form):
    old_code = Digits(_l("What is the code we sent to your old number?"))
    new_code = Digits(
        _l("What is the code we sent to your new number?"),
        [Need(sentence("Enter the code from the text"))],
    )
