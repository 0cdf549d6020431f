"""The person lets somebody else write their complaint, sees how that stands, and ends it. What
the helper sees is in `helping`."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField

from portal.account import codes, guards
from portal.complaints import events, helper_actions, queries, rules
from portal.complaints.models import HelperLink
from portal.complaints.pages import bp, show
from portal.database import transaction
from portal.record import log
from portal.refusals import Refusal, sentence
from portal.web.forms import SHORTER, AtMost, Form, Line, Need, once
from portal.web.fragments import to


class _Agreed(Need):
    """The box must be ticked."""

    def __call__(self, form: Any, field: Any) -> None:
        field.data = field.data or None
        super().__call__(form, field)


class HelperForm(Form):
    name = Line(
        _l("Who helps you?"),
        [Need(sentence("Write who helps you.")), AtMost(helper_actions.LONGEST_NAME, SHORTER)],
        description=_l("Your complaint will say it. For example: Sam from Citizens Advice."),
    )
    agree = BooleanField(
        _l("I agree that they read what I wrote here, and write this complaint for me."),
        [_Agreed(sentence("Tick this box if you agree. Without it we make no link."))],
    )


@bp.route("/helper", methods=["GET", "POST"])
@guards.claimant_only
def helper() -> Any:
    """Say who helps, and agree; or see what became of the link. The link is shown once."""
    person, form, link_id = guards.this_claimant(), HelperForm(), once()
    if form.submitted():
        try:
            with transaction():
                link = helper_actions.let_help(
                    person,
                    form.name.data or "",
                    link_id=link_id,
                    by=guards.claimant_actor(person),
                )
            if link.opened_at is None and link.ended_at is None:
                return _show_once(link)
            return to(url_for("complaints.helper"))
        except Refusal as refusal:
            form.refuse(refusal)
    draft = queries.draft(person)
    links = queries.links(draft) if draft is not None else ()
    return show(
        "complaints/helper.html",
        form.status,
        form=form,
        once=link_id,
        link=links[0] if links else None,
        live=helper_actions.helping(person),
    )


def _show_once(link: HelperLink) -> Any:
    here = current_app.extensions["settings"].public_url or request.url_root.rstrip("/")
    return show(
        "complaints/helper_link.html",
        link=link,
        address=here + url_for("helping.link", token=codes.helper_token(link.id)),
        until=rules.last_day(link),
        receipt=log.last(link.claimant_id, link.id, events.HelperAsked).receipt,
    )


@bp.post("/helper/end")
@guards.claimant_only
def end_helper() -> Response:
    """Nobody writes for the person any more."""
    person = guards.this_claimant()
    with transaction():
        link = helper_actions.helping(person)
        if link is not None:
            helper_actions.end(link, by=guards.claimant_actor(person))
    return to(url_for("complaints.helper"))
