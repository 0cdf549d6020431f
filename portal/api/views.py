"""The API for partners: what their own system booked, and what people answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify, request, url_for

from portal import clock
from portal.api import actions, openapi, people, problems, queries, reading, shapes, sources
from portal.api.guards import partner_actor, partner_only, this_partner
from portal.api.problems import Problem
from portal.appointments import calendar, office_actions
from portal.appointments import queries as appointments
from portal.appointments.busy_actions import busy_times, clashes
from portal.appointments.events import Agreed, CalledOff
from portal.appointments.models import Appointment
from portal.database import transaction
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal
from portal.web.access import public

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.register_error_handler(Problem, problems.answer)

FEED_LOOKS_BACK = timedelta(days=30)
FEED_LENGTH = 1000

Done = tuple[int, dict[str, Any]]


@bp.get("/openapi.json")
@public
def document() -> Response:
    """What can be asked here and what comes back, for programs and people."""
    response = jsonify(openapi.document())
    response.headers["Cache-Control"] = "public,max-age=300"
    return response


@bp.post("/appointments")
@partner_only
def create() -> Response:
    """Book an appointment; it is offered to the person."""
    return _once(_create)


def _create() -> Done:
    partner = this_partner()
    values = reading.body(reading.CREATE)
    person, booking = reading.person_and_booking(values, partner)
    reference = booking.external_reference
    if reference and appointments.from_source(partner.source, reference):
        found = queries.appointment_by_reference(partner, reference)
        raise Problem(
            409,
            "exists",
            "You have booked an appointment with this external_reference already.",
            appointment_id=str(found.id) if found else None,
        )
    by = partner_actor(partner)
    if isinstance(person, people.Newcomer):
        person = person.register(by=by)
    booked = sources.book(person, replace(booking, source=partner.source), by=by)
    return 201, shapes.recorded(booked, _last_entry(booked), _warnings(booked))


def _warnings(booked: Appointment) -> list[str]:
    busy = busy_times(booked.claimant_id)
    return [sources.CANNOT_COME] if clashes(busy, booked.starts_at, booked.minutes) else []


@bp.get("/appointments")
@partner_only
def listing() -> Response:
    """Your own appointments by when they start, some at a time; or the one with a reference."""
    partner = this_partner()
    reference = request.args.get("external_reference")
    if reference is not None:
        found = queries.appointment_by_reference(partner, reference)
        shown = [shapes.appointment(found)] if found else []
        return jsonify({"appointments": shown, "next": None})
    moment, size = reading.moment_from(), reading.page_size()
    page = queries.appointments_from(partner, moment, reading.after(), size + 1)
    following = None
    if len(page) > size:
        last = page[size - 1]
        after = reading.cursor(last.starts_at, last.id)
        query = urlencode({"from": shapes.moment(moment), "after": after, "limit": size})
        following = f"{url_for('api.listing')}?{query}"
    shown = [shapes.appointment(it) for it in page[:size]]
    return jsonify({"appointments": shown, "next": following})


@bp.get("/appointments/<uuid:appointment_id>")
@partner_only
def appointment(appointment_id: UUID) -> Response:
    """One appointment as it is now."""
    return jsonify(shapes.appointment(_found(appointment_id)))


@bp.post("/appointments/<uuid:appointment_id>/move")
@partner_only
def move(appointment_id: UUID) -> Response:
    """Move an appointment. What is not said stays as it was; the person is asked again."""

    def act() -> Done:
        found = _found(appointment_id)
        values = reading.body(reading.MOVE)
        booking = reading.booking({**sources.columns_of(found), **values})
        why, by = reading.why(values), partner_actor(this_partner())
        entry = sources.move(found, booking, why=why, by=by)
        return 200, shapes.recorded(found, entry, _warnings(found))

    return _once(act)


@bp.post("/appointments/<uuid:appointment_id>/call-off")
@partner_only
def call_off(appointment_id: UUID) -> Response:
    """Call an appointment off: nobody has to come. Doing it again changes nothing."""

    def act() -> Done:
        found = _found(appointment_id)
        why = reading.why(reading.body(reading.CALL_OFF))
        entry = office_actions.call_off(found, why=why, by=partner_actor(this_partner()))
        return 200, shapes.recorded(found, entry or _last_entry(found, CalledOff, Agreed))

    return _once(act)


@bp.get("/appointments/<uuid:appointment_id>/answers")
@partner_only
def answers(appointment_id: UUID) -> Response:
    """What the person answered and asked, with receipts, and what became of it."""
    found = _found(appointment_id)
    entries = log.entries_about(found.claimant_id, found.id)
    return jsonify(shapes.answers(found, entries))


@bp.get("/appointments/<uuid:appointment_id>/appointment.ics")
@partner_only
def ics(appointment_id: UUID) -> Response:
    """One appointment as a calendar file."""
    return Response(calendar.file_of(_found(appointment_id)), mimetype="text/calendar")


@bp.get("/calendar.ics")
@partner_only
def feed() -> Response:
    """Your own appointments as a calendar, from 30 days ago on."""
    since = clock.now() - FEED_LOOKS_BACK
    found = queries.appointments_from(this_partner(), since, None, FEED_LENGTH)
    return Response(calendar.feed(found), mimetype="text/calendar")


def _found(appointment_id: UUID) -> Appointment:
    found = queries.appointment(this_partner(), appointment_id)
    if found is None:
        raise problems.not_found()
    return found


def _last_entry(it: Appointment, *kinds: type[Any]) -> Entry | None:
    wanted = {event.kind for event in kinds}
    found = log.entries_about(it.claimant_id, it.id)
    return next((e for e in reversed(found) if not wanted or e.kind in wanted), None)


def _once(act: Callable[[], Done]) -> Response:
    """Do something in one transaction; with an idempotency key, do it once and answer alike.

    Only what was done is kept. A request that was refused has changed nothing, and may be put
    right and sent again under the same key.
    """
    partner, key = this_partner(), reading.idempotency_key()
    try:
        with transaction():
            if key and not actions.claim(partner, key, reading.fingerprint()):
                return _same_answer(key)
            status, done = act()
            body = json.dumps(done)
            if key:
                actions.keep(partner, key, status, body)
    except Refusal as refusal:
        raise problems.refused(refusal) from None
    except sa.exc.IntegrityError:
        raise _meanwhile() from None
    return _answer(status, body)


def _same_answer(key: str) -> Response:
    given = queries.given_answer(this_partner(), key)
    if given is None:
        raise _meanwhile()
    if given.fingerprint != reading.fingerprint():
        raise Problem(422, "key-reused", "This Idempotency-Key was sent with another request.")
    response = _answer(given.status, given.body)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _meanwhile() -> Problem:
    return Problem(409, "meanwhile", "The same thing was being changed. Send this again.")


def _answer(status: int, body: str) -> Response:
    response = Response(body, status, mimetype="application/json")
    if status == 201:
        booked = json.loads(body)["appointment"]["id"]
        response.headers["Location"] = url_for("api.appointment", appointment_id=booked)
    return response
