"""The claimant's pages about appointments, signed in or through a short link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort

from portal import clock
from portal.account import guards
from portal.appointments import actions, busy_views, calendar, queries, report_views, rules
from portal.appointments import slot_queries as free_times
from portal.appointments.door import Door, both, bp, record, show
from portal.appointments.forms import AnotherTimeForm, AnswerForm, ReasonForm
from portal.record import log
from portal.record.models import Entry
from portal.web.fragments import page, to

__all__ = ["bp", "busy_views", "report_views"]


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


@both("", "appointment", ("GET",))
def appointment(door: Door) -> Any:
    """One appointment, and the choices."""
    return show(door)


def _button(act: Callable[..., Entry]) -> Callable[[Door], Any]:
    def view(door: Door) -> Any:
        form = AnswerForm()
        if form.submitted():
            return record(door, act, version=form.seen_version)
        return to(door.url("appointment"))

    return view


both("/accept", "accept", ("GET", "POST"))(_button(actions.accept))
both("/undo", "undo", ("GET", "POST"))(_button(actions.withdraw))


@both("/cancel", "cancel", ("GET", "POST"))
def cancel(door: Door) -> Any:
    """Ask to cancel: what it means, an optional reason, then the button."""
    form = ReasonForm(version=str(door.appointment.version))
    if form.submitted():
        return record(
            door,
            actions.ask_to_cancel,
            version=form.seen_version,
            reason=form.reason.data or "",
            note=form.note.data or "",
        )
    return page("appointments/cancel.html", form.status, form=form, door=door)


@both("/phone", "phone", ("GET", "POST"))
def phone(door: Door) -> Any:
    """Ask for a phone call instead. One press is enough."""
    form = ReasonForm()
    if form.submitted():
        return record(
            door,
            actions.ask_for_phone_call,
            version=form.seen_version,
            reason=form.reason.data or "",
            note=form.note.data or "",
        )
    return to(door.url("appointment"))


@both("/time", "time", ("GET", "POST"))
def time(door: Door) -> Any:
    """Pick a free time, or say which times are possible."""
    slots = free_times.free(door.appointment, 6)
    own = free_times.taken(door.appointment)
    form = AnotherTimeForm(slots, own, version=str(door.appointment.version))
    if form.submitted():
        slot = free_times.one(door.appointment, form.slot_id) if form.slot_id else None
        if slot is not None:
            return record(door, actions.pick_time, slot=slot, version=form.seen_version)
        return record(
            door,
            actions.ask_for_another_time,
            note=form.note.data or "",
            version=form.seen_version,
        )
    return page("appointments/time.html", form.status, form=form, door=door)


@both("/answered/<receipt>", "answered", ("GET",))
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


@both("/appointment.ics", "ics", ("GET",))
def ics(door: Door) -> Response:
    """The appointment as a calendar file."""
    body = calendar.file_of(door.appointment)
    return Response(
        body,
        mimetype="text/calendar",
        headers={"Content-Disposition": "attachment; filename=appointment.ics"},
    )
