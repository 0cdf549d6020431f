"""Whatever a program sends, it is told what to put right, and nothing is changed."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.appointments.models import Appointment
from portal.database import db
from tests.portal.api.partners import Partner, booking


def nothing_booked(app: Flask) -> bool:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Appointment)) == 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "fields"),
        (b"{", 400, "json"),
        (b"[]", 400, "json"),
        (b"null", 400, "json"),
        (b'"text"', 400, "json"),
        (b'{"minutes": NaN}', 400, "json"),
        (b'{"minutes": Infinity}', 400, "json"),
        (b'{"minutes": ' + b"9" * 5000 + b"}", 400, "json"),
        (b"\xff\xfe{\x00}\x00", 400, "json"),
        (b'{"with_name": "caf\xe9"}', 400, "json"),
        (b'{"a":' * 3000, 400, "json"),
        (b"[" * 60000, 400, "json"),
        (b"x" * (64 * 1024 + 1), 413, "too-large"),
    ],
)
def test_what_is_no_json_object(
    app: Flask, partner: Partner, body: bytes, status: int, code: str
) -> None:
    response = partner.post("/appointments", data=body, content_type="application/json")
    assert (response.status_code, response.json["code"]) == (status, code)
    assert response.mimetype == "application/problem+json"
    assert nothing_booked(app)


def test_another_content_type_is_not_read(app: Flask, partner: Partner) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", None):
        response = partner.post(
            "/appointments", data=json.dumps(booking()), content_type=content_type
        )
        assert (response.status_code, response.json["code"]) == (415, "json")
    assert nothing_booked(app)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"starts_at": "tomorrow"}, {"starts_at"}),
        ({"starts_at": "2027-02-29T10:00"}, {"starts_at"}),
        ({"starts_at": "2027-02-03T25:00"}, {"starts_at"}),
        ({"starts_at": "9999-12-31T23:59-14:00"}, {"starts_at"}),
        ({"starts_at": "2026-02-03T10:00"}, {"starts_at"}),
        ({"starts_at": None}, {"starts_at"}),
        ({"starts_at": 1801571400}, {"starts_at"}),
        ({"how": "by owl"}, {"how"}),
        ({"how": ["phone"]}, {"how"}),
        ({"how": "phone"}, {"caller_name", "caller_number"}),
        ({"how": "video"}, {"place"}),
        ({"purpose": "punishment"}, {"purpose"}),
        ({"purpose": "other"}, {"purpose_note"}),
        ({"minutes": 0}, {"minutes"}),
        ({"minutes": -5}, {"minutes"}),
        ({"minutes": 10.5}, {"minutes"}),
        ({"minutes": True}, {"minutes"}),
        ({"minutes": "10"}, {"minutes"}),
        ({"minutes": 10**30}, {"minutes"}),
        ({"private_room": "yes"}, {"private_room"}),
        ({"private_room": 1}, {"private_room"}),
        ({"bring": "cv"}, {"bring"}),
        ({"bring": ["cv", 5]}, {"bring"}),
        ({"bring": ["a dog"]}, {"bring"}),
        ({"bring": {"cv": True}}, {"bring"}),
        ({"with_name": {"first": "Sam"}}, {"with_name"}),
        ({"with_name": "x" * 201}, {"with_name"}),
        ({"place": "x" * 10_000}, {"place"}),
        ({"purpose_note": "x" * 10_000}, {"purpose_note"}),
        ({"external_reference": "x" * 101}, {"external_reference"}),
        ({"claimant_reference": "LDS-404"}, {"claimant_reference"}),
        ({"claimant_reference": None}, {"claimant_reference"}),
        ({"claimant_reference": 1}, {"claimant_reference"}),
        ({"claimant_reference": "x" * 65}, {"claimant_reference"}),
        ({"claimant_reference": "N", "full_name": "Lin"}, {"office"}),
        ({"claimant_reference": "N", "office": "LDS"}, {"full_name"}),
        ({"claimant_reference": "N", "full_name": "Lin", "office": "NOWHERE"}, {"office"}),
        (
            {"claimant_reference": "N", "full_name": "Lin", "office": "LDS", "mobile": "0113 4960"},
            {"mobile"},
        ),
        (
            {"claimant_reference": "N", "full_name": "Lin", "office": "LDS", "language": "xx"},
            {"language"},
        ),
        ({"claimant_reference": "N", "full_name": "x" * 201, "office": "LDS"}, {"full_name"}),
        ({"start_at": "2027-02-03T10:30"}, {"start_at"}),
        ({"source": "other"}, {"source"}),
        ({"status": "called_off"}, {"status"}),
        # Faults of the person and of the booking are named together.
        (
            {"claimant_reference": "", "how": "", "purpose": ""},
            {"claimant_reference", "how", "purpose"},
        ),
    ],
)
def test_a_field_that_makes_no_sense_is_named(
    app: Flask, partner: Partner, changes: dict, fields: set[str]
) -> None:
    response = partner.post("/appointments", booking(**changes))
    assert response.status_code == 422, response.text
    assert set(response.json["errors"]) == fields
    assert all(s.endswith(".") or "like" in s for v in response.json["errors"].values() for s in v)
    assert nothing_booked(app)


def test_an_unknown_field_cannot_fill_the_log(partner: Partner) -> None:
    response = partner.post("/appointments", {"\u202e\x07" + "x" * 5000: 1})
    assert list(response.json["errors"]) == ["x" * 40]


def test_signs_that_hide_or_turn_text_are_taken_out(partner: Partner) -> None:
    booked = partner.book(
        with_name="Sam\u202e rofkO\x00\x1b[31m", place="Line one\r\nline\u2028two \ud800"
    )
    assert booked["with_name"] == "Sam rofkO[31m"
    assert booked["place"] == "Line one\nline\u2028two"


def test_names_of_every_kind_stay_as_they_are(partner: Partner) -> None:
    for number, name in enumerate(
        ("👩‍👩‍👧 Lin", "Nguyễn Thị Ánh", "=SUM(A1)", "O'Neill; DROP", "ﷺ")
    ):
        assert partner.book(external_reference=f"A{number}", with_name=name)["with_name"] == name


def test_ids_and_addresses_that_do_not_exist(partner: Partner, app: Flask) -> None:
    for path in ("/appointments/1", "/appointments/..", "/nothing", "/appointments/x/answers"):
        response = partner.get(path)
        assert (response.status_code, response.json["code"]) == (404, "not-found")
    response = partner._send("DELETE", "/appointments")
    assert (response.status_code, response.json["code"]) == (405, "method")
    assert "GET" in response.headers["Allow"]


def test_without_a_database_it_says_so(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_arguments: object, **_more: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("portal.api.queries.live_key", gone)
    response = partner.get("/appointments")
    assert (response.status_code, response.json["code"]) == (503, "not-available")


def test_sentences_come_in_the_language_that_is_asked_for(partner: Partner, app: Flask) -> None:
    from portal import languages

    for language in languages.offered():
        response = app.test_client().post(
            "/api/v1/appointments",
            json=booking(how="by owl"),
            headers={
                "Authorization": f"Bearer {partner.key}",
                "Accept-Language": language.html_lang,
            },
        )
        with app.app_context(), languages.speaking(language.code):
            from portal.appointments.bookings import BadBooking, read_booking

            with pytest.raises(BadBooking) as bad:
                read_booking(booking(how="by owl"))
        assert response.json["errors"]["how"] == bad.value.errors["how"]
