"""What every page of the desk shares: the blueprint, and that staff see only their own office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, abort, current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import clock
from portal.account import concern_queries, guards
from portal.account import queries as account
from portal.account.models import Claimant, Concern, Staff
from portal.actors import Actor
from portal.appointments import queries as diary
from portal.appointments.models import Appointment, Request
from portal.record.models import Entry
from portal.refusals import Refusal
from portal.web.fragments import page, to

bp = Blueprint("staff", __name__, url_prefix="/staff")


@dataclass(frozen=True)
class Part:
    """What another part of the service adds to the desk: a page of its own, and a few lines on
    the first page. The portal does not know who adds it."""

    endpoint: str
    words: Any
    """The link, in whatever language is spoken."""
    for_managers: bool
    """Whether the page is only for them; the lines are for everybody."""
    template: str
    """Of the lines on the first page. It is given what `read` returns, as `part`."""
    read: Callable[[], Any]


def add(app: Flask, part: Part) -> None:
    """Put a part on the desk of this application."""
    app.extensions.setdefault("desk", {})[part.endpoint] = part


@bp.app_template_global("desk_parts")
def parts() -> list[Part]:
    """What other parts of the service have put on the desk."""
    return list(current_app.extensions.get("desk", {}).values())


@bp.app_template_global("desk_links")
def links() -> list[Part]:
    """The parts whose page this member of staff may open."""
    member = guards.staff()
    return [
        part
        for part in parts()
        if member is not None and (guards.is_manager(member) or not part.for_managers)
    ]


def office_id() -> UUID:
    """The office of whoever is at the desk."""
    return guards.this_staff().office_id


def by() -> Actor:
    return guards.staff_actor(guards.this_staff())


def a_person(claimant_id: UUID) -> Claimant:
    """Somebody of this office; anyone else is 404, known or not."""
    found = account.claimant_of_office(claimant_id, office_id())
    return found if found is not None else abort(404)


def a_colleague(staff_id: UUID) -> Staff:
    """A member of staff of this office; any other is no answer that the form offered."""
    found = account.staff(staff_id)
    return found if found is not None and found.office_id == office_id() else abort(400)


def an_appointment(appointment_id: UUID) -> Appointment:
    """An appointment with this office; any other is 404."""
    found = diary.appointment_of_office(appointment_id, office_id())
    return found if found is not None else abort(404)


def a_request(request_id: UUID) -> Request:
    """A request made to this office; any other is 404."""
    found = diary.request(request_id, office_id())
    return found if found is not None else abort(404)


def conflict(refusal: Refusal, back: str, typed: Sequence[str] = ()) -> Any:
    """Somebody else was quicker, or the same button was pressed twice: what happened, where to
    look, and what was `typed`, to be copied."""
    return page("staff/conflict.html", 409, refusal=refusal, back=back, typed=typed)


def done(entry: Entry | None, back: str) -> Response:
    """Show what was recorded; nothing new was recorded when the same was said before."""
    return to(url_for("staff.done", receipt=entry.receipt) if entry else back)


@bp.app_context_processor
def _alarm() -> dict[str, Any]:
    """What nobody has read in time. Asked when the page is drawn, so that reading it ends it."""

    def late_concerns() -> Sequence[Concern]:
        member = guards.staff()  # Nobody, for somebody who has just left the service.
        if member is None or guards.is_apart(member):
            return []
        return concern_queries.overdue(member.office_id, member.id)

    return {"late_concerns": late_concerns}


@bp.app_template_filter("waited")
def waited(since: datetime) -> str:
    """How long somebody has waited, in words."""
    minutes = int((clock.now() - since).total_seconds()) // 60
    if minutes < 1:
        return _("Waiting less than a minute")
    if minutes < 60:
        return ngettext("Waiting %(num)s minute", "Waiting %(num)s minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("Waiting %(num)s hour", "Waiting %(num)s hours", minutes // 60)
    return ngettext("Waiting %(num)s day", "Waiting %(num)s days", minutes // (24 * 60))


@bp.app_template_filter("uk_day")
def uk_day(moment: datetime) -> date:
    """The day by the wall clock in the United Kingdom, to compare with a deadline."""
    return clock.local(moment).date()


@bp.app_template_filter("bdi")
def bdi(text: str) -> Markup:
    """What somebody typed, kept from disturbing the direction of the words around it."""
    return Markup("<bdi>{}</bdi>").format(text)
