"""The page on which a person says once when they can never come. Apart from `views`, which answer
one appointment."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for

from portal.account import guards
from portal.appointments import busy_actions, events
from portal.appointments.door import bp
from portal.appointments.forms import BusyForm
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal
from portal.web.fragments import page, to


@bp.route("/appointments/cannot-come", methods=["GET", "POST"], endpoint="busy")
@guards.claimant_only
def busy() -> Any:
    """Times of each week: checked before the office offers one."""
    person = guards.this_claimant()
    form = BusyForm(busy_actions.busy_times(person.id))
    if form.submitted():
        try:
            with transaction():
                entry = busy_actions.say_busy_times(
                    person, form.times, by=guards.claimant_actor(person)
                )
        except Refusal as refusal:
            form.refuse(refusal, "start_0")
        else:
            if entry is None:
                return to(url_for("appointments.busy"))
            return to(url_for("appointments.busy_kept", receipt=entry.receipt))
    return page("appointments/busy.html", form.status, form=form)


@bp.get("/appointments/cannot-come/kept/<receipt>")
@guards.claimant_only
def busy_kept(receipt: str) -> Any:
    """What was recorded, with its receipt."""
    entry = log.by_receipt(receipt)
    kind = events.BusyTimesSaid.kind
    if entry is None or entry.claimant_id != guards.this_claimant().id or entry.kind != kind:
        abort(404)
    return page("appointments/busy_kept.html", entry=entry)
