"""A person's messages with the office, and asking to be called."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for

from portal import clock
from portal.account import guards, throttle
from portal.database import transaction
from portal.messages import actions, queries, rules
from portal.messages.forms import CallForm, MessageForm
from portal.messages.models import When
from portal.record import log
from portal.refusals import Refusal, sentence
from portal.web.forms import once
from portal.web.fragments import page, to

bp = Blueprint("messages", __name__)

_TOO_MANY = Refusal(
    "too-many",
    sentence("You wrote many messages today. Please call your Jobcentre if it cannot wait."),
)


@bp.route("/messages", methods=["GET", "POST"])
@guards.claimant_only
def messages() -> Any:
    """What was written on both sides, newest first, and a new message."""
    person, message_id = guards.this_claimant(), once()
    form = MessageForm()
    if form.submitted():
        try:
            if not throttle.allow("message of a person", str(person.id)):
                raise _TOO_MANY
            with transaction():
                entry = actions.write(
                    person,
                    form.words.data or "",
                    message_id=message_id,
                    by=guards.claimant_actor(person),
                )
            return to(url_for("messages.sent", receipt=entry.receipt))
        except Refusal as refusal:
            form.refuse(refusal, "words")
    if queries.unread_replies(person):
        with transaction():
            actions.open_replies(person)
    return page(
        "messages/messages.html",
        form.status,
        form=form,
        once=message_id,
        thread=queries.thread(person),
        call=queries.open_call(person),
        rules=rules,
        today=clock.today(),
        now=clock.now(),
    )


@bp.get("/messages/sent/<receipt>")
@guards.claimant_only
def sent(receipt: str) -> Any:
    """What was recorded about a message or a call, with its receipt."""
    person = guards.this_claimant()
    entry = log.by_receipt(receipt)
    if entry is None or entry.claimant_id != person.id or not entry.kind.startswith("messages."):
        abort(404)
    return page(
        "messages/sent.html",
        entry=entry,
        event=log.event_of(entry),
        call=queries.open_call(person),
    )


@bp.route("/call-me", methods=["GET", "POST"])
@guards.claimant_only
def call_me() -> Any:
    """Ask for a call, or change when."""
    person = guards.this_claimant()
    call = queries.open_call(person)
    form = CallForm(when=call.when.value if call else None, reason=call.reason if call else None)
    if form.submitted():
        try:
            with transaction():
                entry = actions.ask_for_call(
                    person,
                    when=When(form.when.data),
                    reason_code=form.reason.data or "",
                    by=guards.claimant_actor(person),
                )
            return to(url_for("messages.sent", receipt=entry.receipt))
        except Refusal as refusal:
            form.refuse(refusal, "when")
    return page("messages/call_me.html", form.status, form=form, person=person, call=call)


@bp.post("/call-me/withdraw")
@guards.claimant_only
def withdraw_call() -> Any:
    """No call is needed any more."""
    person = guards.this_claimant()
    try:
        with transaction():
            entry = actions.withdraw_call(person, by=guards.claimant_actor(person))
    except Refusal:
        return to(url_for("messages.messages"))
    return to(url_for("messages.sent", receipt=entry.receipt))
