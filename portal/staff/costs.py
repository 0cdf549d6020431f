"""Requests for help with costs: what is asked for, the office's answer, and how many there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import abort, url_for
from werkzeug.wrappers import Response

from portal import clock, languages
from portal.account import guards
from portal.appointments import queries as diary
from portal.appointments.rules import stands
from portal.costs import actions, desk_actions, engine, queries, rulebook, rules, words
from portal.costs.models import CostRequest, Pay
from portal.costs.request_forms import AgreeForm, RefuseForm, RequestForm
from portal.database import transaction
from portal.dated_data import number
from portal.refusals import Refusal
from portal.staff.desk import a_person, bp, by, conflict, done, office_id
from portal.web.forms import once
from portal.web.fragments import page, to

COUNTED = timedelta(days=365)
"""How far back the counts go."""
_FIELD_OF = {"amount": "amount", "past": "day", "words": "item_words"}


def _request(cost_id: UUID) -> CostRequest:
    """A request to this office; any other is 404."""
    return queries.request_of_office(cost_id, office_id()) or abort(404)


def _address(request: CostRequest) -> str:
    return url_for("staff.cost", cost_id=request.id)


@bp.post("/costs/<uuid:cost_id>/open")
@guards.staff_only
def open_cost(cost_id: UUID) -> Response:
    """Opening a request is seeing it, and the person can see that."""
    found = _request(cost_id)
    with transaction():
        desk_actions.see(found, staff=guards.this_staff(), by=by())
    return to(_address(found))


@bp.route("/costs/<uuid:cost_id>", methods=["GET", "POST"])
@guards.staff_only
def cost(cost_id: UUID) -> Any:
    """What a person asks for, what they told the explainer, and agreeing to it."""
    found = _request(cost_id)
    form = AgreeForm()
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.agree(
                    found,
                    pence=form.amount.pence or 0,
                    pay=Pay(form.pay.data),
                    when=form.pay_when.data or "",
                    keep=form.keep.data or "",
                    staff=guards.this_staff(),
                    by=by(),
                )
            return done(entry, _address(found))
        except Refusal as refusal:
            return conflict(refusal, _address(found))
    return page(
        "staff/cost.html",
        form.status,
        form=form,
        r=found,
        rules=rules,
        today=clock.today(),
        answers=_answers(found),
        manager=queries.has_manager(office_id(), found.first_by),
        why_not=desk_actions.why_not(found, guards.this_staff()),
    )


def _answers(request: CostRequest) -> list[tuple[str, str]]:
    """What the person told the explainer: each question and the answer, in words."""
    known = engine.asked(rulebook.known(), engine.read(request.answers))
    return [
        (languages.say(words.QUESTIONS[q]), languages.say(words.OPTIONS[q][option]))
        for q, option in known.items()
    ]


@bp.route("/costs/<uuid:cost_id>/refuse", methods=["GET", "POST"])
@guards.staff_only
def refuse_cost(cost_id: UUID) -> Any:
    """Say no, and say why."""
    found = _request(cost_id)
    form = RefuseForm()
    if form.submitted():
        try:
            with transaction():
                why, staff = form.why.data or "", guards.this_staff()
                entry = desk_actions.refuse(found, why=why, staff=staff, by=by())
            return done(entry, _address(found))
        except Refusal as refusal:
            return conflict(refusal, _address(found))
    return page("staff/refuse_cost.html", form.status, form=form, r=found)


@bp.route("/people/<uuid:claimant_id>/costs", methods=["GET", "POST"])
@guards.staff_only
def told_cost(claimant_id: UUID) -> Any:
    """A request that the person made by word of mouth: it waits for an answer like any other."""
    person, request_id = a_person(claimant_id), once()
    form = RequestForm([a for a in diary.coming(person) if stands(a)])
    if form.submitted():
        try:
            with transaction():
                entry = actions.ask(person, form.wish(""), request_id=request_id, by=by())
            return done(entry, url_for("staff.person", claimant_id=person.id))
        except Refusal as refusal:
            form.refuse(refusal, _FIELD_OF.get(refusal.code))
    return page("staff/told_cost.html", form.status, form=form, person=person, once=request_id)


@bp.post("/costs/<uuid:cost_id>/look-again")
@guards.staff_only
def told_look_again(cost_id: UUID) -> Any:
    """The person told us that they want a manager to look again."""
    return _told(cost_id, actions.ask_to_look_again)


@bp.post("/costs/<uuid:cost_id>/withdraw")
@guards.staff_only
def told_withdraw(cost_id: UUID) -> Any:
    """The person told us that they no longer need it."""
    return _told(cost_id, actions.withdraw)


def _told(cost_id: UUID, act: Any) -> Any:
    found = _request(cost_id)
    try:
        with transaction():
            entry = act(found, by=by())
        return done(entry, _address(found))
    except Refusal as refusal:
        return conflict(refusal, _address(found))


@bp.get("/costs/counts")
@guards.staff_only
def cost_counts() -> Any:
    """How many asked, and what became of it, by language. It tells of the office's answers, not
    of anybody who asked."""
    since: datetime = clock.now() - COUNTED
    return page(
        "staff/cost_counts.html",
        counts=queries.counts(office_id(), since, clock.today()),
        since=since,
        smallest=number("smallest_group"),
    )
