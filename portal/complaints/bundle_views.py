"""The document about a complaint, as a page to print and as a file to keep."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from portal.account import guards, throttle
from portal.complaints import bundle, bundle_pdf
from portal.complaints.pages import bp, mine
from portal.record.models import Entry
from portal.web.fragments import page


@bp.get("/<uuid:complaint_id>/document")
@guards.claimant_only
def document(complaint_id: UUID) -> Any:
    """Everything about a complaint on one page."""
    return _page(_made(complaint_id), complaint_id)


def _page(made: bundle.Document, complaint_id: UUID, *, too_many: bool = False) -> Any:
    known = {"document": made, "complaint_id": complaint_id, "too_many": too_many}
    return page("complaints/bundle.html", 429 if too_many else 200, **known)


@bp.get("/<uuid:complaint_id>/document.pdf")
@guards.claimant_only
def document_file(complaint_id: UUID) -> Any:
    """The same as a PDF. The name of the file tells nobody what is in it. Making one is work:
    whoever asks for very many gets the page, which says the same."""
    made = _made(complaint_id)
    if not throttle.allow("documents of a person", str(guards.this_claimant().id)):
        return _page(made, complaint_id, too_many=True)
    disposition = f"attachment; filename={made.name}.pdf"
    return Response(
        bundle_pdf.pdf(made),
        mimetype="application/pdf",
        headers={"Content-Disposition": disposition},
    )


def _made(complaint_id: UUID) -> bundle.Document:
    settings = current_app.extensions["settings"]
    service = settings.service_name or _("My Jobcentre record")
    address = (settings.public_url or "") + url_for("history.receipts")
    return bundle.of(mine(complaint_id), service, address, _sentence_of)


def _sentence_of(entry: Entry) -> str:
    # Sentences of entries are made one floor above, and offered to every template.
    said = current_app.jinja_env.filters["entry_sentence"](entry)
    return str(said.striptags())
