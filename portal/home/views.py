"""The first page, help, and what we must say about ourselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, jsonify, url_for
from markupsafe import Markup

from portal import clock
from portal.about import queries as about
from portal.about import rules as rules_about
from portal.account import guards
from portal.appointments import queries
from portal.commitment import queries as commitments
from portal.complaints import queries as complaints
from portal.costs import queries as costs
from portal.home import contacts, health, texting
from portal.home.rules import commitment_steps, complaint_steps, next_steps, plan_steps
from portal.messages import queries as messages
from portal.plan import queries as plan
from portal.plan import rules as rules_of_plan
from portal.web.access import public
from portal.web.fragments import page, to

bp = Blueprint("home", __name__)

STATEMENT_MADE = date(2026, 11, 21)
"""The day the accessibility statement was last compared with the service."""
RULES_CHECKED = date(2026, 11, 21)
"""The day the help pages were last compared with the rules they explain (facts 2)."""
HELP_PAGES = ("cannot-come", "lower-payment", "texts", "shared-computers")


@bp.record_once
def _read_contacts(state: Any) -> None:
    """A broken file of contacts stops the start, not the first error page."""
    contacts.known()


@bp.app_template_filter("phone_link")
def phone_link(number: str) -> Markup:
    """A number that a telephone can dial and that reads the same in every script."""
    dialled = "".join(c for c in number if c.isdigit() or c == "+")
    return Markup('<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>').format(dialled, number)


@bp.app_template_global("urgent_contact")
def urgent_contact() -> contacts.Contact:
    """Whom to call when this service cannot help. Needs no database."""
    return contacts.urgent()


@bp.app_template_global("contact_for")
def contact_for(key: str) -> contacts.Contact:
    """One contact, by its key in the file."""
    return contacts.known()[key]


@bp.app_template_global("service_contact")
def service_contact() -> contacts.Contact | None:
    """The people who run this service, if they gave a number or an email."""
    return contacts.known().get("service")


@bp.get("/")
@public
def start() -> Any:
    """What to do next; for somebody who is not signed in, what this is."""
    person = guards.claimant()
    if person is None:
        return page("home/front.html")
    guards.touch()
    coming, past = queries.coming(person), queries.past(person, 1)
    replies, about_costs = len(messages.unread_replies(person)), costs.unread_answers(person)
    steps = next_steps(person, coming, past, clock.now(), replies, about_costs)
    offered = commitments.half(person).offered
    today = clock.today()
    promises = plan_steps(
        any(rules_of_plan.days_late(each, today) for each in plan.open_promises(person)),
        rules_about.should_review(about.page_of(person.id), today),
    )
    complained = complaints.for_the_start(person)
    about_complaints = complaint_steps(
        complained,
        any(complaints.asks(each) for each in complained),
        complaints.draft(person) is not None,
        today,
    )
    steps = [*commitment_steps(offered, today), *about_complaints, *steps, *promises]
    return page("home/start.html", steps=steps)


@bp.get("/welcome")
@guards.claimant_only
def welcome() -> Any:
    """Right after signing in: the one appointment that waits for an answer, or the first page."""
    person = guards.this_claimant()
    waiting = queries.waiting_of(person.id)
    if len(waiting) == 1 and commitments.half(person).offered is None:
        return to(url_for("appointments.appointment", appointment_id=waiting[0].id))
    return to(url_for("home.start"))


@bp.get("/help", endpoint="help")
@public
def help_index() -> Any:
    """Whom to call, and where the longer answers are."""
    person = guards.claimant()
    shown = [c for c in contacts.known().values() if c.key != "service"]
    return page("home/help.html", contacts=shown, office=person.office if person else None)


@bp.get("/help/<name>")
@public
def help_page(name: str) -> Any:
    """One longer answer."""
    if name not in HELP_PAGES:
        abort(404)
    more: dict[str, Any] = {}
    if name == "texts":
        more = {"words": texting.words(), "can_ring": texting.can_ring()}
    return page(f"home/{name.replace('-', '_')}.html", checked=RULES_CHECKED, **more)


@bp.get("/accessibility")
@public
def accessibility() -> Any:
    """The accessibility statement."""
    return page("home/accessibility.html", made=STATEMENT_MADE)


@bp.get("/privacy")
@public
def privacy() -> Any:
    """What we keep, for how long, and who can see it."""
    return page("home/privacy.html")


@bp.get("/health")
@public
def health_process() -> Response:
    """The process is up."""
    return jsonify(status="ok")


@bp.get("/health/ready")
@public
def health_ready() -> Response:
    """Every part of the service can do its work; 503 if one cannot."""
    good, checks = health.ready()
    response = jsonify(status="ok" if good else "bad", checks=checks)
    response.status_code = 200 if good else 503
    return response
