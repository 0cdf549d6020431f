"""What a person told staff, written down for them: it counts as if they had said it here."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.appointments import actions
from portal.appointments.models import Appointment
from portal.database import transaction
from portal.record import log
from tests.people import Browser, Desk, People, Phone, actor, again
from tests.portal.appointments.reporting import kinds, visit

__all__ = ["visit"]


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("They accept the appointment", "accepted", "Accepted:"),
        ("They ask to cancel", "asked_to_cancel", "Asked to cancel:"),
        ("They ask for a phone call", "asked_for_phone_call", "Asked for a phone call."),
        ("They ask for another time", "asked_for_another_time", "Asked for another time."),
        ("They cannot pay the fare", "cannot_pay_fare", "Asked for a phone call."),
        ("They are in hospital", "in_hospital", "They know you cannot come"),
    ],
)
def test_staff_write_down_what_they_were_told(
    app: Flask, people: People, visit: Appointment, said: str, kind: str, text: str
) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/appointments/{visit.id}")
    desk.press("Write down what they told you").choose(said).fill(note="Fridays")
    desk.press("Record this for them").sees("This is recorded")
    assert kinds(app, visit) == [kind]
    assert Phone(app, "+447700900101").last.startswith(text)
    alex = Browser(app).sign_in(people.alex).open("/record")
    alex.sees("Priya Shah at your Jobcentre wrote this down for you.", "By staff. Receipt")
    with app.app_context():
        assert log.verify(people.alex.id) == []


def test_staff_write_down_how_late_somebody_is(
    app: Flask, people: People, visit: Appointment
) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/appointments/{visit.id}/told")
    desk.press("Record this for them", 422).sees("Choose what they told you.")
    desk.choose("They are running late").press("Record this for them", 422)
    desk.sees("Write about how many minutes late they will be, as a number.")
    desk.fill(minutes="٢٠").press("Record this for them")
    Phone(app, "+447700900101").reads("about 20 minutes late")


def test_staff_cannot_write_down_what_is_no_longer_so(
    app: Flask, people: People, visit: Appointment
) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/appointments/{visit.id}/told")
    with app.app_context(), transaction():
        actions.ask_to_cancel(again(visit), by=actor(people.alex))
    desk.choose("They accept the appointment").press("Record this for them", 409)
    desk.sees("Nothing new was recorded", "You asked to cancel this appointment.")
    assert kinds(app, visit) == ["asked_to_cancel"]
