"""Tell it once: the person writes it, reads it through, lets it be seen, and sees who opened it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.about import actions, queries, rules
from portal.about.forms import AboutForm, ApproveForm
from portal.account import guards
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal
from portal.web.fragments import page, to

bp = Blueprint("about", __name__)


@bp.get("/plan/about-me")
@guards.claimant_only
def about_me() -> Any:
    """What is written, whether staff see it, and who opened it when."""
    found = queries.page_of(guards.this_claimant().id)
    if found is None:
        return to(url_for("about.write"))
    return page(
        "about/about_me.html",
        about=found,
        readings=queries.readings(found),
        review=rules.should_review(found, clock.today()),
        shown=rules.is_shown(found),
    )


@bp.route("/plan/about-me/write", methods=["GET", "POST"])
@guards.claimant_only
def write() -> Any:
    """Write or change it. Nobody sees it until it is approved."""
    person = guards.this_claimant()
    found = queries.page_of(person.id)
    form = AboutForm(obj=found, data={"room": bool(found and found.private_room)})
    if form.submitted():
        try:
            with transaction():
                actions.write_page(person, form.words, by=guards.claimant_actor(person))
            return to(url_for("about.about_me"))
        except Refusal as refusal:
            form.refuse(refusal, "needs")
    return page("about/write.html", form.status, form=form, shown=rules.is_shown(found))


@bp.post("/plan/about-me/approve")
@guards.claimant_only
def approve() -> Response:
    """It is right as it stands, and may be shown; also after half a year."""
    person = guards.this_claimant()
    found = queries.page_of(person.id) or abort(404)
    form = ApproveForm()
    try:
        with transaction():
            entry = actions.approve_page(
                found, version=form.seen_version, by=guards.claimant_actor(person)
            )
    except Refusal:
        return to(url_for("about.about_me"))
    return to(url_for("about.recorded", receipt=entry.receipt))


@bp.post("/plan/about-me/take-back")
@guards.claimant_only
def take_back() -> Response:
    """Nobody may see it any more."""
    person = guards.this_claimant()
    found = queries.page_of(person.id) or abort(404)
    with transaction():
        entry = actions.take_back_page(found, by=guards.claimant_actor(person))
    if entry is None:
        return to(url_for("about.about_me"))
    return to(url_for("about.recorded", receipt=entry.receipt))


@bp.get("/plan/about-me/recorded/<receipt>")
@guards.claimant_only
def recorded(receipt: str) -> Any:
    """What was recorded, with its receipt."""
    person = guards.this_claimant()
    entry = log.by_receipt(receipt)
    if entry is None or entry.claimant_id != person.id or not entry.kind.startswith("about."):
        abort(404)
    return page("about/recorded.html", entry=entry)
