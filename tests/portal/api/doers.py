"""The person and the office, who act on what a partner booked."""

from uuid import UUID

from flask import Flask

from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments.queries import any_appointment
from portal.database import transaction

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
