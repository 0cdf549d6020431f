"""The work a person wants and the steps to it. Apart from `views`, for length; importing it puts
its pages on the same blueprint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.account import guards
from portal.database import transaction
from portal.plan import actions, goal_actions, queries
from portal.plan.forms import AskForm, GoalForm, StepForm
from portal.plan.pages import bp
from portal.refusals import Refusal
from portal.web.forms import once
from portal.web.fragments import page, to

_FIELD_OF = {"past": "due", "far": "due", "words": "what"}


@bp.get("/plan/goal")
@guards.claimant_only
def goal() -> Any:
    """The goal with its steps: what is missing, what is done about it, who does it, by when."""
    person = guards.this_claimant()
    found = queries.goal(person)
    if found is None:
        return to(url_for("plan.write_goal"))
    asked = {a.about: a for a in queries.asks(person) if a.offer == "second_opinion"}
    return page("plan/goal.html", goal=found, asked=asked, today=clock.today())


@bp.route("/plan/goal/write", methods=["GET", "POST"])
@guards.claimant_only
def write_goal() -> Any:
    """Say which work one wants, or change it."""
    person = guards.this_claimant()
    found = queries.goal(person)
    form = GoalForm(words=found.words if found else "")
    if form.submitted():
        try:
            with transaction():
                entry = goal_actions.write_goal(
                    person, form.words.data or "", by=guards.claimant_actor(person)
                )
            return to(url_for("plan.recorded", receipt=entry.receipt))
        except Refusal as refusal:
            form.refuse(refusal, "words")
    return page("plan/write_goal.html", form.status, form=form, goal=found)


@bp.route("/plan/goal/step", methods=["GET", "POST"])
@guards.claimant_only
def add_step() -> Any:
    """A step of one's own."""
    person, step_id = guards.this_claimant(), once()
    if queries.goal(person) is None:
        return to(url_for("plan.write_goal"))
    form = StepForm()
    if form.submitted():
        assert form.due.data is not None
        try:
            with transaction():
                entry = goal_actions.add_step(
                    person,
                    form.what.data or "",
                    form.due.data,
                    missing=form.missing.data or "",
                    step_id=step_id,
                    by=guards.claimant_actor(person),
                )
            return to(url_for("plan.recorded", receipt=entry.receipt))
        except Refusal as refusal:
            form.refuse(refusal, _FIELD_OF.get(refusal.code))
    return page("plan/add_step.html", form.status, form=form, once=step_id)


@bp.post("/plan/goal/steps/<uuid:step_id>/done")
@guards.claimant_only
def step_done(step_id: UUID) -> Response:
    """A step is done."""
    person = guards.this_claimant()
    found = queries.step(person, step_id) or abort(404)
    with transaction():
        entry = goal_actions.step_done(found, by=guards.claimant_actor(person))
    return to(url_for("plan.recorded", receipt=entry.receipt))


@bp.route("/plan/goal/steps/<uuid:step_id>/second-opinion", methods=["GET", "POST"])
@guards.claimant_only
def second_opinion(step_id: UUID) -> Any:
    """Another work coach should look at whether this course fits the goal."""
    person = guards.this_claimant()
    found = queries.step(person, step_id) or abort(404)
    if not found.course:
        abort(404)
    form = AskForm()
    if form.submitted():
        try:
            with transaction():
                entry = actions.ask_for(
                    person,
                    "second_opinion",
                    about=found.id,
                    title=found.what,
                    note=form.note.data or "",
                    by=guards.claimant_actor(person),
                )
            return to(url_for("plan.recorded", receipt=entry.receipt))
        except Refusal as refusal:
            form.refuse(refusal, "note")
    return page("plan/second_opinion.html", form.status, form=form, step=found)
