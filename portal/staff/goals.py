"""Goals and courses at the desk, and what a person does not want to explain again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from portal.about import desk_actions as about
from portal.about import queries as about_queries
from portal.account import guards
from portal.account import queries as account
from portal.database import transaction
from portal.plan import actions, goal_actions, offers, queries, rules
from portal.plan.forms import CourseForm, GoalForm, ToldAskForm
from portal.plan.goal_actions import Course
from portal.refusals import Refusal
from portal.staff.desk import a_colleague, a_person, bp, by, conflict, done, office_id
from portal.web.forms import once
from portal.web.fragments import page, to

_FIELD_OF = {
    "past": "due",
    "far": "due",
    "next": "next_by",
    "closed": "next_by",
    "words": "next_what",
    "goal": "what",
}


@bp.route("/people/<uuid:claimant_id>/course", methods=["GET", "POST"])
@guards.staff_only
def add_course(claimant_id: UUID) -> Any:
    """A course, why it, and what follows it by when."""
    person, step_id = a_person(claimant_id), once()
    back = url_for("staff.plan", claimant_id=person.id)
    goal = queries.goal(person)
    if goal is None:
        return to(url_for("staff.told_goal", claimant_id=person.id))
    owner = person.coach_id or guards.this_staff().id
    form = CourseForm(account.staff_of_office(office_id()), owner=str(owner))
    if form.submitted():
        try:
            with transaction():
                course = _course(form)
                entry = goal_actions.add_course(person, course, step_id=step_id, by=by())
            return done(entry, back)
        except Refusal as refusal:
            form.refuse(refusal, _FIELD_OF.get(refusal.code))
    return page(
        "staff/add_course.html", form.status, form=form, person=person, goal=goal, once=step_id
    )


def _course(form: CourseForm) -> Course:
    owner = a_colleague(form.owner_id)
    assert form.due.data is not None
    assert form.next_by.data is not None
    return Course(
        what=form.what.data or "",
        why=form.why.data or "",
        due=form.due.data,
        next_what=form.next_what.data or "",
        next_by=form.next_by.data,
        owner=owner,
        missing=form.missing.data or "",
        funded_until=form.funded_until.data,
    )


@bp.route("/people/<uuid:claimant_id>/goal", methods=["GET", "POST"])
@guards.staff_only
def told_goal(claimant_id: UUID) -> Any:
    """Which work the person wants, as they told staff."""
    person = a_person(claimant_id)
    goal = queries.goal(person)
    form = GoalForm(words=goal.words if goal else "")
    if form.submitted():
        try:
            with transaction():
                entry = goal_actions.write_goal(person, form.words.data or "", by=by())
            return done(entry, url_for("staff.plan", claimant_id=person.id))
        except Refusal as refusal:
            form.refuse(refusal, "words")
    return page("staff/told_goal.html", form.status, form=form, person=person)


@bp.post("/people/<uuid:claimant_id>/goal/review")
@guards.staff_only
def review_goal(claimant_id: UUID) -> Any:
    """Staff and the person looked at the goal together."""
    person = a_person(claimant_id)
    back = url_for("staff.plan", claimant_id=person.id)
    try:
        with transaction():
            entry = goal_actions.review_goal(person, by=by())
    except Refusal as refusal:
        return conflict(refusal, back)
    return done(entry, back)


@bp.route("/people/<uuid:claimant_id>/ask", methods=["GET", "POST"])
@guards.staff_only
def told_ask(claimant_id: UUID) -> Any:
    """What the person asked for, as they told staff."""
    person = a_person(claimant_id)
    form = ToldAskForm(offers.of_nation(person.office.nation))
    if form.submitted():
        try:
            with transaction():
                entry = actions.ask_for(
                    person,
                    form.offer.data,
                    needs=form.wanted,
                    note=form.note.data or "",
                    by=by(),
                )
            return done(entry, url_for("staff.plan", claimant_id=person.id))
        except Refusal as refusal:
            form.refuse(refusal, "offer")
    return page("staff/told_ask.html", form.status, form=form, person=person, rules=rules)


@bp.post("/people/<uuid:claimant_id>/about/open")
@guards.staff_only
def open_about(claimant_id: UUID) -> Response:
    """Opening it is recorded, and the person can see who did."""
    found = about_queries.shown(a_person(claimant_id).id, office_id()) or abort(404)
    with transaction():
        about.open_page(found, staff=guards.this_staff(), by=by())
    return to(url_for("staff.about", claimant_id=claimant_id))


@bp.get("/people/<uuid:claimant_id>/about", endpoint="about")
@guards.staff_only
def show_about(claimant_id: UUID) -> Any:
    """What the person does not want to explain again; only after it was opened."""
    person, member = a_person(claimant_id), guards.this_staff()
    found = about_queries.shown(person.id, office_id()) or abort(404)
    reading = about_queries.reading(found, member.id)
    if reading is None:
        return to(url_for("staff.person", claimant_id=person.id))
    return page("staff/about.html", person=person, about=found, reading=reading)


@bp.post("/people/<uuid:claimant_id>/about/read")
@guards.staff_only
def read_about(claimant_id: UUID) -> Any:
    """Staff say that they have read it."""
    person = a_person(claimant_id)
    found = about_queries.shown(person.id, office_id()) or abort(404)
    back = url_for("staff.person", claimant_id=person.id)
    seen = request.form.get("version", "")
    try:
        with transaction():
            entry = about.mark_read(
                found,
                version=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
                staff=guards.this_staff(),
                by=by(),
            )
    except Refusal as refusal:
        return conflict(refusal, back)
    return done(entry, back)
