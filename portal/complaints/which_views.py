"""Is it a complaint? Pages that tell it from a decision, from danger, and from what concerns our
own use of data. They work for whoever is not signed in, and keep nothing."""

from __future__ import annotations

from typing import Any

from portal import clock
from portal.account import guards
from portal.complaints import rules
from portal.complaints.forms import DecisionForm, WhichForm
from portal.complaints.pages import bp, show
from portal.dated_data import number
from portal.web.access import public


@bp.route("/which", methods=["GET", "POST"])
@public
def which() -> Any:
    """Three questions, and everything that fits: more than one thing can be true."""
    form, person = WhichForm(), guards.claimant()
    answered = form.submitted()
    fits = {name.removeprefix("private_") for name, told in form.data.items() if told == "yes"}
    return show(
        "complaints/which.html",
        form.status,
        form=form,
        answered=answered,
        fits=fits,
        office=person.office if person else None,
    )


@bp.route("/decision", methods=["GET", "POST"])
@public
def decision() -> Any:
    """Until when one can ask for a decision to be looked at again (facts 5)."""
    form, until = DecisionForm(), None
    if form.submitted() and form.private_day.data:
        until = rules.reconsider_until(form.private_day.data)
    return show(
        "complaints/decision.html",
        form.status,
        form=form,
        until=until,
        is_over=until is not None and until < clock.today(),
    )


@bp.get("/data")
@public
def data() -> Any:
    """A complaint about our own use of data, and by when it is acknowledged."""
    return show(
        "complaints/data.html",
        until=rules.acknowledge_by(clock.today()),
        days=number("data_acknowledged"),
    )
