"""What every page about one appointment shares: the two doors to it, and how a choice is
recorded behind either. Apart from `views`, because `report_views` needs it too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request, url_for

from portal import clock
from portal.account import guards, throttle
from portal.account.interpreter_actions import need_of
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import notice, queries, rules
from portal.appointments.forms import AnswerForm
from portal.appointments.models import Appointment
from portal.database import transaction
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


def both(path: str, name: str, methods: tuple[str, ...]) -> Callable[..., Any]:
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


def show(door: Door, refusal: Refusal | None = None) -> Any:
    """One appointment, its choices, and what was refused a moment ago."""
    appointment = door.appointment
    values = {
        "appointment": appointment,
        "door": door,
        "form": AnswerForm(formdata=None, version=appointment.version),
        "rules": rules,
        "now": clock.now(),
        "refusal": refusal,
        "needs_interpreter": need_of(appointment.claimant) is not None,
        "reports": queries.reports_about(appointment),
        "short_notice": notice.is_short_notice(appointment.notice_given_at, appointment.starts_at),
    }
    return page("appointments/appointment.html", 409 if refusal else 200, **values)


def record(door: Door, act: Callable[..., Entry], **choices: Any) -> Any:
    """Do what the person chose, and show the receipt; or what stood in the way."""
    try:
        with transaction():
            entry = act(door.appointment, by=door.by, **choices)
    except Refusal as refusal:
        return show(door, refusal)
    return to(door.url("answered", receipt=entry.receipt))
