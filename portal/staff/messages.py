"""Messages of people and calls they wait for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.account import guards
from portal.database import transaction
from portal.messages import desk_actions, queries, rules
from portal.messages.models import CallBack
from portal.refusals import Refusal
from portal.staff.desk import a_person, bp, by, conflict, done, office_id
from portal.staff.told_forms import ReplyForm
from portal.web.forms import once
from portal.web.fragments import page, to


@bp.post("/people/<uuid:claimant_id>/messages/open")
@guards.staff_only
def open_messages(claimant_id: UUID) -> Response:
    """Opening messages is reading them, and the person can see that."""
    person = a_person(claimant_id)
    with transaction():
        desk_actions.mark_read(person, staff=guards.this_staff(), by=by())
    return to(url_for("staff.messages", claimant_id=person.id))


@bp.route("/people/<uuid:claimant_id>/messages", methods=["GET", "POST"])
@guards.staff_only
def messages(claimant_id: UUID) -> Any:
    """What this person and the office wrote to each other, and a reply."""
    person, reply_id = a_person(claimant_id), once()
    back = url_for("staff.messages", claimant_id=person.id)
    waiting = queries.waiting_of(person)
    form = ReplyForm(up_to=str(waiting[-1].id) if waiting else "")
    if form.submitted():
        last = form.message_id or abort(400)
        try:
            with transaction():
                entry = desk_actions.reply(
                    person,
                    form.words.data or "",
                    staff=guards.this_staff(),
                    up_to=last,
                    reply_id=reply_id,
                    language=form.language.data or "",
                    by=by(),
                )
        except Refusal as refusal:
            return conflict(refusal, back)
        return done(entry, back)
    return page(
        "staff/messages.html",
        form.status,
        form=form,
        person=person,
        thread=queries.thread(person),
        waiting=waiting,
        rules=rules,
        today=clock.today(),
        once=reply_id,
    )


def _call(call_id: UUID) -> CallBack:
    """A call that somebody of this office asked for; any other is 404."""
    return queries.call(call_id, office_id()) or abort(404)


@bp.route("/calls/<uuid:call_id>", methods=["GET", "POST"])
@guards.staff_only
def call(call_id: UUID) -> Any:
    """Whom to call, when and about what; then whether they were reached."""
    found = _call(call_id)
    back = url_for("staff.call", call_id=found.id)
    if request.method == "POST" and request.form.get("reached") in ("yes", "no"):
        # The page says how often somebody had tried: a second press records no second call.
        if request.form.get("tries") != str(found.tries):
            return to(back)
        try:
            with transaction():
                entry = desk_actions.record_call(
                    found, reached=request.form["reached"] == "yes", by=by()
                )
        except Refusal as refusal:
            return conflict(refusal, back)
        return done(entry, back)
    return page("staff/call.html", call=found, rules=rules, now=clock.now())
