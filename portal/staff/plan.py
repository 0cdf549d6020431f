"""Support plans at the desk: what the office promised, and what people asked it for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from portal import clock, working_days
from portal.account import guards
from portal.account import queries as account
from portal.account.models import Claimant
from portal.database import transaction
from portal.dated_data import number
from portal.plan import actions, desk_actions, offers, queries, rules
from portal.plan.desk_actions import Offer
from portal.plan.forms import DateForm, PromiseForm, WhyForm
from portal.plan.models import Ask, Promise
from portal.record.models import Entry
from portal.refusals import Refusal
from portal.staff.desk import a_colleague, a_person, bp, by, conflict, done, office_id
from portal.web.forms import once
from portal.web.fragments import page, to

_FIELD_OF = {
    "kind": "kind",
    "words": "words",
    "who": "who_name",
    "past": "due",
    "far": "due",
    "closed": "due",
    "same": "due",
}
_TOLD: dict[str, Callable[..., Entry]] = {
    "happened": actions.happened,
    "not-happened": actions.not_happened,
    "remind": actions.remind,
    "new-date": actions.ask_new_date,
}


def _promise(promise_id: UUID) -> Promise:
    """A promise to somebody of this office; any other is 404."""
    return queries.promise_of_office(promise_id, office_id()) or abort(404)


def _ask(ask_id: UUID) -> Ask:
    """Something that somebody of this office asked for; any other is 404."""
    return queries.ask_of_office(ask_id, office_id()) or abort(404)


def _address(found: Promise) -> str:
    return url_for("staff.promise", promise_id=found.id)


def _plan_of(person: Claimant) -> str:
    return url_for("staff.plan", claimant_id=person.id)


def _form(person: Claimant, *, mine: bool = False) -> PromiseForm:
    """A promise for which the person's work coach answers, or whoever is here (`mine`)."""
    member = guards.this_staff()
    owner = member.id if mine else person.coach_id or member.id
    return PromiseForm(account.staff_of_office(office_id()), owner=str(owner))


def _offer(form: PromiseForm) -> Offer:
    assert form.due.data is not None
    return Offer(
        kind=form.kind.data,
        owner=a_colleague(form.owner_id),
        due=form.due.data,
        words=form.words.data or "",
        who_name=form.who_name.data or "",
        who_role=form.who_role.data or "",
    )


@bp.get("/people/<uuid:claimant_id>/plan")
@guards.staff_only
def plan(claimant_id: UUID) -> Any:
    """What was promised to this person, what they asked for, and where they want to go."""
    person = a_person(claimant_id)
    return page(
        "staff/plan.html",
        person=person,
        promises=queries.promises(person),
        asks=queries.asks(person),
        goal=queries.goal(person),
        count=queries.count(person),
        rules=rules,
        today=clock.today(),
    )


@bp.get("/promises")
@guards.staff_only
def promises() -> Any:
    """Promises that are due, and those that are late: one's own, or the whole office's."""
    member, today = guards.this_staff(), clock.today()
    mine = request.args.get("whose") != "office"
    owner = member.id if mine else None
    nation = member.office.nation
    until = working_days.after(today, number("promise_due_soon"), nation)
    return page(
        "staff/promises.html",
        mine=mine,
        late=queries.late(member.office_id, today, owner_id=owner),
        due=queries.due(member.office_id, today, until, owner_id=owner),
        until=until,
        dates=[p for p in queries.date_asked(member.office_id) if not mine or p.owner_id == owner],
        asks=[] if mine else queries.open_asks(member.office_id),
        goals=queries.goals_to_review(member.office_id, today),
        rules=rules,
        today=today,
    )


@bp.route("/people/<uuid:claimant_id>/promise", methods=["GET", "POST"])
@guards.staff_only
def make_promise(claimant_id: UUID) -> Any:
    """Promise something: what, who, by when. What is vague is not taken."""
    person, promise_id = a_person(claimant_id), once()
    form = _form(person)
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.promise(person, _offer(form), promise_id=promise_id, by=by())
            return done(entry, _plan_of(person))
        except Refusal as refusal:
            form.refuse(refusal, _FIELD_OF.get(refusal.code))
    return page("staff/make_promise.html", form.status, form=form, person=person, once=promise_id)


@bp.get("/promises/<uuid:promise_id>")
@guards.staff_only
def promise(promise_id: UUID) -> Any:
    """One promise, and what can be done about it."""
    found = _promise(promise_id)
    return page(
        "staff/promise.html",
        promise=found,
        is_open=rules.is_open(found),
        date_form=DateForm(formdata=None, version=str(found.version)),
        why_form=WhyForm(formdata=None),
    )


