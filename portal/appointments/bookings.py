"""Reading a booking, from whichever door: the desk, the API and a file say the same columns.

Pure: text goes in, a `Booking` or one clear sentence for each column comes out. Whether the
time is still to come is for the action to say, because a file may be read twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time
from typing import TypeVar

from portal import clock
from portal.appointments.models import Appointment, How, InterpreterBy
from portal.appointments.rules import BRING, LONGEST_LANGUAGE, LONGEST_NOTE, PURPOSES, Booking
from portal.languages import say
from portal.refusals import Sentence, sentence
from portal.web.text import clean, one_line, western_digits

T = TypeVar("T")

COLUMNS = (
    "starts_at",
    "minutes",
    "how",
    "place",
    "caller_name",
    "caller_number",
    "purpose",
    "purpose_note",
    "with_name",
    "bring",
    "bring_note",
    "interpreter",
    "interpreter_by",
    "private_room",
    "external_reference",
)
"""Every column a booking may have. Needed: starts_at, how, purpose."""

LONGEST = {
    "place": 500,
    "caller_name": 200,
    "caller_number": 40,
    "purpose_note": LONGEST_NOTE,
    "with_name": 200,
    "bring_note": LONGEST_NOTE,
    "interpreter": LONGEST_LANGUAGE,
    "external_reference": 100,
}
"""In characters, after cleaning."""
_SEVERAL_LINES = ("place", "purpose_note", "bring_note")

USUAL_MINUTES = 10
"""Facts 2.4: a typical appointment."""
MOST_MINUTES = 480

YEARS = range(2000, 2200)
"""Outside these a year is a slip of the pen."""

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::00(?:\.0+)?)? ?(Z|[+-]\d\d(?::?\d\d)?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d\d))? ?([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0", "")

_WHEN = sentence("Write the date and time like 2027-02-03T10:30.")
_TOO_LONG = sentence("Use at most %(longest)s characters here. There are %(length)s.")
_MINUTES = sentence("Write how many minutes it takes, from 1 to %(most)s.", most=MOST_MINUTES)
_HOW = sentence("Write one of these: %(codes)s.", codes=", ".join(How))
_PURPOSE = sentence("Write one of these: %(codes)s.", codes=", ".join(PURPOSES))
_INTERPRETER = sentence(
    "Write one of these, or nothing: %(codes)s.", codes=", ".join(filter(None, InterpreterBy))
)
_BRING = sentence(
    "We do not know %(wrong)s. Write any of these, with spaces between: %(codes)s.",
    codes=", ".join(BRING),
)
_PRIVATE = sentence("Write yes or no.")
_AS_TEXT = sentence("Write this as text.")
_TIME = sentence("Write a time like 10:30 or 2:30pm.")
_HALF = sentence("Write am or pm too, like 2:30pm, or use the 24-hour clock.")
NEEDED = {
    "caller_name": sentence("Say who will call."),
    "caller_number": sentence("Say which number the call will come from."),
    "place": sentence("Say how the person gets the link for the video call."),
    "purpose_note": sentence("Say in plain words what the appointment is for."),
}


_UNREAD = datetime.fromtimestamp(0, UTC)


class BadBooking(Exception):
    """A booking that could not be read. `errors`: sentences for each column, in the language
    being spoken."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class _Wrong(Exception):
    def __init__(self, said: Sentence, **values: object) -> None:
        super().__init__()
        self.said = Sentence(said.english, {**said.values, **values})


def read_booking(values: Mapping[str, object]) -> Booking:
    """The booking these columns describe. Missing columns are empty ones; others are ignored.

    Values are text; JSON's numbers, truth values, nulls and lists of text are understood too.
    Raises BadBooking with every fault at once.
    """
    faults: dict[str, Sentence] = {}

    def read(name: str, reader: Callable[[str], T], otherwise: T) -> T:
        try:
            return reader(_text(name, values.get(name)))
        except _Wrong as wrong:
            faults[name] = wrong.said
            return otherwise

    booking = Booking(
        starts_at=read("starts_at", read_moment, _UNREAD),
        how=read("how", _how, How.in_person),
        purpose=read("purpose", _purpose, "unread"),
        minutes=read("minutes", _minutes, USUAL_MINUTES),
        bring=read("bring", _bring, ()),
        private_room=read("private_room", _yes, False),
        external_reference=read("external_reference", str, "") or None,
        place=read("place", str, ""),
        caller_name=read("caller_name", str, ""),
        caller_number=read("caller_number", str, ""),
        purpose_note=read("purpose_note", str, ""),
        with_name=read("with_name", str, ""),
        bring_note=read("bring_note", str, ""),
        interpreter=read("interpreter", str, ""),
        interpreter_by=read("interpreter_by", _interpreter_by, InterpreterBy.unsaid),
        minutes_said=values.get("minutes") not in (None, ""),
    )
    for name in _missing(booking):
        faults.setdefault(name, NEEDED[name])
    if faults:
        raise BadBooking({name: [say(faults[name])] for name in COLUMNS if name in faults})
    return booking


