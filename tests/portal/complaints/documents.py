"""The document about a complaint: where it is, and its code."""

from __future__ import annotations

from flask import Flask

from portal.complaints import checking
from portal.complaints.models import Complaint
from portal.record import log

ARABIC = "قالت إنها ستوقف المال في يوم الاثنين."


def address(found: Complaint, end: str = "") -> str:
    return f"/complaints/{found.id}/document{end}"


def code_of(app: Flask, found: Complaint) -> str:
    with app.app_context():
        return checking.printed(checking.code(log.entries_about(found.claimant_id, found.id)))
