"""The claimant's pages about appointments, signed in or through a short link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request, url_for

from portal import clock
from portal.account import guards, throttle
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, calendar, queries, rules
from portal.appointments.forms import AnotherTimeForm, AnswerForm, ReasonForm
from portal.appointments.models import Appointment
from portal.database import transaction
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal
from portal.web.access import mark
from portal.web.fragments import page, to

bp = Blueprint("appointments", __name__)


class Door:
    """One appointment, and how the person came to it: signed in, or by the link in a text."""

    def __init__(self, appointment: Appointment, by: Actor, token: str | None) -> None:
        self.appointment, self.by, self.token = appointment, by, token

    def url(self, name: str, **values: Any) -> str:
        """An address of this appointment, behind the same door."""
        if self.token:
            return url_for(f"appointments.link_{name}", token=self.token, **values)
        return url_for(f"appointments.{name}", appointment_id=self.appointment.id, **values)


def _signed_in(appointment_id: UUID) -> Door:
    person = guards.this_claimant()
    found = queries.appointment(person, appointment_id)
    if found is None:
        abort(404)
    return Door(found, guards.claimant_actor(person), None)


def _by_link(token: str) -> Door:
    if not throttle.allow("link from an address", request.remote_addr or ""):
        abort(429)
    found = queries.by_link(token)
    if found is None:
        abort(404)
    by = Actor(Kind.claimant, found.claimant_id, Channel.link, Assurance.saw_our_text)
    return Door(found, by, token)


def _both(path: str, name: str, methods: tuple[str, ...]) -> Callable[..., Any]:
    """Serve one view behind both doors."""

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        def signed_in(appointment_id: UUID, **parts: str) -> Any:
            return view(_signed_in(appointment_id), **parts)

        def by_link(token: str, **parts: str) -> Any:
            return view(_by_link(token), **parts)

        bp.add_url_rule(
            f"/appointments/<uuid:appointment_id>{path}",
            name,
            guards.claimant_only(signed_in),
            methods=methods,
        )
        bp.add_url_rule(f"/a/<token>{path}", f"link_{name}", mark(by_link, "link"), methods=methods)
        return view

    return register


@bp.get("/appointments")
@guards.claimant_only
def listing() -> Any:
    """Coming first, then past."""
    person = guards.this_claimant()
    now = clock.now()
    coming = rules.most_urgent(queries.coming(person), now)
    return page(
        "appointments/listing.html", coming=coming, past=queries.past(person), rules=rules, now=now
    )


def _show(door: Door, refusal: Refusal | None = None) -> Any:
    appointment = door.appointment
    values = {
        "appointment": appointment,
        "door": door,
        "form": AnswerForm(formdata=None, version=appointment.version),
        "rules": rules,
        "now": clock.now(),
        "refusal": refusal,
        "short_notice": rules.is_short_notice(appointment.notice_given_at, appointment.starts_at),
    }
    return page("appointments/appointment.html", 409 if refusal else 200, **values)


@_both("", "appointment", ("GET",))
def appointment(door: Door) -> Any:
    """One appointment, and the choices."""
    return _show(door)


def _record(door: Door, act: Callable[..., Entry], **choices: Any) -> Any:
    try:
        with transaction():
            entry = act(door.appointment, by=door.by, **choices)
    except Refusal as refusal:
        return _show(door, refusal)
    return to(door.url("answered", receipt=entry.receipt))


def _button(act: Callable[..., Entry]) -> Callable[[Door], Any]:
    def view(door: Door) -> Any:
        form = AnswerForm()
        if form.submitted():
            return _record(door, act, version=form.seen_version)
        return to(door.url("appointment"))

    return view


_both("/accept", "accept", ("GET", "POST"))(_button(actions.accept))
_both("/undo", "undo", ("GET", "POST"))(_button(actions.withdraw))


@_both("/cancel", "cancel", ("GET", "POST"))
def cancel(door: Door) -> Any:
    """Ask to cancel: what it means, an optional reason, then the button."""
    form = ReasonForm(version=str(door.appointment.version))
    if form.submitted():
        return _record(
            door,
            actions.ask_to_cancel,
            version=form.seen_version,
            reason=form.reason.data or "",
            note=form.note.data or "",
        )
    return page("appointments/cancel.html", form.status, form=form, door=door)


@_both("/phone", "phone", ("GET", "POST"))
def phone(door: Door) -> Any:
    """Ask for a phone call instead. One press is enough."""
    form = ReasonForm()
    if form.submitted():
        return _record(
            door,
            actions.ask_for_phone_call,
            version=form.seen_version,
            reason=form.reason.data or "",
            note=form.note.data or "",
        )
    return to(door.url("appointment"))


@_both("/time", "time", ("GET", "POST"))
def time(door: Door) -> Any:
    """Pick a free time, or say which times are possible."""
    slots = list(queries.free_slots(door.appointment, 6))
    form = AnotherTimeForm(slots, version=str(door.appointment.version))
    if form.submitted():
        slot = queries.slot(door.appointment, form.slot_id) if form.slot_id else None
        if slot is not None:
            return _record(door, actions.pick_time, slot=slot, version=form.seen_version)
        return _record(
            door,
            actions.ask_for_another_time,
            note=form.note.data or "",
            version=form.seen_version,
        )
    return page("appointments/time.html", form.status, form=form, door=door)


@_both("/answered/<receipt>", "answered", ("GET",))
def answered(door: Door, receipt: str) -> Any:
    """What was recorded, with its receipt."""
    entry = log.by_receipt(receipt)
    if entry is None or entry.about != door.appointment.id:
        abort(404)
    return page(
        "appointments/answered.html",
        door=door,
        appointment=door.appointment,
        entry=entry,
        event=log.event_of(entry),
        rules=rules,
        now=clock.now(),
    )


@_both("/appointment.ics", "ics", ("GET",))
def ics(door: Door) -> Response:
    """The appointment as a calendar file."""
    body = calendar.file_of(door.appointment)
    return Response(
        body,
        mimetype="text/calendar",
        headers={"Content-Disposition": "attachment; filename=appointment.ics"},
    )