def booking_of(appointment: Appointment) -> Booking:
    """What the office says about an appointment, as it stands."""
    return Booking(
        starts_at=appointment.starts_at,
        how=appointment.how,
        purpose=appointment.purpose,
        minutes=appointment.minutes,
        place=appointment.place,
        caller_name=appointment.caller_name,
        caller_number=appointment.caller_number,
        purpose_note=appointment.purpose_note,
        with_name=appointment.with_name,
        bring=tuple(appointment.bring),
        bring_note=appointment.bring_note,
        interpreter=appointment.interpreter,
        interpreter_by=appointment.interpreter_by,
        minutes_said=True,
        private_room=appointment.private_room,
        coach_id=appointment.coach_id,
        source=appointment.source,
        external_reference=appointment.external_reference,
    )


def _text(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            text = "yes" if value else "no"
        case str() | int():
            text = str(value)
        case list() | tuple() if all(isinstance(part, str) for part in value):
            text = " ".join(value)
        case _:
            raise _Wrong(_AS_TEXT)
    text = clean(text) if name in _SEVERAL_LINES else one_line(text)
    longest = LONGEST.get(name, 200)
    if len(text) > longest:
        raise _Wrong(_TOO_LONG, longest=longest, length=len(text))
    return text


def _missing(booking: Booking) -> Iterator[str]:
    """What must be said for this way of meeting and this purpose (facts 10, scenario 2)."""
    if booking.how is How.phone:
        yield from (name for name in ("caller_name", "caller_number") if not getattr(booking, name))
    if booking.how is How.video and not booking.place:
        yield "place"
    if booking.purpose == "other" and not booking.purpose_note:
        yield "purpose_note"


def read_moment(text: str) -> datetime:
    """ISO 8601 to the minute; without a zone it is the wall clock in the United Kingdom. UTC."""
    found = _ISO.fullmatch(western_digits(text))
    if not found:
        raise _Wrong(_WHEN)
    day, at, zone = found.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{at}{(zone or '').upper()}")
    except ValueError:
        raise _Wrong(_WHEN) from None
    if moment.year not in YEARS:
        raise _Wrong(_WHEN)
    return moment.astimezone(UTC) if moment.tzinfo else clock.from_wall_clock(moment)


def read_time(text: str) -> time:
    """A time as people write it: 10:30, 10.30am, 2pm, 1430.

    Raises BadBooking for what is no time, and for an early hour that may be a late one:
    whoever writes 2:30 at a desk means the afternoon, and nobody should be asked to come at night.
    """
    found = _CLOCK.fullmatch(western_digits(text).strip())
    if not found:
        raise BadBooking({"time": [say(_TIME)]})
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if hour >= 24 or minute >= 60 or (half and not 1 <= hour <= 12):
        raise BadBooking({"time": [say(_TIME)]})
    if half:
        return time(hour % 12 + (12 if half == "p" else 0), minute)
    if hour < 7 and not found[1].startswith("0"):
        raise BadBooking({"time": [say(_HALF)]})
    return time(hour, minute)


def _how(text: str) -> How:
    try:
        return How(_code(text))
    except ValueError:
        raise _Wrong(_HOW) from None


def _interpreter_by(text: str) -> InterpreterBy:
    try:
        return InterpreterBy(_code(text))
    except ValueError:
        raise _Wrong(_INTERPRETER) from None


def _purpose(text: str) -> str:
    if _code(text) not in PURPOSES:
        raise _Wrong(_PURPOSE)
    return _code(text)


def _minutes(text: str) -> int:
    figures = western_digits(text)
    if not figures:
        return USUAL_MINUTES
    if not figures.isdecimal() or len(figures) > 4 or not 1 <= int(figures) <= MOST_MINUTES:
        raise _Wrong(_MINUTES)
    return int(figures)


def _bring(text: str) -> tuple[str, ...]:
    codes = dict.fromkeys(_code(part) for part in re.split(r"[\s,;]+", text) if part)
    wrong = next((code for code in codes if code not in BRING), None)
    if wrong is not None:
        raise _Wrong(_BRING, wrong=wrong[:40])
    return tuple(codes)


def _yes(text: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise _Wrong(_PRIVATE)
    return text.lower() in _YES


def _code(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.lower())
