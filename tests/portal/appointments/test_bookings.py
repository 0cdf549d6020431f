"""One reader of bookings for the desk, the API and files."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.appointments.bookings import (
    COLUMNS,
    LONGEST,
    BadBooking,
    booking_of,
    read_booking,
    read_time,
)
from portal.appointments.models import Appointment, How
from portal.appointments.rules import Booking

FINE = {"starts_at": "2027-02-03T10:30", "how": "in_person", "purpose": "support"}
IN_FEBRUARY = datetime(2027, 2, 3, 10, 30, tzinfo=UTC)


def faults(**values: Any) -> dict[str, list[str]]:
    with pytest.raises(BadBooking) as caught:
        read_booking(FINE | values)
    return caught.value.errors


def test_little_is_needed() -> None:
    assert read_booking(FINE) == Booking(IN_FEBRUARY, How.in_person, "support")


def test_everything_can_be_said() -> None:
    booking = read_booking(
        FINE
        | {
            "minutes": "25",
            "how": "phone",
            "place": "Room 4\nFirst floor",
            "caller_name": "Priya Shah",
            "caller_number": "0113 496 0111",
            "purpose": "other",
            "purpose_note": "To fix the form",
            "with_name": "Priya Shah",
            "bring": "cv, fit_note; photo_id cv",
            "bring_note": "Your glasses",
            "interpreter": "Polski",
            "private_room": "Yes",
            "external_reference": "A-1",
        }
    )
    assert booking == Booking(
        starts_at=IN_FEBRUARY,
        how=How.phone,
        purpose="other",
        minutes=25,
        place="Room 4\nFirst floor",
        caller_name="Priya Shah",
        caller_number="0113 496 0111",
        purpose_note="To fix the form",
        with_name="Priya Shah",
        bring=("cv", "fit_note", "photo_id"),
        bring_note="Your glasses",
        interpreter="Polski",
        private_room=True,
        external_reference="A-1",
    )


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2027-02-03T10:30", "2027-02-03T10:30"),
        ("2027-02-03 10:30:00", "2027-02-03T10:30"),
        ("2027-07-03T10:30", "2027-07-03T09:30"),
        ("2027-07-03T10:30Z", "2027-07-03T10:30"),
        ("2027-07-03t10:30:00.000z", "2027-07-03T10:30"),
        ("2027-02-03T10:30+05:30", "2027-02-03T05:00"),
        ("2027-02-03T10:30-0500", "2027-02-03T15:30"),
        ("  2027-02-03T10:30 ", "2027-02-03T10:30"),
        ("٢٠٢٧-٠٢-٠٣T١٠:٣٠", "2027-02-03T10:30"),
        ("2028-02-29T10:30", "2028-02-29T10:30"),
        ("2027-03-28T01:30", "2027-03-28T01:30"),
        ("2027-10-31T01:30", "2027-10-31T00:30"),
    ],
)
def test_a_start_is_wall_clock_unless_it_says_otherwise(text: str, utc: str) -> None:
    found = read_booking(FINE | {"starts_at": text}).starts_at
    assert found.tzinfo is UTC
    assert found.isoformat() == f"{utc}:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2027-02-03",
        "10:30",
        "03/02/2027 10:30",
        "2027-02-29T10:30",
        "2027-13-01T10:30",
        "2027-02-03T24:30",
        "2027-02-03T10:30:59",
        "2027-02-03x10:30",
        "2027-W05-3T10:30",
        "2027-02-03T10:30+25:00",
        "0001-01-01T00:00+12:00",
        "9999-12-31T23:59-12:00",
        "3027-02-03T10:30",
    ],
)
def test_a_start_that_is_none_says_how_to_write_it(text: str) -> None:
    assert faults(starts_at=text) == {
        "starts_at": ["Write the date and time like 2027-02-03T10:30."]
    }


def test_every_fault_is_named_at_once() -> None:
    errors = faults(starts_at="x", how="x", purpose="x", minutes="x", bring="x", private_room="x")
    assert list(errors) == ["starts_at", "minutes", "how", "purpose", "bring", "private_room"]


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"how": "phone", "caller_number": "1"}, "caller_name"),
        ({"how": "phone", "caller_name": "Tom"}, "caller_number"),
        ({"how": "video"}, "place"),
        ({"purpose": "other"}, "purpose_note"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "481"}, "minutes"),
        ({"minutes": "10.5"}, "minutes"),
        ({"minutes": "9" * 150}, "minutes"),
        ({"place": {"street": "x"}}, "place"),
        ({"bring": ["cv", 3]}, "bring"),
        ({"starts_at": 3.5}, "starts_at"),
    ],
)
def test_what_is_missing_or_wrong_has_a_name(values: dict[str, Any], column: str) -> None:
    errors = faults(**values)
    assert list(errors) == [column]
    assert errors[column][0].endswith(".")


@pytest.mark.parametrize("column", list(LONGEST))
def test_too_long_is_measured(column: str) -> None:
    longest = LONGEST[column]
    read_booking(FINE | {column: "a" * longest})
    assert faults(**{column: "a" * (longest + 1)}) == {
        column: [f"Use at most {longest} characters here. There are {longest + 1}."]
    }


def test_values_of_json_are_understood() -> None:
    booking = read_booking(
        FINE | {"minutes": 30, "private_room": True, "bring": ["cv", "fit_note"], "place": None}
    )
    assert (booking.minutes, booking.private_room) == (30, True)
    assert (booking.bring, booking.place) == (("cv", "fit_note"), "")


def test_codes_are_read_kindly() -> None:
    booking = read_booking(FINE | {"how": "In person", "purpose": "FIRST-commitments"})
    assert (booking.how, booking.purpose) == (How.in_person, "first_commitments")


def test_what_hides_or_reverses_text_goes() -> None:
    booking = read_booking(
        FINE | {"with_name": "Pri\u202eya\x00\n\tShah", "place": "Room\r\n4\x1b[31m"}
    )
    assert (booking.with_name, booking.place) == ("Priya Shah", "Room\n4[31m")


@given(st.fixed_dictionaries({}, optional={name: st.text() for name in COLUMNS}))
def test_whatever_comes_there_is_a_booking_or_a_sentence(values: dict[str, str]) -> None:
    errors: dict[str, list[str]] = {}
    try:
        read_booking(values)
    except BadBooking as bad:
        errors = bad.errors
    assert set(errors) <= set(COLUMNS)
    assert all(sentences and all(sentences) for sentences in errors.values())


def test_a_booking_is_read_back_from_its_appointment() -> None:
    booking = read_booking(FINE | {"bring": "cv", "with_name": "Priya"})
    names = [name for name in COLUMNS if name != "bring"] + ["coach_id", "source"]
    appointment = Appointment(
        bring=list(booking.bring), **{name: getattr(booking, name) for name in names}
    )
    assert booking_of(appointment) == booking


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("10:30", time(10, 30)),
        ("10.30am", time(10, 30)),
        ("2pm", time(14)),
        ("2.30 p.m.", time(14, 30)),
        ("1430", time(14, 30)),
        ("930", time(9, 30)),
        ("9", time(9)),
        ("12am", time(0)),
        ("12:15PM", time(12, 15)),
        ("06:30", time(6, 30)),
        ("١٤:٣٠", time(14, 30)),
    ],
)
def test_times_are_read_as_people_write_them(text: str, at: time) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize("text", ["", "24:00", "13pm", "0am", "10:60", "1:2", "noon", "10:30:9"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(BadBooking) as caught:
        read_time(text)
    assert caught.value.errors == {"time": ["Write a time like 10:30 or 2:30pm."]}


def test_half_past_two_at_a_desk_is_in_the_afternoon() -> None:
    with pytest.raises(BadBooking) as caught:
        read_time("2:30")
    assert "am or pm" in caught.value.errors["time"][0]
