"""What a partner reads: the answers of people, and nothing of anybody else's."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import icalendar
import pytest
from flask import Flask

from portal import clock
from portal.appointments import actions, desk_actions, office_actions
from portal.appointments.queries import any_appointment
from portal.database import transaction
from tests.portal.api.doers import DESK, as_office, as_person
from tests.portal.api.partners import NOW, Partner, booking, make_partner


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
