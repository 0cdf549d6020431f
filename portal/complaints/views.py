"""The claimant's complaints: the list, one of them, and what can be done with it.

Writing one is in `form_views`, the document about one in `bundle_views`, and telling a complaint
from what is none in `which_views`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.account import guards
from portal.account import queries as people
from portal.complaints import (
    actions,
    bundle_views,
    drafts,
    events,
    form_views,
    helper_views,
    queries,
    rules,
    which_views,
)
from portal.complaints.forms import WhyForm, WordsForm
from portal.complaints.models import Kind
from portal.complaints.pages import bp, done, mine, show
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal
from portal.web.forms import once
from portal.web.fragments import to
from portal.web.headers import takes_long_text

__all__ = ["bp", "bundle_views", "form_views", "helper_views", "which_views"]


@bp.get("")
@guards.claimant_only
def listing() -> Any:
    """Everything this person complained about, and what they are writing."""
    person = guards.this_claimant()
    draft = queries.draft(person)
    helper = next(iter(queries.links(draft)), None) if draft else None
    return show(
        "complaints/listing.html",
        helper=helper,
        helper_is_live=helper is not None and rules.is_live(helper, clock.now()),
        found=queries.of_claimant(person),
        draft=draft,
        shown=queries.was_shown(draft),
        kept_until=draft.changed_at + rules.KEPT_AS_DRAFT if draft else None,
    )


@bp.get("/<uuid:complaint_id>")
@guards.claimant_only
def complaint(complaint_id: UUID) -> Any:
    """One complaint: where it stands, what was said, what can be done now, who opened it."""
    found = mine(complaint_id)
    if found.answered_at is not None and found.answer_read_at is None:
        with transaction():
            actions.again(found)
            actions.open_answer(found)
    opened = [
        (people.staff(each.actor_id), each.at)
        for each in log.entries_about(found.claimant_id, found.id)
        if each.kind == events.Opened.kind and each.actor_id
    ]
    level, who = queries.who_sees(found)
    return show(
        "complaints/complaint.html",
        c=found,
        words=queries.words(found),
        entries=[log.by_receipt(receipt) for receipt in queries.attached(found)],
        level=level,
        who=who,
        kept=queries.kept_from(found),
        opened=opened,
        may_go_further=rules.may_go_further(found),
    )


@bp.route("/<uuid:complaint_id>/add", methods=["GET", "POST"])
@guards.claimant_only
@takes_long_text
def add(complaint_id: UUID) -> Any:
    """Say more, or answer what was asked."""
    found, word_id, form = mine(complaint_id), once(), WordsForm()
    if form.submitted():
        try:
            with transaction():
                by = guards.claimant_actor(guards.this_claimant())
                entry = actions.add(found, form.words.data or "", word_id=word_id, by=by)
            return done(entry)
        except Refusal as refusal:
            form.refuse(refusal)
    return show("complaints/add.html", form.status, c=found, form=form, once=word_id)


@bp.route("/<uuid:complaint_id>/further", methods=["GET", "POST"])
@guards.claimant_only
@takes_long_text
def further(complaint_id: UUID) -> Any:
    """Take it to the complaints team, or ask that team for its final response."""
    found, form = mine(complaint_id), WhyForm()
    if form.submitted():
        try:
            with transaction():
                by = guards.claimant_actor(guards.this_claimant())
                entry = actions.take_further(found, why=form.words.data or "", by=by)
            return done(entry)
        except Refusal as refusal:
            form.refuse(refusal)
    today, nation = clock.today(), found.office.nation
    return show(
        "complaints/further.html",
        form.status,
        c=found,
        form=form,
        reply_by=rules.reply_by(today, nation),
        may_go_further=rules.may_go_further(found),
    )


@bp.post("/<uuid:complaint_id>/withdraw")
@guards.claimant_only
def withdraw(complaint_id: UUID) -> Response:
    """No longer complain."""
    found = mine(complaint_id)
    try:
        with transaction():
            entry = actions.withdraw(found, by=guards.claimant_actor(guards.this_claimant()))
    except Refusal:
        return to(url_for("complaints.complaint", complaint_id=complaint_id))
    return done(entry)


@bp.route("/<uuid:complaint_id>/worse", methods=["GET", "POST"])
@guards.claimant_only
def worse(complaint_id: UUID) -> Any:
    """It got worse since: begin a complaint that goes past the office, linked to this one."""
    person, found = guards.this_claimant(), mine(complaint_id)
    draft = queries.draft(person)
    other = drafts.read(draft).get("after") != str(found.id) if draft else False
    form = form_views.SendForm()
    if form.submitted():
        with transaction():
            if not other or drafts.drop(person, request.form.get("draft", "")):
                drafts.keep(person, {"after": str(found.id), "kind": Kind.worse.value})
                return to(url_for("complaints.go_on"))
        # They began something else in another window since: that is shown first.
        draft = queries.draft(person)
    status = 409 if form.is_submitted() else 200
    return show("complaints/worse.html", status, c=found, other=other, draft=draft)


@bp.get("/sent/<receipt>")
@guards.claimant_only
def sent(receipt: str) -> Any:
    """What was recorded about a complaint, with its receipt."""
    person = guards.this_claimant()
    entry = log.by_receipt(receipt)
    if entry is None or entry.claimant_id != person.id or not entry.kind.startswith("complaints."):
        abort(404)
    found = queries.complaint(person, entry.about) if entry.about else None
    return show("complaints/sent.html", entry=entry, event=log.event_of(entry), c=found)
