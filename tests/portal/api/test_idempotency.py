"""A request that is sent again does no harm, however it was lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.appointments.models import Appointment
from portal.database import db, transaction
from portal.record import retention
from tests.portal.api.partners import NOW, Partner, booking, make_partner


def how_many(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Appointment))


def test_the_same_request_gets_the_same_answer(app: Flask, partner: Partner) -> None:
    first = partner.post("/appointments", booking(), "k1")
    with clock.frozen(NOW + timedelta(hours=30)):
        again = partner.post("/appointments", booking(), "k1")
    assert (again.status_code, again.data) == (201, first.data)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert how_many(app) == 1


def test_the_answer_stays_as_it_was_when_the_appointment_changes(partner: Partner) -> None:
    first = partner.post("/appointments", booking(), "k1")
    url = f"/appointments/{first.json['appointment']['id']}"
    moved = partner.post(f"{url}/move", {"starts_at": "2027-03-01T10:00"}, "k2")
    off = partner.post(f"{url}/call-off", {}, "k3")
    assert partner.post("/appointments", booking(), "k1").data == first.data
    assert partner.post(f"{url}/move", {"starts_at": "2027-03-01T10:00"}, "k2").data == moved.data
    assert partner.post(f"{url}/call-off", {}, "k3").data == off.data


def test_the_same_key_with_another_request_is_a_mistake(app: Flask, partner: Partner) -> None:
    booked = partner.post("/appointments", booking(), "k1").json["appointment"]
    for path, body in (
        ("/appointments", booking(external_reference="A-2")),
        (f"/appointments/{booked['id']}/call-off", {}),
    ):
        response = partner.post(path, body, "k1")
        assert (response.status_code, response.json["code"]) == (422, "key-reused")
    assert how_many(app) == 1
    assert partner.get(f"/appointments/{booked['id']}").json == booked


def test_keys_of_different_partners_do_not_meet(app: Flask, partner: Partner) -> None:
    partner.post("/appointments", booking(), "k1")
    other = make_partner(app, "other").post("/appointments", booking(), "k1")
    assert other.status_code == 201
    assert "Idempotency-Replayed" not in other.headers
    assert how_many(app) == 2


def test_a_refused_request_may_be_put_right_under_the_same_key(partner: Partner) -> None:
    assert partner.post("/appointments", booking(how="by owl"), "k1").status_code == 422
    past = partner.post("/appointments", booking(starts_at="2026-12-01T10:00"), "k1")
    assert (past.status_code, past.json["code"]) == (422, "past")
    assert past.json["errors"].keys() == {"starts_at"}
    assert partner.post("/appointments", booking(), "k1").status_code == 201


def test_old_answers_are_forgotten_in_the_end(app: Flask, partner: Partner) -> None:
    partner.post("/appointments", booking(), "k1")
    with clock.frozen(NOW + timedelta(hours=49)):
        with app.app_context(), transaction():
            retention.sweep()
        again = partner.post("/appointments", booking(), "k1")
        assert (again.status_code, again.json["code"]) == (409, "exists")


def test_kept_answers_cannot_be_read_in_the_database(app: Flask, partner: Partner) -> None:
    partner.post("/appointments", booking(), "k1")
    with app.app_context():
        row = db.session.execute(sa.text("SELECT * FROM api_given_answer")).one()
    assert "LDS-1" not in repr(row)


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(app: Flask, partner: Partner, key: str) -> None:
    response = partner.post("/appointments", booking(), key)
    assert (response.status_code, response.json["code"]) == (400, "idempotency-key")
    assert how_many(app) == 0


def test_many_at_once_are_one(app: Flask, partner: Partner) -> None:
    def send(_number: int):
        return partner.post("/appointments", booking(), "k1")

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, range(12)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert how_many(app) == 1


def test_without_a_key_the_reference_keeps_many_at_once_from_being_two(
    app: Flask, partner: Partner
) -> None:
    def send(_number: int):
        return partner.post("/appointments", booking())

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, range(12)))
    codes = [answer.json.get("code") for answer in answers if answer.status_code != 201]
    assert len(codes) == 11
    assert set(codes) <= {"exists", "meanwhile"}
    assert how_many(app) == 1
