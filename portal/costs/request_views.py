"""The claimant's pages for asking for help with costs, and for what became of it. Apart from
`views`, which explains what the fund may pay for and keeps nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, g, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import clock
from portal.account import guards, throttle
from portal.account.models import Claimant
from portal.appointments import queries as diary
from portal.appointments.models import Appointment
from portal.appointments.rules import stands
from portal.costs import actions, engine, queries, rules, words
from portal.costs.amounts import pounds
from portal.costs.models import CostRequest
from portal.costs.pages import answers_here, bp, forget_answers
from portal.costs.request_forms import NOT_NAMED, RequestForm
from portal.database import transaction
from portal.languages import isolate, say
from portal.record import log
from portal.refusals import Refusal, sentence
from portal.web.forms import once
from portal.web.fragments import page, to

_TOO_MANY = Refusal(
    "too-many",
    sentence("You sent many requests today. Please call your Jobcentre if it cannot wait."),
)
_FIELD_OF = {"amount": "amount", "past": "day", "words": "item_words"}


@bp.app_template_filter("cost_item")
def cost_item(code: str) -> str:
    """What is asked for, by its code; nothing for a code of an older table."""
    said = words.OPTIONS["need"].get(code)
    return say(said) if said else ""


@bp.app_template_filter("pounds")
def pounds_on_page(pence: int) -> Markup:
    """An amount on a page, kept from turning round in a sentence that reads from the right."""
    return isolate(pounds(pence), ltr=True)


def _form_for(person: Claimant, answers: dict[str, str]) -> RequestForm:
    """An empty form, but for what the explainer was told."""
    need = answers.get("need", "")
    return RequestForm(
        [a for a in diary.coming(person) if stands(a)],
        item="" if need in NOT_NAMED else need,
        paid=answers.get("paid", ""),
    )


@bp.route("/costs/requests/new", methods=["GET", "POST"])
@guards.claimant_only
def new_request() -> Any:
    """Ask for one thing: fill in, check, send. The answers of the explainer come from this
    browser, also after signing in; the office gets them only once it is sent, and only when they
    are about what is asked for."""
    person, request_id, known = guards.this_claimant(), once(), answers_here()
    form, pressed = _form_for(person, known), _pressed()
    if pressed != "change" and form.validate():
        wish = form.wish(engine.write(known) if _is_about(form, known) else "")
        if pressed != "send":
            return page(
                "costs/request_check.html",
                form=form,
                once=request_id,
                wish=wish,
                rules=rules,
                appointment=_meant(person, wish),
            )
        try:
            if not throttle.allow("costs of a person", str(person.id)):
                raise _TOO_MANY
            with transaction():
                by = guards.claimant_actor(person)
                entry = actions.ask(person, wish, request_id=request_id, by=by)
            forget_answers()
            return to(url_for("costs.request_sent", receipt=entry.receipt))
        except Refusal as refusal:
            form.refuse(refusal, _FIELD_OF.get(refusal.code))
    return page("costs/request.html", form.status, form=form, once=request_id, person=person)


def _is_about(form: RequestForm, known: dict[str, str]) -> bool:
    """Whether the explainer was asked about what is asked for now."""
    need = known.get("need", "")
    return form.item.data == need or (form.item.data == "other" and need in NOT_NAMED)


def _meant(person: Claimant, wish: rules.Wish) -> Appointment | None:
    return diary.appointment(person, wish.appointment_id) if wish.appointment_id else None


def _pressed() -> str:
    """What the person wants: "change" (the form), "check" or "send". After another language was
    chosen it is the same page again."""
    if request.method != "POST":
        return "change"
    if g.get("only_refill"):
        return "check" if request.form.get("shown") == "check" else "change"
    return request.form.get("at", "check")


@bp.get("/costs/requests")
@guards.claimant_only
def requests() -> Any:
    """Everything this person asked for, what waits first."""
    person = guards.this_claimant()
    return page(
        "costs/requests.html", found=queries.of_claimant(person), rules=rules, today=clock.today()
    )


def _request(cost_id: UUID) -> CostRequest:
    """This person's request; any other is 404."""
    return queries.request(guards.this_claimant(), cost_id) or abort(404)


@bp.get("/costs/requests/<uuid:cost_id>")
@guards.claimant_only
def request_detail(cost_id: UUID) -> Any:
    """One request: what was asked, where it stands, and what can be done next."""
    found = _request(cost_id)
    if found.state in ("agreed", "refused") and found.answer_read_at is None:
        with transaction():
            actions.open_answer(found)
    first = found.first_by or found.decided_by
    return page(
        "costs/request_detail.html",
        r=found,
        rules=rules,
        today=clock.today(),
        manager=queries.has_manager(found.claimant.office_id, first),
    )


@bp.get("/costs/requests/sent/<receipt>")
@guards.claimant_only
def request_sent(receipt: str) -> Any:
    """What was recorded about a request, with its receipt."""
    person = guards.this_claimant()
    entry = log.by_receipt(receipt)
    if entry is None or entry.claimant_id != person.id or not entry.kind.startswith("costs."):
        abort(404)
    found = queries.request(person, entry.about) if entry.about else None
    return page(
        "costs/request_sent.html", entry=entry, event=log.event_of(entry), r=found, rules=rules
    )


@bp.post("/costs/requests/<uuid:cost_id>/look-again")
@guards.claimant_only
def look_again(cost_id: UUID) -> Response:
    """Ask a manager to look at a no again."""
    return _do(cost_id, actions.ask_to_look_again)


@bp.post("/costs/requests/<uuid:cost_id>/withdraw")
@guards.claimant_only
def withdraw(cost_id: UUID) -> Response:
    """No longer ask for it."""
    return _do(cost_id, actions.withdraw)


def _do(cost_id: UUID, act: Any) -> Response:
    found = _request(cost_id)
    try:
        with transaction():
            entry = act(found, by=guards.claimant_actor(guards.this_claimant()))
    except Refusal:
        return to(url_for("costs.request_detail", cost_id=cost_id))
    return to(url_for("costs.request_sent", receipt=entry.receipt))
