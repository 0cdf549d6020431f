"""The pages on which a person writes a complaint, and what is kept of it."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from portal.complaints.models import Complaint, Draft
from portal.database import db
from tests.people import Browser

NEW = "/complaints/new"
LATER = {"when", "who", "effect", "right", "about", "contact", "hidden"}


def complaints(app: Flask) -> list[Complaint]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Complaint).order_by(Complaint.sent_at)))


def drafts(app: Flask) -> list[Draft]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Draft)))


def written(
    browser: Browser, what: str = "I was told two different days.", level: str = ""
) -> Browser:
    """Everything is written, and the page to check it is open."""
    browser.open(NEW)
    browser.choose("Something took too long, or never happened").press("Continue")
    browser.fill(what=what).press("Continue")
    for _page in LATER:
        browser.press("Continue")
    if level:
        browser.choose(level)
    browser.press("Continue")
    return browser.sees("Check your complaint")
