"""The people of an office: who they are, how to reach them, and how they come in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from sqlalchemy.exc import IntegrityError

from portal import clock, languages
from portal.about import queries as about
from portal.account import actions, delivery_actions, guards, locks, sign_in_actions, staff_accounts
from portal.account import queries as account
from portal.account.interpreter_actions import need_of
from portal.account.models import Claimant
from portal.appointments import queries as diary
from portal.appointments import rules
from portal.costs import queries as cost_requests
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal, sentence
from portal.staff.desk import a_person, bp, by, conflict, done, office_id
from portal.staff.forms import CardForm, DeskNumberForm, RegisterForm, SearchForm, coach_id
from portal.web.fragments import page, to

_MOST = 50
_TAKEN = Refusal("reference", sentence("Somebody is registered with this reference already."))
_THE_TEAMS = Refusal(
    "office", sentence("The complaints team works at this office. Register people at their own.")
)


def _address(person: Claimant) -> str:
    return url_for("staff.person", claimant_id=person.id)


@bp.route("/people", methods=["GET", "POST"])
@guards.staff_only
def people() -> Any:
    """People of this office. A search is posted, so that no name ends up in an address."""
    form = SearchForm()
    text = (form.text.data or "") if form.submitted() else ""
    found = account.claimants_of_office(office_id(), text, _MOST + 1)
    return page(
        "staff/people.html",
        form.status,
        form=form,
        text=text,
        people=found[:_MOST],
        more=len(found) > _MOST,
        most=_MOST,
    )


@bp.get("/people/<uuid:claimant_id>")
@guards.staff_only
def person(claimant_id: UUID) -> Any:
    """One person: their appointments, how they want to be told, how they come in."""
    found = a_person(claimant_id)
    return page(
        "staff/person.html",
        person=found,
        language=languages.known().get(found.language),
        appointments=diary.of_claimant(found.id, office_id()),
        cards=account.cards_of(found.id),
        cost_requests=cost_requests.of_claimant(found),
        shared=bool(found.mobile) and len(account.claimants_with_number(found.mobile or "")) > 1,
        undelivered=account.undelivered_to(found.id),
        interpreter=need_of(found),
        about=about.shown(found.id, office_id()),
        must_read=about.must_read(found, guards.this_staff()),
        rules=rules,
        now=clock.now(),
    )


@bp.route("/people/new", methods=["GET", "POST"])
@guards.staff_only
def register() -> Any:
    """Open a record for a person."""
    member = guards.this_staff()
    form = RegisterForm(
        account.staff_of_office(member.office_id),
        coach=str(member.id),
        language=languages.DEFAULT,
    )
    if form.submitted():
        made = _register(form)
        if made is not None:
            return done(log.entries(made.id, newest_first=False)[0], _address(made))
    return page("staff/register.html", form.status, form=form)


def _register(form: RegisterForm) -> Claimant | None:
    member = guards.this_staff()
    if staff_accounts.is_of_the_team(member.office):
        form.refuse(_THE_TEAMS, "reference")
        return None
    coach = coach_id(form.coach)
    known = account.claimant_by_reference(form.reference.data or "")
    mine = known is not None and known.office_id == member.office_id
    if known is not None and mine and known.full_name == form.full_name.data:
        return known
    if known is None:
        try:
            with transaction():
                return actions.register(
                    reference=form.reference.data or "",
                    full_name=form.full_name.data or "",
                    office=member.office,
                    mobile=form.number.e164 or None,
                    language=form.language.data,
                    coach=account.staff(coach) if coach else None,
                    by=by(),
                )
        except IntegrityError:
            pass
    form.refuse(_TAKEN, "reference")
    return None


@bp.route("/people/<uuid:claimant_id>/number", methods=["GET", "POST"])
@guards.staff_only
def number(claimant_id: UUID) -> Any:
    """Change the mobile number of the person who is at the desk."""
    found = a_person(claimant_id)
    form = DeskNumberForm()
    if form.submitted():
        with transaction():
            entry = actions.set_number(found, form.number.e164 or None, by=by())
        return done(entry, _address(found))
    return page("staff/number.html", form.status, form=form, person=found)


@bp.route("/people/<uuid:claimant_id>/card", methods=["GET", "POST"])
@guards.staff_only
def card(claimant_id: UUID) -> Any:
    """Make a sign-in card. Its code is on the page that answers, once, and kept nowhere."""
    found = a_person(claimant_id)
    cards = account.cards_of(found.id)
    latest = cards[0].reference if cards else ""
    form = CardForm(shown=latest)
    if form.submitted():
        try:
            with transaction():
                made, code = sign_in_actions.issue_card(
                    found, staff=guards.this_staff(), replacing=form.shown.data or "", by=by()
                )
        except Refusal as refusal:
            return conflict(refusal, url_for("staff.card", claimant_id=found.id))
        return page("staff/card_slip.html", person=found, card=made, code=code)
    return page("staff/card.html", form.status, form=form, person=found, cards=cards)


@bp.post("/people/<uuid:claimant_id>/card/revoke")
@guards.staff_only
def revoke_card(claimant_id: UUID) -> Any:
    """A card was lost, or is no longer needed."""
    found = a_person(claimant_id)
    entry = None
    with transaction():
        locks.lock(found)
        for each in account.cards_of(found.id):
            if each.reference == request.form.get("reference"):
                entry = sign_in_actions.revoke_card(each, by=by())
    return done(entry, url_for("staff.card", claimant_id=found.id))


@bp.post("/people/<uuid:claimant_id>/reached")
@guards.staff_only
def reached(claimant_id: UUID) -> Any:
    """Somebody told them what a text could not: only what was on the page before them."""
    found, shown = a_person(claimant_id), request.form.get("tasks", "").split()
    with transaction():
        for task in account.undelivered_to(found.id):
            if str(task.id) in shown:
                delivery_actions.settle(task)
    return to(_address(found))
