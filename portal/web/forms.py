"""Forms that lose nothing: an error, a language switch or a time-out leaves the text in place."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import g, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import (
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation, ValidationError

from portal.languages import say
from portal.refusals import Refusal, Sentence, sentence
from portal.web.text import clean

TOO_LONG = sentence(
    "Use at most %(longest)s letters. You wrote %(length)s. Your words are still here."
)
SHORTER = sentence("Use at most %(longest)s letters. You wrote %(length)s.")


def once() -> UUID:
    """The id of what this form will make. It came with the page and goes back with it, so a
    second press of the button finds what the first one made."""
    try:
        return UUID(request.form.get("_once", ""))
    except ValueError:
        return uuid4()


class Form(FlaskForm):
    """A form of ours. CSRF is checked for the whole application, before any view runs."""

    class Meta:
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if formdata is not _Auto:
                return formdata
            if request.method == "POST":
                return request.form
            typed = g.get("typed_text")
            return MultiDict(typed) if typed else None

    def submitted(self) -> bool:
        """True when the person sent the form and it holds; False when it only came along."""
        if request.method != "POST" or g.get("only_refill"):
            return False
        return bool(self.validate())

    @property
    def status(self) -> int:
        """422 when there is something to put right, so that scripts and programs notice too."""
        return 422 if self.errors else 200

    def refuse(self, refusal: Refusal, field: str | None = None) -> None:
        """Show a rule's refusal at a field, or above the form."""
        target = self[field] if field else next(iter(self))
        target.errors = [*target.errors, say(refusal.sentence)]


class Line(StringField):
    """One line of text, cleaned."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean(valuelist[0]).replace("\n", " ") if valuelist else ""


class Lines(TextAreaField):
    """Several lines of text, cleaned."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean(valuelist[0]) if valuelist else ""


class Need:
    """The field must be filled in; says what to do in its own words."""

    field_flags = {"required": True}

    def __init__(self, said: Sentence) -> None:
        self.said = said

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()):
            field.errors[:] = []
            raise StopValidation(say(self.said))


class AtMost:
    """No longer than this many characters; says how many were typed."""

    def __init__(self, longest: int, said: Sentence) -> None:
        self.longest, self.said = longest, said

    def __call__(self, form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > self.longest:
            values = {"longest": self.longest, "length": length}
            raise ValidationError(say(Sentence(self.said.english, values)))


class _OneOf:
    """Our own sentence for an answer that is not among the choices."""

    def pre_validate(self, form: Any) -> None:
        if not self.data:  # type: ignore[attr-defined]
            return
        if self.data not in [choice.value for choice in self.choices]:  # type: ignore[attr-defined]
            raise ValidationError(say(sentence("Choose one of the answers.")))


class Radios(_OneOf, RadioField):
    """One answer of a few. `choices` are SelectChoice."""


class Menu(_OneOf, SelectField):
    """One answer of many. `choices` are SelectChoice."""


class Several(SelectMultipleField):
    """Any of several. What is not among them is for the rule to refuse."""

    def pre_validate(self, form: Any) -> None:
        pass
