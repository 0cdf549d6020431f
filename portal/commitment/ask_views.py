"""The claimant's pages for asking: change a point, a pause or fewer hours, a second opinion. Apart
from `views`, for length."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request, url_for

from portal import clock
from portal.account import guards
from portal.commitment import ask_actions, easements, queries, rules
from portal.commitment.door import a_point, bp, done
from portal.commitment.forms import ChangeForm, PauseForm, SecondForm
from portal.commitment.models import Request
from portal.commitment.reasons import NO_REASON, REASONS, SECOND
from portal.commitment.said import said
from portal.database import transaction
from portal.refusals import Refusal, Sentence
from portal.web.forms import once
from portal.web.fragments import page, to


@bp.route("/<uuid:version_id>/points/<int:position>/ask", methods=["GET", "POST"])
@guards.claimant_only
def ask(version_id: UUID, position: int) -> Any:
    """Ask to change a point: why, and what would work instead. All of it can be skipped."""
    found, request_id = a_point(version_id, position), once()
    form = ChangeForm()
    if form.submitted():
        try:
            with transaction():
                entry = ask_actions.ask_for_change(
                    found,
                    reason=form.reason.data or "",
                    words=form.words.data or "",
                    instead=form.instead.data or "",
                    request_id=request_id,
                    by=guards.claimant_actor(guards.this_claimant()),
                )
            return done(entry)
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "commitment/ask.html",
        form.status,
        form=form,
        point=found,
        said=said(found),
        once=request_id,
    )


@bp.get("/requests/<uuid:change_id>")
@guards.claimant_only
def request_page(change_id: UUID) -> Any:
    """Where something stands that the person asked, and what they can say or do next."""
    return _show(_mine(change_id), SecondForm(formdata=None))


def _mine(change_id: UUID) -> Request:
    return queries.request(guards.this_claimant(), change_id) or abort(404)


def _show(found: Request, form: SecondForm, status: int = 200) -> Any:
    return page(
        "commitment/request.html",
        status,
        request_=found,
        second=queries.second_opinion(found),
        form=form,
        said=said(found.point) if found.point else None,
        to_say=to_say(found),
        second_say=SECOND,
        late=rules.reply_is_late(found, clock.today()),
        reasons=REASONS,
    )


def to_say(found: Request) -> list[Sentence]:
    """What the person can say aloud, or send anywhere else."""
    if found.point is None:
        return [answer.easement.say for answer in easements.answers(found.reason.split())]
    reason = REASONS.get(found.reason)
    return [reason.say if reason else NO_REASON]


@bp.post("/requests/<uuid:change_id>/second")
@guards.claimant_only
def second(change_id: UUID) -> Any:
    """Ask another work coach to look at it."""
    found, form = _mine(change_id), SecondForm()
    if form.submitted():
        try:
            with transaction():
                entry = ask_actions.ask_another_coach(
                    found,
                    words=form.words.data or "",
                    by=guards.claimant_actor(guards.this_claimant()),
                )
            return done(entry)
        except Refusal as refusal:
            form.refuse(refusal)
    return _show(found, form, form.status)


@bp.post("/requests/<uuid:change_id>/take-back")
@guards.claimant_only
def take_back(change_id: UUID) -> Any:
    """No longer ask for it."""
    found = _mine(change_id)
    try:
        with transaction():
            entry = ask_actions.take_back(found, by=guards.claimant_actor(guards.this_claimant()))
    except Refusal:
        return to(url_for("commitment.request_page", change_id=found.id))
    return done(entry)


@bp.route("/pause", methods=["GET", "POST"])
@guards.claimant_only
def pause() -> Any:
    """Is there a pause or lower hours for me? Nothing that is ticked is kept, unless the person
    presses the button that sends it."""
    form, request_id = PauseForm(), once()
    answers = None
    if form.submitted():
        if request.form.get("send"):
            try:
                with transaction():
                    entry = ask_actions.ask_for_pause(
                        guards.this_claimant(),
                        form.private_true.data or [],
                        words=form.private_words.data or "",
                        request_id=request_id,
                        by=guards.claimant_actor(guards.this_claimant()),
                    )
                return done(entry)
            except Refusal as refusal:
                form.refuse(refusal, "private_true")
        answers = easements.answers(form.private_true.data or [])
    return page(
        "commitment/pause.html",
        form.status,
        form=form,
        answers=answers,
        checked=easements.last_checked(answers or []),
        once=request_id,
    )
