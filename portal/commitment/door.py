"""What the claimant's pages about their commitment share: the blueprint, and whose it is. Apart
from `views` because two files hold routes."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import languages, marking
from portal.account import guards
from portal.commitment import queries
from portal.commitment.models import Point, Version
from portal.commitment.said import said
from portal.languages import say
from portal.record.models import Entry
from portal.refusals import Sentence
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


def beside(meant: Sentence) -> str:
    """The same in English, where the page's language was translated by a computer and nobody has
    checked it: a deadline must not hang on such a translation. Empty otherwise."""
    page = marking.current()
    if languages.review_state(languages.current().code) != "machine-drafted":
        return ""
    if page is not None and page.other == languages.DEFAULT:
        return ""
    with marking.unmarked(), languages.speaking(languages.DEFAULT):
        return say(meant)


@bp.app_template_filter("in_english")
def in_english(meant: Sentence) -> str:
    """For templates: see `beside`."""
    return beside(meant)


@bp.app_template_filter("point_words")
def point_words(point: Point) -> Markup:
    """What a point asks, in one line, for pages of other tasks."""
    here = said(point)
    texts = [each.text for each in (here.plain, here.detail) if each.text]
    return Markup(" ").join(languages.isolate(text) for text in texts)
