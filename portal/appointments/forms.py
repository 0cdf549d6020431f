"""Forms of answering an appointment, and the one form that reads a booking from any door."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from portal import clock
from portal.account.interpreter_models import InterpreterNeed
from portal.appointments import bookings, interpreters, rules
from portal.appointments.busy_actions import Busy
from portal.appointments.interpreter_forms import interpreter_by
from portal.appointments.models import Slot
from portal.appointments.rules import Booking
from portal.languages import say, weekday, when
from portal.refusals import sentence
from portal.web.days import NEED_DAY, Day
from portal.web.forms import TOO_LONG, AtMost, Form, Line, Lines, Menu, Need, Radios, Several

SLOT_GONE = sentence("Someone else has taken that time. Choose another one.")
NO_SLOT_LEFT = sentence("Someone else has taken that time. Tell us which times are possible.")


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


class Slots(Radios):
    """The free times. One that is not among them any more was taken while the page was open,
    and if the person took it themselves, they press for the second time."""

    own: Collection[str] = ()

    def pre_validate(self, form: Any) -> None:
        known = [*self.own, *(choice.value for choice in self.choices)]
        if self.data and self.data not in known:
            raise ValidationError(say(SLOT_GONE if self.choices else NO_SLOT_LEFT))


class AnotherTimeForm(AnswerForm):
    """Take a time that is free, or say which times are possible."""

    slot = Slots(_l("Choose a free time"))
    note = Lines(
        _l("Or tell us which days and times are possible"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
    )

    def __init__(
        self, slots: Sequence[Slot], own: Sequence[Slot], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.slot.own = [str(s.id) for s in own]
        self.slot.choices = [SelectChoice(str(s.id), when(s.starts_at)) for s in slots]
        if not slots:
            self.note.label.text = _l("Tell us which days and times are possible")

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            if self.slot.errors and not self.slot.choices:
                self.note.errors, self.slot.errors = self.slot.errors, []
            return False
        if not self.slot.data and not self.note.data:
            if self.slot.choices:
                error = sentence("Choose a time, or tell us which times are possible.")
                self.slot.errors = [say(error)]
            else:
                self.note.errors = [say(sentence("Write which days and times are possible."))]
            return False
        return True

    @property
    def slot_id(self) -> UUID | None:
        return UUID(self.slot.data) if self.slot.data else None


class ClockTime(Line):
    """A time of day as people write it. Keeps what was typed; `at` is how we read it."""

    at: time | None = None

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        try:
            self.at = bookings.read_time(self.data)
        except bookings.BadBooking as bad:
            raise ValidationError(bad.errors["time"][0]) from None


def how_choices() -> list[SelectChoice]:
    return [SelectChoice(how.value, say(said)) for how, said in rules.HOW.items()]


class BookingForm(Form):
    """The office says everything about an appointment. Fields are the columns of `bookings`,
    but for the start, which people write as a day and a time.

    `known` is the booking as it stands; fields left out with `only` keep what it says. Where the
    person has a `need` of an interpreter, it has to be said each time whether one is booked.
    """

    day = Day(_l("Day"), [Need(NEED_DAY)])
    time = ClockTime(
        _l("Time"),
        [Need(sentence("Write the time of the appointment."))],
        description=_l("Like 10:30 or 2:30pm"),
    )
    minutes = Line(_l("How many minutes?"))
    how = Radios(_l("How do you meet?"), [Need(sentence("Choose how you meet."))])
    place = Lines(
        _l("Where, or how they get the video link"),
        description=_l("Leave this empty for your office's own address."),
    )
    caller_name = Line(_l("Who will call?"), description=_l("For phone calls"))
    caller_number = Line(
        _l("Which number will the call come from?"),
        description=_l("For phone calls. People need it to know who is calling."),
    )
    with_name = Line(_l("Who will they talk to?"))
    purpose = Menu(_l("What is it for?"), [Need(sentence("Choose what the appointment is for."))])
    purpose_note = Lines(_l("More about what it is for"), description=_l("The person sees this."))
    bring = Several(_l("What should they bring?"))
    bring_note = Lines(_l("Anything else to bring"))
    interpreter = Line(
        _l("Which language does the interpreter speak?"),
        description=_l("Leave this empty if none is booked."),
    )
    interpreter_by = interpreter_by()
    private_room = BooleanField(_l("A private room is booked"))
    anyway = BooleanField(_l("They agreed to this time all the same"))

    def __init__(
        self,
        *args: Any,
        known: Booking | None = None,
        only: Collection[str] = (),
        need: InterpreterNeed | None = None,
        **kwargs: Any,
    ) -> None:
        if known is not None:
            kwargs = {**_fields_of(known), **kwargs}
        minutes = bookings.USUAL_MINUTES
        if need is not None:
            minutes *= rules.TWICE
            kwargs.setdefault("interpreter", interpreters.words_of(need))
            kwargs["interpreter_by"] = None
        kwargs.setdefault("minutes", str(minutes))
        super().__init__(*args, **kwargs)
        self._known, self._booking = known, known
        self.how.choices = how_choices()
        self.purpose.choices = [
            SelectChoice("", ""),
            *(SelectChoice(code, say(said)) for code, said in rules.PURPOSES.items()),
        ]
        self.bring.choices = [SelectChoice(code, say(said)) for code, said in rules.BRING.items()]
        if only:
            for name in [name for name in _FIELDS if name not in only]:
                del self[name]
        if need is None and "interpreter_by" in self:
            del self["interpreter_by"]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        try:
            self._booking = bookings.read_booking(self._columns())
        except bookings.BadBooking as bad:
            for column, faults in bad.errors.items():
                name = "time" if column == "starts_at" else column
                if name in self and not self[name].errors and (name != "time" or fine):
                    self[name].errors = faults
                elif name not in self:
                    self.form_errors.extend(faults)
            return False
        return fine

    def _columns(self) -> dict[str, object]:
        values: dict[str, object] = _columns_of(self._known) if self._known else {}
        values.update((name, self[name].data) for name in bookings.COLUMNS if name in self)
        if "day" in self and "time" in self:
            moment = moment_of(self.day.data, self.time.at)
            values["starts_at"] = moment.isoformat() if moment else ""
        return values

    def to_booking(self) -> Booking:
        """What was read. Call it after the form was validated."""
        if self._booking is None:
            raise RuntimeError("This booking was not read yet.")
        return self._booking


_FIELDS = tuple(name for name in (*bookings.COLUMNS, "day", "time") if hasattr(BookingForm, name))


def moment_of(day: date | None, at: time | None) -> datetime | None:
    """The UTC moment of a day and a time by the wall clock in the United Kingdom."""
    return clock.from_wall_clock(datetime.combine(day, at)) if day and at else None


def _columns_of(booking: Booking) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(booking, name) for name in bookings.COLUMNS}
    return {**values, "starts_at": booking.starts_at.isoformat(), "how": booking.how.value}


def _fields_of(booking: Booking) -> dict[str, object]:
    starts = clock.local(booking.starts_at)
    values = _columns_of(booking)
    del values["starts_at"], values["external_reference"]
    return {
        **values,
        "minutes": str(booking.minutes),
        "bring": list(booking.bring),
        "day": starts.date(),
        "time": starts.strftime("%H:%M"),
    }


class BusyForm(Form):
    """From when to when a person cannot come, on each working day of every week."""

    start_0 = ClockTime(_l("From"))
    end_0 = ClockTime(_l("To"))
    start_1 = ClockTime(_l("From"))
    end_1 = ClockTime(_l("To"))
    start_2 = ClockTime(_l("From"))
    end_2 = ClockTime(_l("To"))
    start_3 = ClockTime(_l("From"))
    end_3 = ClockTime(_l("To"))
    start_4 = ClockTime(_l("From"))
    end_4 = ClockTime(_l("To"))

    def __init__(self, known: Collection[Busy], *args: Any, **kwargs: Any) -> None:
        for each in known:
            kwargs[f"start_{each.weekday}"] = each.starts.strftime("%H:%M")
            kwargs[f"end_{each.weekday}"] = each.ends.strftime("%H:%M")
        super().__init__(*args, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for day in range(5):
            start, end, name = self[f"start_{day}"], self[f"end_{day}"], weekday(day)
            if bool(start.data) != bool(end.data):
                both = sentence("Write both times for %(day)s, or leave both empty.", day=name)
                (end if start.data else start).errors = [say(both)]
                fine = False
            elif start.at and end.at and start.at >= end.at:
                later = sentence("Write a later second time for %(day)s.", day=name)
                end.errors = [say(later)]
                fine = False
        return fine

    @property
    def times(self) -> list[Busy]:
        """What was read. Call it after the form was validated."""
        pairs = [(day, self[f"start_{day}"].at, self[f"end_{day}"].at) for day in range(5)]
        return [Busy(day, start, end) for day, start, end in pairs if start and end]
