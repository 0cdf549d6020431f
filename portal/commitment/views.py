"""The claimant's commitment: to read point by point, think about, accept, print and compare."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from flask_babel import gettext as _

from portal import clock, languages
from portal.account import guards
from portal.commitment import actions, ask_views, compare, library, queries, rules
from portal.commitment.door import a_point, a_version, bp, done
from portal.commitment.forms import FitForm
from portal.commitment.models import Point, State, Version
from portal.commitment.said import said, wording
from portal.database import transaction
from portal.dated_data import number
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, Sentence, sentence
from portal.web.forms import Form
from portal.web.fragments import page, to

__all__ = ["ask_views", "bp"]

ENDING = sentence(
    "If you do not accept it in time, your Universal Credit payment can end. "
    "Nobody can end it before that day is over."
)


def deadline(version: Version) -> Sentence:
    """The last day, in words."""
    return sentence("Accept it by the end of %(day)s.", day=version.accept_by)


def _show(version: Version, status: int = 200, refusal: Refusal | None = None) -> Any:
    shown = queries.shown(version)
    person = version.claimant
    return page(
        "commitment/version.html",
        status,
        version=version,
        half=queries.half(person),
        points=[(point, said(point), point.id in shown) for point in version.points],
        unread=rules.unread(version, shown),
        earlier=[each for each in queries.versions(person) if each.id != version.id],
        before=queries.before(version),
        asked=queries.requests(person),
        refusal=refusal,
        **about(version),
    )


def about(version: Version) -> dict[str, Any]:
    """What every page about a version needs to say when it must be accepted."""
    return {
        "rules": rules,
        "deadline": deadline(version),
        "ending": ENDING,
        "late": rules.is_late(version, clock.today()),
        "open_until": rules.last_open_day(version),
        "pauses": pauses_of(version),
    }


def pauses_of(version: Version) -> list[tuple[Sentence, date | None]]:
    """What is paused, and the last day of it, if that is known."""
    return [
        (rules.PAUSED[code], date.fromisoformat(day) if day else None)
        for code, day in version.pauses
        if code in rules.PAUSED
    ]


@bp.get("")
@guards.claimant_only
def overview() -> Any:
    """What waits to be accepted, or else what is in force."""
    half = queries.half(guards.this_claimant())
    version = half.offered or half.accepted
    if version is None:
        return page("commitment/none.html")
    return _show(version)


@bp.get("/<uuid:version_id>")
@guards.claimant_only
def version(version_id: UUID) -> Any:
    """One version, whichever it is."""
    return _show(a_version(version_id))


@bp.get("/<uuid:version_id>/points/<int:position>")
@guards.claimant_only
def point(version_id: UUID, position: int) -> Any:
    """One point. Opening it is reading it, and the record keeps the words that were shown."""
    found = a_point(version_id, position)
    person = guards.this_claimant()
    if found.version.state in (State.offered, State.accepted):
        with transaction():
            actions.read(found, wording(found), by=guards.claimant_actor(person))
    return _show_point(found)


def _show_point(found: Point, status: int = 200, refusal: Refusal | None = None) -> Any:
    version = found.version
    asked = [r for r in queries.requests(version.claimant) if r.decision is None and r.point]
    return page(
        "commitment/point.html",
        status,
        point=found,
        version=version,
        said=said(found),
        source=library.sources().get(found.code),
        last=found.position == len(version.points),
        unread=rules.unread(version, queries.shown(version)),
        asked=next((r for r in asked if r.point and r.point.line == found.line), None),
        refusal=refusal,
        known_languages=languages.known(),
    )


@bp.post("/<uuid:version_id>/points/<int:position>/done")
@guards.claimant_only
def point_done(version_id: UUID, position: int) -> Any:
    """The person has done this, or takes that back."""
    found = a_point(version_id, position)
    here = url_for("commitment.point", version_id=version_id, position=position)
    try:
        with transaction():
            entry = actions.say_done(
                found,
                request.form.get("done") == "yes",
                by=guards.claimant_actor(guards.this_claimant()),
            )
    except Refusal as refusal:
        return _show_point(found, 409, refusal)
    return done(entry) if entry else to(here)


@bp.route("/<uuid:version_id>/accept", methods=["GET", "POST"])
@guards.claimant_only
def accept(version_id: UUID) -> Any:
    """What accepting means and by when; then the button, or time to think."""
    found = a_version(version_id)
    person = guards.this_claimant()
    if Form().submitted():
        code = languages.current().code
        try:
            with transaction():
                entry = actions.accept(
                    found,
                    language=code,
                    review=languages.review_state(code),
                    by=guards.claimant_actor(person),
                )
        except Refusal as refusal:
            newest = queries.half(guards.this_claimant()).offered or found
            return _show(newest, 409, refusal)
        return done(entry)
    if found.state is not State.offered:
        return to(url_for("commitment.version", version_id=found.id))
    unread = rules.unread(found, queries.shown(found))
    return page("commitment/accept.html", version=found, unread=unread, **about(found))


@bp.post("/<uuid:version_id>/think")
@guards.claimant_only
def think(version_id: UUID) -> Any:
    """Take the time to think."""
    found = a_version(version_id)
    try:
        with transaction():
            entry = actions.take_time(found, by=guards.claimant_actor(guards.this_claimant()))
    except Refusal as refusal:
        newest = queries.half(guards.this_claimant()).offered or found
        return _show(newest, 409, refusal)
    return done(entry)


@bp.get("/<uuid:version_id>/changes")
@guards.claimant_only
def changes(version_id: UUID) -> Any:
    """What changed from the one before, side by side, word by word."""
    found = a_version(version_id)
    before = queries.before(found) or abort(404)
    return page(
        "commitment/changes.html",
        version=found,
        before=before,
        pairs=compare.pairs(before, found),
        old_pauses=pauses_of(before),
        **about(found),
    )


@bp.get("/<uuid:version_id>/print")
@guards.claimant_only
def paper(version_id: UUID) -> Any:
    """The whole version on paper, with its official wording."""
    found = a_version(version_id)
    return page(
        "commitment/print.html",
        version=found,
        points=[(point, said(point)) for point in found.points],
        known_languages=languages.known(),
        **about(found),
    )


@bp.route("/<uuid:version_id>/written-for-you", methods=["GET", "POST"])
@guards.claimant_only
def fit(version_id: UUID) -> Any:
    """Was this written for you? The office sees the share of each answer, and never who."""
    found = a_version(version_id)
    form = FitForm()
    if form.submitted():
        with transaction():
            entry = actions.say_fit(
                found,
                form.answer.data,
                form.words.data or "",
                by=guards.claimant_actor(guards.this_claimant()),
            )
        if entry is not None:
            return done(entry)
    return page(
        "commitment/fit.html",
        form.status,
        form=form,
        version=found,
        smallest=number("smallest_group"),
    )


@bp.get("/done/<receipt>", endpoint="done")
@guards.claimant_only
def done_page(receipt: str) -> Any:
    """What was recorded, with its receipt."""
    person = guards.this_claimant()
    entry = log.by_receipt(receipt)
    if entry is None or entry.claimant_id != person.id or not entry.kind.startswith("commitment."):
        abort(404)
    return page(
        "commitment/done.html",
        entry=entry,
        event=log.event_of(entry),
        half=queries.half(person),
        request_=queries.request(person, entry.about) if entry.about else None,
        heading=_heading(entry),
    )


def _heading(entry: Entry) -> str:
    return {
        "commitment.accepted": _("You accepted your Claimant Commitment"),
        "commitment.time_taken": _("You take time to think"),
        "commitment.point_done": _("This is recorded"),
        "commitment.change_asked": _("You asked for a change"),
        "commitment.change_withdrawn": _("You took it back"),
        "commitment.fit_said": _("Thank you for telling us"),
    }.get(entry.kind, _("Your receipt"))
