"""What staff settle about a person's phone: a PIN for texts, a name on a shared phone, that texts
are not safe; and calls to numbers that are nobody's here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField

from portal.account import concern_queries, guards, phone_actions, queries
from portal.account.phone_views import NicknameForm, PinForm
from portal.database import transaction
from portal.refusals import Refusal
from portal.staff.desk import a_person, bp, by, done
from portal.web.fragments import page, to


class TextsForm(NicknameForm):
    """What staff may settle about texts to a person."""

    unsafe = BooleanField(
        _l("Texts could put this person in danger"),
        description=_l("We then send no texts at all, not even codes. Tell them another way."),
    )


@bp.route("/people/<uuid:claimant_id>/pin", methods=["GET", "POST"])
@guards.staff_only
def pin(claimant_id: UUID) -> Any:
    """Set or remove the PIN for texts of the person who is at the desk."""
    found = a_person(claimant_id)
    back = url_for("staff.person", claimant_id=found.id)
    form = PinForm()
    if request.method == "POST" and request.form.get("remove") == "y":
        with transaction():
            entry = phone_actions.remove_pin(found, by=by())
        return done(entry, back)
    if form.submitted():
        try:
            with transaction():
                entry = phone_actions.choose_pin(found, form.pin.data or "", by=by())
            return done(entry, back)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("staff/pin.html", form.status, form=form, person=found)


@bp.route("/people/<uuid:claimant_id>/texts", methods=["GET", "POST"])
@guards.staff_only
def texts(claimant_id: UUID) -> Any:
    """What a shared phone calls them, and whether texts are safe at all."""
    found = a_person(claimant_id)
    back = url_for("staff.person", claimant_id=found.id)
    form = TextsForm(nickname=found.nickname, unsafe=found.texts_unsafe_at is not None)
    if form.submitted():
        try:
            with transaction():
                named = phone_actions.choose_nickname(found, form.nickname.data or "", by=by())
                noted = phone_actions.note_texts_unsafe(found, bool(form.unsafe.data), by=by())
            return done(noted or named, back)
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "staff/texts.html",
        form.status,
        form=form,
        person=found,
        others=len(queries.claimants_with_number(found.mobile)) - 1 if found.mobile else 0,
    )


@bp.post("/unknown-calls/<uuid:unknown_id>")
@guards.staff_only
def unknown_call(unknown_id: UUID) -> Response:
    """Somebody has called a number that is nobody's here."""
    found = concern_queries.unknown_call(unknown_id) or abort(404)
    with transaction():
        phone_actions.settle_unknown_call(found, staff=guards.this_staff())
    return to(url_for("staff.home"))
