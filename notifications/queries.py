"""Reading what was sent, and what still waits."""

from __future__ import annotations

from datetime import datetime

import pyotp
import sqlalchemy as sa

from notifications.conversation import masking
from notifications.gateways.local import provider_id_of
from notifications.models import LocalText, Notification, State
from portal import clock
from portal.account.models import Staff
from portal.database import db


def waiting_for(number: str) -> tuple[int, datetime | None]:
    """How many texts wait to be sent to a number, and when the next may go."""
    count, first = db.session.execute(
        sa.select(sa.func.count(), sa.func.min(Notification.not_before)).where(
            Notification.to_number == number, Notification.state == State.queued
        )
    ).one()
    return count, first


def sent(number: str | None = None) -> list[tuple[Notification, str]]:
    """Every text we queued, oldest first, with its words. A one-time code is masked, except
    where the demo's provider shows it on a phone anyway."""
    query = sa.select(Notification).order_by(Notification.id)
    if number is not None:
        query = query.where(Notification.to_number == number)
    rows = db.session.scalars(query).all()
    on_phones = {
        provider_id_of(text_id): body
        for text_id, body in db.session.execute(
            sa.select(LocalText.id, LocalText.body).where(LocalText.incoming)
        )
    }
    return [(row, row.body or on_phones.get(row.provider_id or "", masking.MASK)) for row in rows]


def staff_codes() -> list[tuple[str, str]]:
    """E-mail address and present six-digit code of each member of staff. For the demo only."""
    now = int(clock.now().timestamp())
    members = db.session.scalars(sa.select(Staff).order_by(Staff.email)).all()
    return [(each.email, pyotp.TOTP(each.totp_secret).at(now)) for each in members]
