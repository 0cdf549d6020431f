"""What people said about wrong translations, for whoever looks after the languages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.account import guards
from portal.database import transaction
from portal.staff.desk import bp
from portal.translating import queries, reporting
from portal.web.fragments import page, to

_MOST = 100


@bp.get("/translations")
@guards.manager_only
def translations() -> Any:
    """What nobody has settled, by language. It is about words of ours, and names no office."""
    return page(
        "staff/translations.html",
        reports=queries.open_reports(limit=_MOST),
        count=queries.how_many_open(),
        known=languages.known(),
    )


@bp.post("/translations/<uuid:wrong_id>")
@guards.manager_only
def settle_translation(wrong_id: UUID) -> Response:
    """Somebody has looked at it, and mended the sentence or found it right."""
    found = queries.report(wrong_id) or abort(404)
    with transaction():
        reporting.settle(found, guards.this_staff().id)
    return to(url_for("staff.translations"))
