"""Telling us about a wrong translation. Anybody can, and nobody is named."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import lazy_gettext as _l

from portal import languages
from portal.account import throttle
from portal.database import transaction
from portal.refusals import Refusal, sentence
from portal.translating import queries, reporting
from portal.web.access import public
from portal.web.forms import TOO_LONG, AtMost, Form, Lines, once
from portal.web.fragments import page, to
from portal.web.language import safe_path

bp = Blueprint("translating", __name__, url_prefix="/language")

NOTHING = Refusal("nothing", sentence("Write what is wrong, or what it should say."))


class ReportForm(Form):
    """Either field will do."""

    wrong = Lines(_l("What is wrong with it?"), [AtMost(reporting.LONGEST, TOO_LONG)])
    better = Lines(_l("What should it say?"), [AtMost(reporting.LONGEST, TOO_LONG)])


@bp.route("/report/<code>/<string_id>", methods=["GET", "POST"])
@public
def report(code: str, string_id: str) -> Any:
    """One sentence in both languages, and what somebody says about it."""
    found = queries.sentence(code, string_id)
    if found is None:
        abort(404)
    endpoint, back = request.args.get("page", ""), safe_path(request.args.get("back"))
    form, token = ReportForm(), once()
    if form.submitted():
        wrong, better = form.wrong.data or "", form.better.data or ""
        if not throttle.allow("translation reports from an address", request.remote_addr or ""):
            abort(429)
        if wrong or better:
            known = endpoint if endpoint in current_app.view_functions else ""
            with transaction():
                reporting.report(token, code, found, endpoint=known, wrong=wrong, better=better)
            return to(url_for("translating.thanks", back=back))
        form.refuse(NOTHING, "wrong")
    return page(
        "translating/report.html",
        form.status,
        form=form,
        once=token,
        said=found,
        language=languages.known()[code],
        back=back,
    )


@bp.get("/report/thanks")
@public
def thanks() -> Any:
    """It was kept; back to the page it is about."""
    return page("translating/thanks.html", back=safe_path(request.args.get("back")))
