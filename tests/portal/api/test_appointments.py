"""A partner books, moves, calls off and reads; what a person answers comes back."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import icalendar
import pytest
from flask import Flask

from portal import clock
from portal.account.queries import claimant, claimant_by_reference
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, busy_actions, desk_actions, office_actions
from portal.appointments.busy_actions import Busy
from portal.appointments.queries import any_appointment
from portal.database import transaction
from portal.record import log
from tests.portal.api.partners import NOW, Partner, booking, make_partner

PERSON = (Kind.claimant, Channel.web, Assurance.signed_in)
DESK = Actor(Kind.staff, None, Channel.desk, Assurance.staff)


def as_person(app: Flask, appointment_id: str, act, **choices) -> str:
    """Let the person do something; the receipt, as it is printed."""
    with app.app_context(), transaction():
        found = any_appointment(UUID(appointment_id))
        kind, channel, assurance = PERSON
        by = Actor(kind, found.claimant_id, channel, assurance)
        receipt = act(found, by=by, **choices).receipt
    return f"{receipt[:4]}-{receipt[4:]}"


def as_office(app: Flask, appointment_id: str, act, **choices) -> None:
    """Let staff do something about what the person asked."""
    with app.app_context(), transaction():
        act(any_appointment(UUID(appointment_id)).open_request, by=DESK, **choices)


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


def test_answers_come_back_with_receipts_and_nothing_that_was_said_in_confidence(
    app: Flask, partner: Partner
) -> None:
    booked = partner.book()
    url = f"/appointments/{booked['id']}/answers"
    before = partner.get(url).json
    assert before["answer"] is None
    assert before["note"].startswith("Not answered. This says nothing against the person.")
    receipt = as_person(
        app, booked["id"], actions.ask_to_cancel, reason="ill", note="I am in St James's"
    )
    asked = partner.get(url)
    assert "St James" not in asked.text
    assert asked.json["answer"] == {
        "answer": "asked_to_cancel",
        "at": "2027-01-05T10:00:00Z",
        "receipt": receipt,
    }
    assert asked.json["note"] is None
    assert asked.json["stands"] is True
    assert asked.json["requests"] == [
        {
            "ask": "cancel",
            "has_reason": True,
            "asked_at": "2027-01-05T10:00:00Z",
            "receipt": receipt,
            "seen_at": None,
            "decision": None,
            "decided_at": None,
        }
    ]
    with clock.frozen(NOW + timedelta(hours=1)):
        as_office(app, booked["id"], office_actions.mark_seen)
        assert partner.get(url).json["requests"][0]["seen_at"] == "2027-01-05T11:00:00Z"
        as_office(app, booked["id"], office_actions.agree)
        agreed = partner.get(url).json
    assert agreed["requests"][0]["decision"] == "agreed"
    assert (agreed["status"], agreed["stands"]) == ("called_off", False)
    assert [entry["kind"].split(".")[1] for entry in agreed["history"]] == [
        "offered",
        "asked_to_cancel",
        "seen",
        "agreed",
    ]
    off = partner.post(f"/appointments/{booked['id']}/call-off")
    assert off.json["receipt"] == agreed["history"][-1]["receipt"]


def test_whether_somebody_came_is_not_told(app: Flask, partner: Partner) -> None:
    booked = partner.book()
    with clock.frozen(datetime(2027, 2, 3, 12, 0, tzinfo=UTC)):
        with app.app_context(), transaction():
            found = any_appointment(UUID(booked["id"]))
            desk_actions.record_outcome(found, happened=False, by=DESK)
        told = partner.get(f"/appointments/{booked['id']}/answers").text
        told += partner.get(f"/appointments/{booked['id']}").text
    assert "missed" not in told
    assert "happened" not in told


def test_a_partner_sees_only_what_its_own_source_booked(app: Flask, partner: Partner) -> None:
    booked = partner.book()
    other = make_partner(app, "other")
    paths = [f"/appointments/{which}" for which in (booked["id"], str(uuid4()))]
    answers = []
    for path in paths:
        for response in (
            other.get(path),
            other.get(f"{path}/answers"),
            other.get(f"{path}/appointment.ics"),
            other.post(f"{path}/move", {"starts_at": "2027-03-01T10:00"}),
            other.post(f"{path}/call-off"),
        ):
            assert response.status_code == 404
            answers.append(response.json)
    assert all(answer == answers[0] for answer in answers)
    assert other.get("/appointments").json["appointments"] == []
    assert other.get("/appointments", external_reference="A-1").json["appointments"] == []
    assert b"VEVENT" not in other.get("/calendar.ics").data
    assert partner.get(paths[0]).json == booked
    second_key = make_partner(app, "diary")
    assert second_key.get(paths[0]).json == booked
    assert other.book()["id"] != booked["id"], "references are each source's own"


def test_a_key_of_one_office_reaches_its_people_only(app: Flask, partner: Partner) -> None:
    booked = partner.book()
    york = make_partner(app, "diary", office="YRK")
    assert york.get(f"/appointments/{booked['id']}").status_code == 404
    refused = york.post("/appointments", booking(external_reference="A-2", full_name="x"))
    assert refused.status_code == 422
    assert refused.json["errors"] == {
        "claimant_reference": ["Nobody of your office has this reference."]
    }
    taken = york.post(
        "/appointments", booking(claimant_reference="YRK-1", full_name="Lin", office="YRK")
    )
    assert (taken.status_code, taken.json["code"]) == (409, "exists")
    assert taken.json["appointment_id"] is None
    elsewhere = york.post(
        "/appointments",
        booking(claimant_reference="YRK-1", external_reference="Y", full_name="Lin", office="LDS"),
    )
    assert elsewhere.json["errors"] == {"office": ["Your key is for another office."]}
    own = york.book(claimant_reference="YRK-1", external_reference="Y", full_name="Lin")
    assert own["office"] == "YRK"
    assert make_partner(app, "diary", office="LDS").get("/appointments").json["appointments"] == [
        booked
    ]


def test_the_same_reference_twice_names_the_first(partner: Partner) -> None:
    booked = partner.book()
    response = partner.post("/appointments", booking(starts_at="2027-03-01T10:00"))
    assert (response.status_code, response.json["code"]) == (409, "exists")
    assert response.json["appointment_id"] == booked["id"]


def test_a_reference_may_be_left_out(partner: Partner) -> None:
    first, second = (partner.book(external_reference=None) for _ in range(2))
    assert first["id"] != second["id"]
    assert first["external_reference"] is None


def test_pages_follow_each_other_without_loss_or_repeat(partner: Partner) -> None:
    for number in range(7):
        partner.book(
            external_reference=f"A-{number}", starts_at=f"2027-02-0{number // 3 + 1}T10:00"
        )
    partner.book(external_reference="early", starts_at="2027-01-20T10:00")
    url: str | None = "/api/v1/appointments?from=2027-02-01&limit=3"
    pages = []
    while url:
        page = partner.get(url).json
        pages.append([it["external_reference"] for it in page["appointments"]])
        url = page["next"]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert sorted(reference for page in pages for reference in page) == [
        f"A-{number}" for number in range(7)
    ]
    everything = partner.get("/appointments").json
    assert len(everything["appointments"]) == 8
    assert everything["appointments"][0]["external_reference"] == "early"
    assert everything["next"] is None
    only = partner.get("/appointments", external_reference="A-3").json["appointments"]
    assert [it["external_reference"] for it in only] == ["A-3"]


@pytest.mark.parametrize(
    "query",
    [
        {"from": "soon"},
        {"from": ""},
        {"from": "0001-01-01T00:00:00+14:00"},
        {"from": "9999-12-31T23:59:59-14:00"},
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "1" * 5000},
        {"limit": "٣"},
        {"limit": "-1"},
        {"after": "x"},
        {"after": "2027-02-03T10:30:00Z~x"},
        {"after": "x~5f0c1f6e-3f0b-4b57-9c1b-0a8c6b6f2d11"},
    ],
)
def test_a_question_that_makes_no_sense_says_where(partner: Partner, query: dict) -> None:
    response = partner.get("/appointments", **query)
    assert response.status_code == 422
    assert set(response.json["errors"]) == set(query)


def test_calendars_show_the_time_and_not_what_it_is_about(partner: Partner) -> None:
    booked = partner.book()
    partner.book(external_reference="A-2", starts_at="2027-02-05T09:00")
    partner.post(f"/appointments/{booked['id']}/call-off")
    one = partner.get(f"/appointments/{booked['id']}/appointment.ics")
    assert one.mimetype == "text/calendar"
    (event,) = icalendar.Calendar.from_ical(one.data).walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2027, 2, 3, 10, 30, tzinfo=UTC)
    assert event["STATUS"] == "CANCELLED"
    feed = partner.get("/calendar.ics")
    assert len(icalendar.Calendar.from_ical(feed.data).walk("VEVENT")) == 2
    assert b"Amina" not in feed.data
    assert b"work" not in feed.data.lower()
