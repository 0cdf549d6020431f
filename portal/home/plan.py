"""Both halves of the plan on one page: what the person agreed, and what they were promised.

Apart from `views` and above both tasks, which do not know each other.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, url_for

from portal import clock, languages
from portal.account import guards
from portal.commitment import queries as commitment
from portal.commitment.said import said
from portal.database import transaction
from portal.plan import actions, queries, rules
from portal.plan.forms import AskForm
from portal.refusals import Refusal
from portal.training import queries as training
from portal.web.fragments import page, to

bp = Blueprint("my_plan", __name__)


@bp.get("/plan")
@guards.claimant_only
def plan() -> Any:
    """What you agreed, what they promised, and how much of either is done."""
    return page("home/plan.html", **_halves())


@bp.get("/plan/print")
@guards.claimant_only
def print_plan() -> Any:
    """The same on paper, to take along or to give to an adviser. It does not say what was read,
    opened or not answered."""
    return page("home/plan_print.html", **_halves(), person=guards.this_claimant())


@bp.route("/plan/training/<uuid:training_id>", methods=["GET", "POST"])
@guards.claimant_only
def ask_for_place(training_id: UUID) -> Any:
    """One course or kind of help, and asking the work coach for a place. What the person needs to
    take part is asked before anything is booked (facts 10, scenario 23)."""
    person = guards.this_claimant()
    found = training.training(training_id, person.office.code) or abort(404)
    form = AskForm(with_needs=True)
    if form.submitted():
        try:
            with transaction():
                entry = actions.ask_for(
                    person,
                    "training_place",
                    about=found.id,
                    title=found.name,
                    needs=form.wanted,
                    note=form.note.data or "",
                    by=guards.claimant_actor(person),
                )
            return to(url_for("plan.recorded", receipt=entry.receipt))
        except Refusal as refusal:
            form.refuse(refusal, "note")
    asked = queries.open_ask(person, "training_place", found.id)
    return page(
        "home/training_place.html",
        form.status,
        form=form,
        training=found,
        ask=asked,
        known_languages=languages.known(),
    )


def _halves() -> dict[str, Any]:
    person = guards.this_claimant()
    mine = commitment.half(person)
    points = mine.now.points if mine.now else ()
    return {
        "mine": mine,
        "mine_points": [(point, said(point).plain.text) for point in points],
        "promises": queries.promises(person),
        "theirs": queries.count(person),
        "goal": queries.goal(person),
        "rules": rules,
        "now": clock.now(),
    }
