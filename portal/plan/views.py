"""What a person can do about what was promised to them, and ask for. The page with both halves of
the plan is made above, in `home`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.account import guards
from portal.database import transaction
from portal.plan import actions, goal_views, offers, queries, rules
from portal.plan.forms import AskForm
from portal.plan.models import Promise
from portal.plan.pages import bp
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal
from portal.web.fragments import page, to

__all__ = ["bp", "goal_views"]


_SAYS: dict[str, Callable[..., Entry]] = {
    "happened": actions.happened,
    "not-happened": actions.not_happened,
    "remind": actions.remind,
    "new-date": actions.ask_new_date,
}


@bp.record_once
def _read_offers(state: Any) -> None:
    """A broken file of offers stops the start, not the page of somebody who needs one."""
    offers.known()


def _promise(promise_id: UUID) -> Promise:
    return queries.promise(guards.this_claimant(), promise_id) or abort(404)


@bp.app_template_filter("days_late")
def days_late(promise: Promise) -> int:
    """How many days a promise is late today."""
    return rules.days_late(promise, clock.today())


@bp.app_template_filter("promise_kind")
def promise_kind(kind: str) -> Any:
    """What kind of thing was promised, as a sentence of the rules."""
    return rules.KINDS.get(kind, rules.KINDS["other"])


@bp.app_template_filter("offer_name")
def offer_name(offer: str) -> Any:
    """What was asked for, as a sentence of the rules."""
    return rules.asked(offer, offers.NAMES)


@bp.get("/plan/promises/<uuid:promise_id>")
@guards.claimant_only
def promise(promise_id: UUID) -> Any:
    """One promise, and what the person can say about it."""
    person = guards.this_claimant()
    found = _promise(promise_id)
    return page(
        "plan/promise.html",
        promise=found,
        is_open=rules.is_open(found),
        may_remind=rules.may_remind(found, clock.today(), person.office.nation),
    )


@bp.post("/plan/promises/<uuid:promise_id>/<what>")
@guards.claimant_only
def say(promise_id: UUID, what: str) -> Response:
    """This happened; this has not happened; remind them; ask for a new date."""
    person, found = guards.this_claimant(), _promise(promise_id)
    does = _SAYS.get(what) or abort(404)
    try:
        with transaction():
            entry = does(found, by=guards.claimant_actor(person))
    except Refusal:
        # The page says where the promise stands now: that is the answer.
        return to(url_for("plan.promise", promise_id=found.id))
    return to(url_for("plan.recorded", receipt=entry.receipt))


@bp.get("/plan/recorded/<receipt>")
@guards.claimant_only
def recorded(receipt: str) -> Any:
    """What was recorded about the plan, with its receipt."""
    person = guards.this_claimant()
    entry = log.by_receipt(receipt)
    if entry is None or entry.claimant_id != person.id or not entry.kind.startswith("plan."):
        abort(404)
    ask = queries.ask(person, entry.about) if entry.about else None
    return page("plan/recorded.html", entry=entry, ask=ask)


@bp.get("/plan/ask")
@guards.claimant_only
def offers_page() -> Any:
    """What there is to ask for, for whom, whether one may say no, and when that was checked."""
    person = guards.this_claimant()
    asks = queries.asks(person)
    return page(
        "plan/offers.html",
        offers=offers.of_nation(person.office.nation),
        asks=asks,
        open_offers={ask.offer for ask in asks if ask.decision is None},
        today=clock.today(),
        rules=rules,
    )


@bp.route("/plan/ask/<offer>", methods=["GET", "POST"])
@guards.claimant_only
def ask(offer: str) -> Any:
    """Ask the work coach about one of them."""
    person = guards.this_claimant()
    found = next((o for o in offers.of_nation(person.office.nation) if o.key == offer), None)
    if found is None:
        abort(404)
    form = AskForm(with_needs=offer == "training")
    if form.submitted():
        try:
            with transaction():
                entry = actions.ask_for(
                    person,
                    offer,
                    needs=form.wanted,
                    note=form.note.data or "",
                    by=guards.claimant_actor(person),
                )
            return to(url_for("plan.recorded", receipt=entry.receipt))
        except Refusal as refusal:
            form.refuse(refusal, "note")
    return page("plan/ask.html", form.status, form=form, offer=found)


@bp.post("/plan/asks/<uuid:ask_id>/withdraw")
@guards.claimant_only
def withdraw(ask_id: UUID) -> Response:
    """No longer needed."""
    person = guards.this_claimant()
    found = queries.ask(person, ask_id) or abort(404)
    try:
        with transaction():
            entry = actions.withdraw_ask(found, by=guards.claimant_actor(person))
    except Refusal:
        return to(url_for("plan.offers_page"))
    return to(url_for("plan.recorded", receipt=entry.receipt))
