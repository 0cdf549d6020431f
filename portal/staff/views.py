"""Coming in to the desk, and what waits there. The desk's other pages are beside this file, by
what they are about; importing them here puts them on the blueprint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, request, session, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.account import (
    concern_actions,
    concern_queries,
    guards,
    sign_in_actions,
    staff_accounts,
    throttle,
)
from portal.appointments import queries as diary
from portal.database import transaction
from portal.refusals import Refusal, sentence
from portal.staff import (
    answers,
    appointments,
    commitment,
    commitment_answers,
    complaints,
    cost_rules,
    costs,
    for_them,
    goals,
    interpreters,
    manager,
    messages,
    people,
    phones,
    plan,
    reports,
    times,
    translations,
    typed,
    untold,
)
from portal.staff.desk import bp, by, conflict, done, office_id
from portal.staff.forms import SignInForm
from portal.staff.lists import LISTS
from portal.web.access import public
from portal.web.fragments import page, to, whole_page
from portal.web.language import safe_path

__all__ = [
    "answers",
    "appointments",
    "bp",
    "commitment",
    "commitment_answers",
    "complaints",
    "cost_rules",
    "costs",
    "for_them",
    "goals",
    "interpreters",
    "manager",
    "messages",
    "people",
    "phones",
    "plan",
    "reports",
    "times",
    "translations",
    "typed",
    "untold",
]

_TOO_MANY = Refusal(
    "too-many", sentence("There were too many tries. Wait 15 minutes, then try again.")
)
_FIRST = 10
_PAGE = 100


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """E-mail address, password and a code that works once."""
    if guards.staff() is not None:
        return to(url_for("staff.home"))
    form = SignInForm()
    if form.submitted():
        try:
            if not _may_try(form.email.data or ""):
                raise _TOO_MANY
            with transaction():
                member = staff_accounts.check(
                    form.email.data or "", form.password.data or "", form.code.data or ""
                )
                here_before = guards.current_visit()
                if here_before is not None:
                    sign_in_actions.end_visit(here_before)
                token = sign_in_actions.begin_visit(staff=member)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            wanted = safe_path(guards.sign_in_browser(token))
            home = url_for("staff.home")
            return whole_page(wanted if wanted.startswith(home + "/") else home)
    ended = session.pop("ended", False)
    return page("staff/sign_in.html", form.status, form=form, ended=ended)


def _may_try(email: str) -> bool:
    """Few tries from one address, so that a stranger elsewhere locks nobody out; many for one
    account from all of them, so that nobody guesses from everywhere. A try that the first limit
    refuses does not count towards the second."""
    account_name = email.strip().lower()
    here = f"{account_name} {request.remote_addr or ''}"
    return throttle.allow("staff from an address", here) and throttle.allow("staff", account_name)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session of this browser."""
    guards.leave("button")
    return whole_page(url_for("staff.sign_in"))


@bp.get("")
@guards.all_staff
def home() -> Any:
    """Everything that waits, each list from whoever has waited longest. Those who deal with
    complaints have a desk of their own."""
    if guards.is_apart(guards.this_staff()):
        return to(url_for("staff.complaints"))
    office = office_id()
    lists = [(each, each.read(office, _FIRST, 0), each.count(office)) for each in LISTS]
    rows_of = {each.name: rows for each, rows, _total in lists}
    return page(
        "staff/home.html",
        lists=lists,
        contacts=_contacts(rows_of["not-answered"]),
        concerns=concern_queries.unread_concerns(office, guards.this_staff().id),
        now=clock.now(),
        regarding=_regarding(rows_of["not-delivered"]),
    )


@bp.get("/waiting/<name>")
@guards.staff_only
def waiting(name: str) -> Any:
    """One list, whole, a hundred at a time."""
    each = next((each for each in LISTS if each.name == name), None) or abort(404)
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= 10_000:
        abort(404)
    rows = each.read(office_id(), _PAGE, (number - 1) * _PAGE)
    return page(
        "staff/waiting.html",
        each=each,
        rows=rows,
        total=each.count(office_id()),
        number=number,
        more=number * _PAGE,
        now=clock.now(),
        contacts=_contacts(rows) if name == "not-answered" else {},
        regarding=_regarding(rows) if name == "not-delivered" else {},
    )


def _contacts(appointments: Sequence[Any]) -> dict[UUID, Any]:
    return diary.contacts([appointment.id for appointment in appointments])


def _regarding(texts: Sequence[Any]) -> dict[UUID, Any]:
    ids = [text.regarding for text in texts if text.regarding is not None]
    return diary.appointments_of_office(ids, office_id())


@bp.route("/concerns/<uuid:concern_id>", methods=["GET", "POST"])
@guards.staff_only
def concern(concern_id: UUID) -> Any:
    """Words of a person that somebody must read now."""
    me = guards.this_staff().id
    found = concern_queries.concern(concern_id, office_id(), me) or abort(404)
    back = url_for("staff.home")
    if request.method == "POST":
        saw = request.form.get("shown", "")
        try:
            with transaction():
                entry = concern_actions.read_concern(
                    found, saw=saw, staff=guards.this_staff(), by=by()
                )
        except Refusal as refusal:
            return conflict(refusal, url_for("staff.concern", concern_id=found.id))
        return done(entry, back)
    return page("staff/concern.html", concern=found, shown=concern_actions.shown(found))
