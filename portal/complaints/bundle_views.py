"""The document about a complaint, as a page to print and as a file to keep."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from portal.account import guards
from portal.complaints import bundle, bundle_pdf
from portal.complaints.pages import bp, mine
from portal.record.models import Entry
from portal.web.fragments import page


@bp.get("/<uuid:complaint_id>/document")
@guards.claimant_only
def document(complaint_id: UUID) -> Any:
    """Everything about a complaint on one page."""
    made = _made(complaint_id)
    return page("complaints/bundle.html", document=made, complaint_id=complaint_id)


@bp.get("/<uuid:complaint_id>/document.pdf")
@guards.claimant_only
def document_file(complaint_id: UUID) -> Response:
    """The same as a PDF. The name of the file tells nobody what is in it."""
    made = _made(complaint_id)
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
