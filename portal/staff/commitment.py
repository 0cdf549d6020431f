"""Writing a claimant commitment at the desk: its draft, its points, and sending it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from portal import clock, languages
from portal.account import guards
from portal.account.models import Claimant
from portal.commitment import desk_actions, drafting, easements, queries, rules
from portal.commitment.library import POINTS
from portal.commitment.models import Point, State, Version
from portal.commitment.said import said
from portal.commitment.views import pauses_of
from portal.database import transaction
from portal.refusals import Refusal
from portal.staff.commitment_forms import DraftForm, FrameForm, PointForm, SendForm
from portal.staff.desk import a_person, bp, by, conflict, done, office_id
from portal.web.fragments import page, to


def a_version(version_id: UUID) -> Version:
    """A version of somebody of this office, drafts too; any other is 404."""
    return queries.version_of_office(version_id, office_id()) or abort(404)


def address(claimant_id: UUID) -> str:
    return url_for("staff.commitment", claimant_id=claimant_id)


def asked_of_staff(person: Claimant) -> list[tuple[Any, easements.Answer]]:
    """What is known of a person, and what staff are asked about it."""
    found = rules.prompts(queries.known(person.id), clock.today())
    return [(known, easements.answers([key])[0]) for known, key in found]


@bp.get("/people/<uuid:claimant_id>/commitment")
@guards.staff_only
def commitment(claimant_id: UUID) -> Any:
    """What a person has agreed, what waits for them, and what they asked."""
    person = a_person(claimant_id)
    half = queries.half(person)
    return page(
        "staff/commitment.html",
        person=person,
        half=half,
        draft=queries.draft(person.id),
        versions=queries.versions(person),
        requests=queries.requests(person),
        prompts=asked_of_staff(person),
        known=[(each, date.fromisoformat(each.since)) for each in queries.known(person.id)],
        known_words=rules.KNOWN,
        unread=rules.unread(half.offered, queries.shown(half.offered)) if half.offered else [],
        today=clock.today(),
        rules=rules,
    )


@bp.post("/people/<uuid:claimant_id>/commitment/start")
@guards.staff_only
def start_draft(claimant_id: UUID) -> Response:
    """Begin a version as a copy of the last one, or go on with the one that was begun."""
    person = a_person(claimant_id)
    with transaction():
        made = drafting.start(person, staff=guards.this_staff())
    return to(url_for("staff.draft", version_id=made.id))


def _a_draft(version_id: UUID) -> Version:
    found = a_version(version_id)
    return found if found.state is State.draft else abort(404)


def _open_draft(version_id: UUID) -> Version:
    """A draft; or one that was sent while somebody wrote, so that their words can be shown."""
    return a_version(version_id) if request.method == "POST" else _a_draft(version_id)


@bp.route("/commitment/<uuid:version_id>", methods=["GET", "POST"])
@guards.staff_only
def draft(version_id: UUID) -> Any:
    """The draft: hours and pauses in a form, and its points."""
    found = a_version(version_id)
    if found.state is not State.draft and request.method == "GET":
        return to(address(found.claimant_id))
    form = FrameForm(found)
    if form.submitted():
        try:
            with transaction():
                drafting.save_frame(
                    found, form.frame, revision=form.seen, staff=guards.this_staff()
                )
            return to(url_for("staff.draft", version_id=found.id) + "#points")
        except Refusal as refusal:
            return _draft_page(found, form, refusal)
    return _draft_page(found, form)


def _draft_page(found: Version, form: FrameForm, refusal: Refusal | None = None) -> Any:
    status = form.status
    if refusal is not None and refusal.code in ("sent", "changed-meanwhile"):
        # What they typed stays in the boxes; what is there now is shown beside it.
        form.revision.data, status = str(found.revision), 409
    elif refusal is not None:
        form.refuse(refusal, refusal.code if refusal.code in form else "full_hours")
        refusal, status = None, 422
    return page(
        "staff/commitment_draft.html",
        status,
        version=found,
        form=form,
        refusal=refusal,
        points=[(point, said(point)) for point in found.points],
        pauses=pauses_of(found),
        rules=rules,
    )


@bp.route("/commitment/<uuid:version_id>/points/new", methods=["GET", "POST"])
@guards.staff_only
def new_point(version_id: UUID) -> Any:
    """Add a point. The official wording that this office typed last for it is offered."""
    found = _open_draft(version_id)
    code = request.args.get("code", "")
    if code and code not in POINTS:
        abort(404)
    last = queries.last_official(office_id(), code) if code else None
    offered: dict[str, Any] = {"official": last.official} if last else {}
    if last:
        offered["official_language"] = last.official_language
    return _edit_point(found, None, PointForm(found, code=code, **offered))


@bp.route("/commitment/<uuid:version_id>/points/<uuid:point_id>", methods=["GET", "POST"])
@guards.staff_only
def edit_point(version_id: UUID, point_id: UUID) -> Any:
    """Change a point of a draft."""
    found = _open_draft(version_id)
    known = next((point for point in found.points if point.id == point_id), None)
    if known is None and request.method == "GET":
        abort(404)
    # Taken out meanwhile: what they typed is still there, and can be added again.
    return _edit_point(found, known, PointForm(found, known=known))


def _edit_point(found: Version, known: Point | None, form: PointForm) -> Any:
    point_id, now, status, refused = known.id if known else None, None, form.status, None
    if form.submitted():
        try:
            with transaction():
                drafting.put_point(
                    found,
                    form.said,
                    point_id=point_id,
                    revision=form.seen,
                    staff=guards.this_staff(),
                )
            return to(url_for("staff.draft", version_id=found.id) + "#points")
        except Refusal as refusal:
            if refusal.code in ("sent", "changed-meanwhile"):
                form.revision.data, refused = str(found.revision), refusal
                now = next((point for point in found.points if point.id == point_id), None)
            else:
                form.refuse(refusal, refusal.code if refusal.code in form else "words")
    if refused is not None:
        status = 409
    elif form.errors:
        status = 422
    return page(
        "staff/commitment_point.html",
        status,
        version=found,
        point=known,
        form=form,
        refusal=refused,
        now=said(now) if now else None,
        library=POINTS,
    )


@bp.post("/commitment/<uuid:version_id>/points/<uuid:point_id>/<how>")
@guards.staff_only
def arrange_point(version_id: UUID, point_id: UUID, how: str) -> Any:
    """Take a point out, or put it one place higher."""
    found, form = _a_draft(version_id), DraftForm()
    does = {"remove": drafting.remove_point, "up": drafting.move_up}.get(how) or abort(404)
    try:
        with transaction():
            does(found, point_id, revision=form.seen, staff=guards.this_staff())
    except Refusal as refusal:
        return conflict(refusal, url_for("staff.draft", version_id=found.id))
    return to(url_for("staff.draft", version_id=found.id) + "#points")


@bp.post("/commitment/<uuid:version_id>/drop")
@guards.staff_only
def drop_draft(version_id: UUID) -> Any:
    """Throw the draft away."""
    found, form = _a_draft(version_id), DraftForm()
    claimant_id = found.claimant_id
    try:
        with transaction():
            drafting.drop(found, revision=form.seen)
    except Refusal as refusal:
        return conflict(refusal, url_for("staff.draft", version_id=found.id))
    return to(address(claimant_id))


@bp.route("/commitment/<uuid:version_id>/send", methods=["GET", "POST"])
@guards.staff_only
def send_draft(version_id: UUID) -> Any:
    """The draft as the person will read it, what is known that may pause it, and sending it."""
    found = a_version(version_id)
    form = SendForm(revision=str(found.revision), accept_by=rules.last_day(clock.now()))
    back = address(found.claimant_id)
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.offer(
                    found,
                    revision=form.seen,
                    accept_by=form.accept_by.data,
                    staff=guards.this_staff(),
                    by=by(),
                )
            return done(entry, back)
        except Refusal as refusal:
            if refusal.code in ("sent", "changed-meanwhile"):
                return conflict(refusal, url_for("staff.draft", version_id=found.id))
            form.refuse(refusal, "accept_by")
    elif found.state is not State.draft:
        return to(back)
    return page(
        "staff/commitment_send.html",
        form.status,
        version=found,
        form=form,
        points=[(point, said(point)) for point in found.points],
        pauses=pauses_of(found),
        prompts=asked_of_staff(found.claimant),
        known_words=rules.KNOWN,
        known_languages=languages.known(),
        rules=rules,
    )