@bp.post("/promises/<uuid:promise_id>/start")
@guards.staff_only
def start_promise(promise_id: UUID) -> Any:
    """Somebody is at it."""
    return _change(promise_id, lambda found: desk_actions.start(found, by=by()))


@bp.post("/promises/<uuid:promise_id>/keep")
@guards.staff_only
def keep_promise(promise_id: UUID) -> Any:
    """It is done."""
    return _change(promise_id, lambda found: desk_actions.keep(found, by=by()))


@bp.post("/promises/<uuid:promise_id>/told/<what>")
@guards.staff_only
def told_promise(promise_id: UUID, what: str) -> Any:
    """What the person told staff about a promise, as their own words."""
    does = _TOLD.get(what) or abort(404)
    return _change(promise_id, lambda found: does(found, by=by()))


def _change(promise_id: UUID, does: Callable[[Promise], Entry]) -> Any:
    found = _promise(promise_id)
    try:
        with transaction():
            entry = does(found)
    except Refusal as refusal:
        return conflict(refusal, _address(found))
    return done(entry, _address(found))


@bp.route("/promises/<uuid:promise_id>/date", methods=["GET", "POST"])
@guards.staff_only
def promise_date(promise_id: UUID) -> Any:
    """Name another day."""
    found = _promise(promise_id)
    form = DateForm(version=str(found.version))
    if form.submitted():
        assert form.due.data is not None
        try:
            with transaction():
                entry = desk_actions.change_date(
                    found, form.due.data, version=form.seen_version, by=by()
                )
            return done(entry, _address(found))
        except Refusal as refusal:
            if refusal.code not in _FIELD_OF:
                return conflict(refusal, _address(found))
            form.refuse(refusal, "due")
    return page("staff/promise_date.html", form.status, form=form, promise=found)


@bp.route("/promises/<uuid:promise_id>/<what>", methods=["GET", "POST"])
@guards.staff_only
def promise_why(promise_id: UUID, what: str) -> Any:
    """Take a promise back, or keep its date although the person asked for another; and why."""
    found = _promise(promise_id)
    if what not in ("withdraw", "keep-date"):
        abort(404)
    does = desk_actions.withdraw if what == "withdraw" else desk_actions.keep_date
    form = WhyForm()
    if form.submitted():
        try:
            with transaction():
                entry = does(found, form.why.data or "", by=by())
            return done(entry, _address(found))
        except Refusal as refusal:
            return conflict(refusal, _address(found))
    return page(
        "staff/promise_why.html",
        form.status,
        form=form,
        promise=found,
        taking_back=what == "withdraw",
    )


@bp.post("/asks/<uuid:ask_id>/open")
@guards.staff_only
def open_ask(ask_id: UUID) -> Response:
    """Opening what was asked is seeing it, and the person can see that."""
    found = _ask(ask_id)
    with transaction():
        desk_actions.see_ask(found, by=by())
    return to(url_for("staff.ask", ask_id=found.id))


@bp.route("/asks/<uuid:ask_id>", methods=["GET", "POST"])
@guards.staff_only
def ask(ask_id: UUID) -> Any:
    """What a person asked about, and agreeing to it with a promise."""
    found, promise_id = _ask(ask_id), once()
    back = url_for("staff.ask", ask_id=found.id)
    form = _form(found.claimant, mine=found.offer == "second_opinion")
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.agree(
                    found,
                    _offer(form),
                    staff=guards.this_staff(),
                    promise_id=promise_id,
                    by=by(),
                )
            return done(entry, _plan_of(found.claimant))
        except Refusal as refusal:
            if refusal.code not in _FIELD_OF:
                return conflict(refusal, back)
            form.refuse(refusal, _FIELD_OF[refusal.code])
    return page(
        "staff/ask.html",
        form.status,
        form=form,
        ask=found,
        once=promise_id,
        rules=rules,
        offers=offers.NAMES,
        today=clock.today(),
    )


@bp.route("/asks/<uuid:ask_id>/refuse", methods=["GET", "POST"])
@guards.staff_only
def refuse_ask(ask_id: UUID) -> Any:
    """Say no, and why."""
    found = _ask(ask_id)
    form = WhyForm()
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.refuse(
                    found, form.why.data or "", staff=guards.this_staff(), by=by()
                )
            return done(entry, _plan_of(found.claimant))
        except Refusal as refusal:
            return conflict(refusal, url_for("staff.ask", ask_id=found.id))
    return page("staff/refuse_ask.html", form.status, form=form, ask=found)
