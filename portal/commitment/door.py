"""What the claimant's pages about their commitment share: the blueprint, and whose it is. Apart
from `views` because two files hold routes."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import languages
from portal.account import guards
from portal.commitment import queries
from portal.commitment.models import Point, Version
from portal.commitment.said import said
from portal.record.models import Entry
from portal.web.fragments import to

bp = Blueprint("commitment", __name__, url_prefix="/commitment")


def a_version(version_id: UUID) -> Version:
    """A version of this person; any other is 404."""
    return queries.version(guards.this_claimant(), version_id) or abort(404)


def a_point(version_id: UUID, position: int) -> Point:
    """A point of this person's version; any other is 404."""
    points = a_version(version_id).points
    return next((point for point in points if point.position == position), None) or abort(404)


def done(entry: Entry) -> Response:
    """Show what was recorded."""
    return to(url_for("commitment.done", receipt=entry.receipt))


@bp.app_template_filter("point_words")
def point_words(point: Point) -> Markup:
    """What a point asks, in one line, for pages of other tasks."""
    here = said(point)
    texts = [each.text for each in (here.plain, here.detail) if each.text]
    return Markup(" ").join(languages.isolate(text) for text in texts)
