"""A complaint at the desk: opened by somebody who deals with it, and what was recorded of it."""

from __future__ import annotations

from flask import Flask

from portal.account.models import Staff
from portal.complaints.models import Complaint
from portal.record import log
from tests.complaints import at_desk
from tests.people import Desk


def opened(app: Flask, member: Staff, found: Complaint) -> Desk:
    """Signed in, with the complaint opened."""
    desk = at_desk(app, member)
    return desk.open(f"/staff/complaints/{found.id}").press("Open and read it")


def kinds(app: Flask, found: Complaint) -> list[str]:
    with app.app_context():
        entries = log.entries_about(found.claimant_id, found.id)
        return [entry.kind.removeprefix("complaints.") for entry in entries]
