"""What people say and ask about their commitment, and the office's answer. Apart from
`commitment`, for length."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import clock, languages
from portal.account import guards
from portal.commitment import (
    actions,
    ask_actions,
    desk_actions,
    easements,
    fit_queries,
    queries,
    rules,
)
from portal.commitment.models import Request, State, Version
from portal.commitment.reasons import REASONS
from portal.commitment.said import said, wording
from portal.commitment.views import about, pauses_of
from portal.database import transaction
from portal.dated_data import number
from portal.record.models import Entry
from portal.refusals import Refusal
from portal.staff.commitment import a_version, address
from portal.staff.commitment_forms import (
    AgreeChangeForm,
    KnownForm,
    MoreTimeForm,
    RefuseChangeForm,
    ToldForm,
    id_of,
)
from portal.staff.desk import a_person, bp, by, conflict, done, office_id
from portal.web.forms import once
from portal.web.fragments import page, to


def _request(change_id: UUID) -> Request:
    """Something that somebody of this office asked; any other is 404."""
    return queries.request_of_office(change_id, office_id()) or abort(404)


@bp.post("/commitment/requests/<uuid:change_id>/open")
@guards.staff_only
def open_change(change_id: UUID) -> Response:
    """Opening it is seeing it, and the person can see that."""
    found = _request(change_id)
    with transaction():
        desk_actions.mark_seen(found, by=by())
    return to(url_for("staff.change", change_id=found.id))


@bp.route("/commitment/requests/<uuid:change_id>", methods=["GET", "POST"])
@guards.staff_only
def change(change_id: UUID) -> Any:
    """What was asked; agree to it, or go on to say no."""
    found, form = _request(change_id), AgreeChangeForm()
    here = url_for("staff.change", change_id=found.id)
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.agree(
                    found, note=form.note.data or "", staff=guards.this_staff(), by=by()
                )
            return done(entry, here)
        except Refusal as refusal:
            return conflict(refusal, here)
    return page(
        "staff/commitment_change.html",
        form.status,
        form=form,
        request_=found,
        may=desk_actions.may_decide(found, guards.this_staff()),
        said=said(found.point) if found.point else None,
        reasons=REASONS,
        answers=easements.answers(found.reason.split()) if found.point is None else [],
        late=rules.reply_is_late(found, clock.today()),
    )


@bp.route("/commitment/requests/<uuid:change_id>/refuse", methods=["GET", "POST"])
@guards.staff_only
def refuse_change(change_id: UUID) -> Any:
    """Say no, and say why."""
    found, form = _request(change_id), RefuseChangeForm()
    here = url_for("staff.change", change_id=found.id)
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.refuse(
                    found, why=form.why.data or "", staff=guards.this_staff(), by=by()
                )
            return done(entry, here)
        except Refusal as refusal:
            return conflict(refusal, here)
    return page("staff/commitment_refuse.html", form.status, form=form, request_=found)


@bp.route("/commitment/<uuid:version_id>/more-time", methods=["GET", "POST"])
@guards.staff_only
def more_time(version_id: UUID) -> Any:
    """Give more time to accept."""
    found, form = a_version(version_id), MoreTimeForm()
    if form.submitted() and form.until.data:
        try:
            with transaction():
                entry = desk_actions.give_more_time(found, form.until.data, by=by())
            return done(entry, address(found.claimant_id))
        except Refusal as refusal:
            form.refuse(refusal, "until")
    elif found.state is not State.offered:
        return to(address(found.claimant_id))
    return page("staff/commitment_time.html", form.status, form=form, version=found)


@bp.route("/commitment/<uuid:version_id>/told", methods=["GET", "POST"])
@guards.staff_only
def told_commitment(version_id: UUID) -> Any:
    """What the person told us about a version, by phone, on paper or at the counter."""
    found, request_id = a_version(version_id), once()
    waits = found.state is State.offered
    if not waits and found.state is not State.accepted:
        return to(address(found.claimant_id))
    spoken = found.claimant.language
    known = spoken if languages.is_offered(spoken) else languages.DEFAULT
    form = ToldForm(found, waits, language=known)
    if form.submitted():
        try:
            with transaction():
                entry = _told(found, form, request_id)
            return done(entry, address(found.claimant_id))
        except Refusal as refusal:
            return conflict(refusal, address(found.claimant_id))
    return page(
        "staff/commitment_told.html",
        form.status,
        form=form,
        version=found,
        once=request_id,
        points=[(point, said(point)) for point in found.points],
        pauses=pauses_of(found),
        known_languages=languages.known(),
        rules=rules,
    )


def _told(found: Version, form: ToldForm, request_id: UUID) -> Entry | None:
    match form.what.data:
        case "think":
            return actions.take_time(found, by=by())
        case "ask":
            wanted = form.point.data
            point = next(p for p in found.points if str(p.position) == wanted)
            return ask_actions.ask_for_change(
                point,
                reason=form.reason.data or "",
                words=form.words.data or "",
                request_id=request_id,
                by=by(),
            )
        case "read":
            return _read_aloud(found, form.language.data)
        case _:
            _read_aloud(found, form.language.data)
            code = form.language.data
            review = languages.review_state(code)
            return actions.accept(found, language=code, review=review, by=by())


def _read_aloud(found: Version, code: str) -> Entry | None:
    """Every point, in the language in which staff read it to the person."""
    last = None
    with languages.speaking(code):
        shown = [(point, wording(point)) for point in found.points]
    for point, words in shown:
        last = actions.read(point, words, by=by()) or last
    return last


@bp.get("/commitment/<uuid:version_id>/letter")
@guards.staff_only
def letter(version_id: UUID) -> Any:
    """The whole version in the person's language, to print and send or hand over."""
    found = a_version(version_id)
    if found.state not in (State.offered, State.accepted):
        return to(address(found.claimant_id))
    with languages.speaking(found.claimant.language) as spoken:
        words = render_template(
            "commitment/_letter.html",
            version=found,
            points=[(point, said(point)) for point in found.points],
            known_languages=languages.known(),
            **about(found),
        )
    return page("staff/commitment_letter.html", version=found, spoken=spoken, words=Markup(words))  # noqa: S704 - a template made it


@bp.route("/people/<uuid:claimant_id>/known", methods=["GET", "POST"])
@guards.staff_only
def known(claimant_id: UUID) -> Any:
    """Note something that can mean a pause or fewer hours, or delete it again."""
    person, form = a_person(claimant_id), KnownForm()
    ended = id_of(request.form.get("end"))
    if ended is not None:
        with transaction():
            entry = desk_actions.end_known(person, ended, by=by())
        return done(entry, address(person.id))
    if form.submitted() and form.since.data:
        try:
            with transaction():
                entry = desk_actions.note_known(
                    person, form.what.data, form.since.data, staff=guards.this_staff(), by=by()
                )
            return done(entry, address(person.id))
        except Refusal as refusal:
            form.refuse(refusal, "since")
    return page("staff/commitment_known.html", form.status, form=form, person=person)


@bp.get("/commitment/written-for-them")
@guards.staff_only
def written_for_them() -> Any:
    """How many people of the office say that their commitment was written for them."""
    return page(
        "staff/commitment_fit.html",
        share=fit_queries.share(office_id(), clock.today()),
        answers=rules.FIT,
        smallest=number("smallest_group"),
    )
