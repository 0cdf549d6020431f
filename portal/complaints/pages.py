"""What the claimant's pages about complaints share: the blueprint, whose it is, and what is
shown in every one. Apart from `views` because several files hold routes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.account import guards
from portal.complaints import queries, rules, said
from portal.complaints.models import Complaint
from portal.record.models import Entry
from portal.refusals import sentence
from portal.web.fragments import page, to

bp = Blueprint("complaints", __name__, url_prefix="/complaints")


def mine(complaint_id: UUID) -> Complaint:
    """This person's complaint; any other is 404."""
    return queries.complaint(guards.this_claimant(), complaint_id) or abort(404)


def show(template: str, status: int = 200, **values: Any) -> Any:
    """A page with the rules, the words and the day at hand."""
    known = {"rules": rules, "said": said, "sentence": sentence, "today": clock.today()}
    return page(template, status, **known, **values)


def done(entry: Entry) -> Response:
    """Show what was recorded."""
    return to(url_for("complaints.sent", receipt=entry.receipt))
