"""A partner books, moves, calls off and reads; what a person answers comes back."""

from datetime import UTC, datetime, time

import pytest
from flask import Flask

from portal import clock
from portal.account.queries import claimant, claimant_by_reference
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, busy_actions
from portal.appointments.busy_actions import Busy
from portal.database import transaction
from portal.record import log
from tests.portal.api.doers import as_person
from tests.portal.api.partners import Partner, booking


def test_a_time_at_which_they_can_never_come_is_booked_and_said(
    app: Flask, partner: Partner
) -> None:
    with app.app_context(), transaction():
        amina = claimant_by_reference("LDS-1")
        by = Actor(Kind.claimant, amina.id, Channel.web, Assurance.signed_in)
        busy_actions.say_busy_times(amina, [Busy(2, time(9), time(11))], by=by)
    booked = partner.post("/appointments", booking(), "k1")
    assert (booked.status_code, len(booked.json["warnings"])) == (201, 1)
    assert partner.post("/appointments", booking(), "k1").json["warnings"]
    path = f"/appointments/{booked.json['appointment']['id']}/move"
    assert partner.post(path, {"starts_at": "2027-02-04T10:30"}).json["warnings"] == []
    assert partner.post(path, {"starts_at": "2027-02-10T10:30"}).json["warnings"]


def test_a_booked_appointment_is_offered_and_can_be_read(app: Flask, partner: Partner) -> None:
    response = partner.post("/appointments", booking())
    assert response.status_code == 201
    booked = response.json["appointment"]
    assert booked["starts_at"] == "2027-02-03T10:30:00Z"
    assert booked["claimant_reference"] == "LDS-1"
    assert booked["office"] == "LDS"
    assert booked["minutes"] == 10
    assert booked["answer"] is None
    assert "says nothing against the person" in booked["note"]
    assert response.json["recorded_at"] == "2027-01-05T10:00:00Z"
    read = partner.get(response.headers["Location"])
    assert read.json == booked
    with app.app_context():
        person = claimant_by_reference("LDS-1")
        entry = log.entries(person.id)[0]
        assert response.json["receipt"].replace("-", "") == entry.receipt
        assert (entry.kind, entry.actor_kind, entry.channel) == (
            "appointments.offered",
            "partner",
            "api",
        )
        assert log.verify(person.id) == []


def test_everything_the_office_says_comes_back(partner: Partner) -> None:
    said = {
        "how": "video",
        "place": "The link comes by e-mail.\nCheck it the day before.",
        "minutes": 45,
        "purpose": "other",
        "purpose_note": "To talk about the new rota.",
        "with_name": "Zoë 🌻 O'Neill",
        "bring": ["fit_note"],
        "bring_note": "Your glasses",
        "interpreter": "Tigrinya",
        "private_room": True,
    }
    booked = partner.book(**said)
    assert {name: booked[name] for name in said} == said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2027-02-03T10:30Z", "2027-02-03T10:30:00Z"),
        ("2027-07-03T10:30", "2027-07-03T09:30:00Z"),
        ("2027-02-03 10:30:00+05:30", "2027-02-03T05:00:00Z"),
        # The hour that the spring change skips is the hour after; the one that the autumn
        # change repeats is its first passing.
        ("2027-03-28T01:30", "2027-03-28T01:30:00Z"),
        ("2027-10-31T01:30", "2027-10-31T00:30:00Z"),
        ("2028-02-29T09:00", "2028-02-29T09:00:00Z"),
    ],
)
def test_times_are_read_as_people_mean_them(partner: Partner, written: str, meant: str) -> None:
    assert partner.book(starts_at=written)["starts_at"] == meant


def test_a_person_nobody_knows_is_registered_with_the_first_booking(
    app: Flask, partner: Partner
) -> None:
    new = {
        "claimant_reference": "LDS-9",
        "full_name": "محمد 🌻 al-Ḥasan",
        "mobile": "07700 900 009",
        "language": "ar",
        "office": "LDS",
    }
    partner.book(**new)
    with app.app_context():
        person = claimant_by_reference("LDS-9")
        assert (person.full_name, person.mobile, person.language) == (
            "محمد 🌻 al-Ḥasan",
            "+447700900009",
            "ar",
        )
        kinds = [entry.kind for entry in log.entries(person.id, newest_first=False)]
    assert kinds == ["account.registered", "appointments.offered"]
    partner.book(
        **new | {"full_name": "Someone else", "mobile": "07700 900 010"}, external_reference="A-2"
    )
    with app.app_context():
        assert claimant(person.id).mobile == "+447700900009"


def test_a_move_asks_again_and_keeps_what_was_not_said(app: Flask, partner: Partner) -> None:
    booked = partner.book(place="2 Low Road", private_room=True)
    as_person(app, booked["id"], actions.accept)
    assert partner.get(f"/appointments/{booked['id']}").json["answer"]["answer"] == "accepted"
    response = partner.post(
        f"/appointments/{booked['id']}/move",
        {"starts_at": "2027-02-04T14:00", "why": "Sam is on leave."},
    )
    assert response.status_code == 200
    moved = response.json["appointment"]
    assert moved["starts_at"] == "2027-02-04T14:00:00Z"
    assert moved["moved_from"] == "2027-02-03T10:30:00Z"
    assert moved["answer"] is None
    kept = ("place", "private_room", "bring", "with_name", "external_reference")
    assert [moved[name] for name in kept] == [booked[name] for name in kept]
    history = partner.get(f"/appointments/{booked['id']}/answers").json["history"]
    assert [entry["kind"].split(".")[1] for entry in history] == ["offered", "accepted", "moved"]
    assert [entry["by"] for entry in history] == ["partner", "claimant", "partner"]


def test_a_move_to_the_same_time_is_refused(partner: Partner) -> None:
    booked = partner.book()
    response = partner.post(f"/appointments/{booked['id']}/move", {"with_name": "Jo"})
    assert (response.status_code, response.json["code"]) == (409, "same")
    assert partner.get(f"/appointments/{booked['id']}").json == booked


def test_calling_off_twice_gives_the_same_receipt(partner: Partner) -> None:
    booked = partner.book()
    url = f"/appointments/{booked['id']}/call-off"
    first = partner.post(url, {"why": "The office is closed."})
    assert first.json["appointment"]["status"] == "called_off"
    assert first.json["appointment"]["stands"] is False
    again = partner.post(url, data=b"")
    assert again.json == first.json
    response = partner.post(f"/appointments/{booked['id']}/move", {"starts_at": "2027-03-01T10:00"})
    assert (response.status_code, response.json["code"]) == (409, "called-off")


def test_after_the_start_nothing_can_be_changed(partner: Partner) -> None:
    booked = partner.book()
    with clock.frozen(datetime(2027, 2, 3, 10, 30, tzinfo=UTC)):
        for act in ("move", "call-off"):
            body = {"starts_at": "2027-03-01T10:00"} if act == "move" else {}
            response = partner.post(f"/appointments/{booked['id']}/{act}", body)
            assert (response.status_code, response.json["code"]) == (409, "started")
            assert response.json["detail"] == "This appointment has started already."


def test_the_same_reference_twice_names_the_first(partner: Partner) -> None:
    booked = partner.book()
    response = partner.post("/appointments", booking(starts_at="2027-03-01T10:00"))
    assert (response.status_code, response.json["code"]) == (409, "exists")
    assert response.json["appointment_id"] == booked["id"]


def test_a_reference_may_be_left_out(partner: Partner) -> None:
    first, second = (partner.book(external_reference=None) for _ in range(2))
    assert first["id"] != second["id"]
    assert first["external_reference"] is None
