"""Coming in to the desk, and what waits there. The desk's other pages are beside this file, by
what they are about; importing them here puts them on the blueprint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, request, session, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal import clock
from portal.about import queries as about_queries
from portal.account import (
    concern_actions,
    concern_queries,
    guards,
    sign_in_actions,
    staff_accounts,
    throttle,
)
from portal.account import queries as account
from portal.appointments import queries as diary
from portal.appointments.models import Ask
from portal.commitment import queries as commitments
from portal.costs import queries as cost_requests
from portal.database import transaction
from portal.messages import queries as post
from portal.plan import queries as promised
from portal.refusals import Refusal, sentence
from portal.staff import (
    answers,
    appointments,
    commitment,
    commitment_answers,
    cost_rules,
    costs,
    for_them,
    goals,
    messages,
    people,
    phones,
    plan,
    reports,
    times,
    untold,
)
from portal.staff.desk import bp, by, done, office_id
from portal.staff.forms import SignInForm
from portal.web.access import public
from portal.web.fragments import page, to, whole_page
from portal.web.language import safe_path

__all__ = [
    "answers",
    "appointments",
    "bp",
    "commitment",
    "commitment_answers",
    "cost_rules",
    "costs",
    "for_them",
    "goals",
    "messages",
    "people",
    "phones",
    "plan",
    "reports",
    "times",
    "untold",
]

_TOO_MANY = Refusal(
    "too-many", sentence("There were too many tries. Wait 15 minutes, then try again.")
)
_FIRST = 10
_PAGE = 100


@dataclass(frozen=True)
class Waiting:
    """One list of what must be done, longest waiting first."""

    name: str
    title: Any
    nobody: Any
    """What to say when it is empty."""
    read: Callable[[UUID, int, int], Sequence[Any]]
    count: Callable[[UUID], int]


def _asked(ask: Ask) -> dict[str, Any]:
    return {
        "read": lambda office, limit, skip: diary.open_requests(office, ask, limit, skip),
        "count": lambda office: diary.how_many_open_requests(office, ask),
    }


def _changes(*, second: bool) -> dict[str, Any]:
    return {
        "read": lambda office, limit, skip: commitments.open_requests(office, second, limit, skip),
        "count": lambda office: commitments.how_many_open_requests(office, second),
    }


LISTS = (
    Waiting(
        "now",
        _l("Needs you now"),
        _l("Nothing is in anybody's way that you do not know of."),
        diary.open_reports,
        diary.how_many_open_reports,
    ),
    Waiting(
        "calls",
        _l("Waits for a call"),
        _l("Nobody waits for a call."),
        post.open_calls,
        post.how_many_open_calls,
    ),
    Waiting(
        "unknown-calls",
        _l("Numbers we do not know that want a call"),
        _l("No number that we do not know waits for a call."),
        concern_queries.unknown_calls,
        concern_queries.how_many_unknown_calls,
    ),
    Waiting(
        "not-answered",
        _l("Not answered"),
        _l("Nobody waits for a call from you."),
        diary.not_answered,
        diary.how_many_not_answered,
    ),
    Waiting(
        "cancel", _l("Asked to cancel"), _l("Nobody waits for an answer."), **_asked(Ask.cancel)
    ),
    Waiting(
        "phone-call",
        _l("Asked for a phone call"),
        _l("Nobody waits for an answer."),
        **_asked(Ask.phone_call),
    ),
    Waiting(
        "another-time",
        _l("Asked for another time"),
        _l("Nobody waits for an answer."),
        **_asked(Ask.another_time),
    ),
    Waiting(
        "costs-manager",
        _l("Help with costs: for a manager"),
        _l("Nothing waits for a manager."),
        cost_requests.for_manager,
        cost_requests.how_many_for_manager,
    ),
    Waiting(
        "costs",
        _l("Help with costs"),
        _l("Nobody waits for an answer about costs."),
        cost_requests.open_requests,
        cost_requests.how_many_open_requests,
    ),
    Waiting(
        "messages",
        _l("Waits for a reply"),
        _l("Nobody waits for a reply."),
        post.waiting,
        post.how_many_waiting,
    ),
    Waiting(
        "changes",
        _l("Asked to change their commitment"),
        _l("Nobody waits for an answer."),
        **_changes(second=False),
    ),
    Waiting(
        "second-opinions",
        _l("Asked for a second opinion"),
        _l("Nobody waits for a second opinion."),
        **_changes(second=True),
    ),
    Waiting(
        "not-accepted",
        _l("Commitment not accepted yet"),
        _l("Every commitment that was sent is accepted."),
        commitments.not_accepted,
        commitments.how_many_not_accepted,
    ),
    Waiting(
        "promises",
        _l("Promises that are late"),
        _l("No promise is late."),
        lambda office, limit, skip: promised.late(office, clock.today(), limit, skip),
        lambda office: promised.how_many_late(office, clock.today()),
    ),
    Waiting(
        "to-read",
        _l("Read before you meet"),
        _l("There is nothing new to read about your people."),
        lambda _office, limit, skip: about_queries.unread_by(guards.this_staff().id, limit, skip),
        lambda _office: about_queries.how_many_unread_by(guards.this_staff().id),
    ),
    Waiting(
        "asked",
        _l("Asked for help or training"),
        _l("Nobody waits for an answer."),
        promised.open_asks,
        promised.how_many_open_asks,
    ),
    Waiting(
        "not-delivered",
        _l("Text not delivered"),
        _l("Every text arrived, or you have reached the person."),
        account.undelivered,
        account.how_many_undelivered,
    ),
)


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
@guards.staff_only
def home() -> Any:
    """Everything that waits, each list from whoever has waited longest."""
    office = office_id()
    lists = [(each, each.read(office, _FIRST, 0), each.count(office)) for each in LISTS]
    rows_of = {each.name: rows for each, rows, _total in lists}
    return page(
        "staff/home.html",
        lists=lists,
        contacts=_contacts(rows_of["not-answered"]),
        concerns=concern_queries.unread_concerns(office),
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
    found = concern_queries.concern(concern_id, office_id()) or abort(404)
    back = url_for("staff.home")
    if request.method == "POST":
        with transaction():
            entry = concern_actions.read_concern(found, staff=guards.this_staff(), by=by())
        return done(entry, back)
    return page("staff/concern.html", concern=found)
