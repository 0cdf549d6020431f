"""Reading what was sent, what came in and what still waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyotp
import sqlalchemy as sa

from notifications import segments
from notifications.gateways.local import provider_id_of
from notifications.models import Heartbeat, LocalText, Notification, State
from portal import clock
from portal.account.models import Claimant, Staff
from portal.account.numbers import national
from portal.database import db

MASK = "••••••"


@dataclass(frozen=True)
class Phone:
    """One phone of the demo, and whose it is. Nobody's, when only texts are known of it."""

    number: str
    owners: tuple[str, ...] = ()
    last: datetime | None = None

    @property
    def digits(self) -> str:
        """As in the address of its page: 07700900123."""
        return national(self.number).replace(" ", "")


@dataclass(frozen=True)
class Message:
    """One text on a phone of the demo."""

    incoming: bool
    body: str
    at: datetime
    language: str = ""
    encoding: str = ""
    segments: int = 0
    state: State | None = None


def phones() -> list[Phone]:
    """Every phone that has an owner or a text, by number."""
    owners: dict[str, list[str]] = {}
    people = sa.select(Claimant.mobile, Claimant.full_name).where(Claimant.mobile.is_not(None))
    for number, name in db.session.execute(people.order_by(Claimant.full_name)):
        owners.setdefault(str(number), []).append(name)
    latest = sa.select(LocalText.number, sa.func.max(LocalText.at)).group_by(LocalText.number)
    last = {row[0]: row[1] for row in db.session.execute(latest)}
    return [
        Phone(number, tuple(owners.get(number, ())), last.get(number))
        for number in sorted({*owners, *last})
    ]


def phone(number: str) -> Phone:
    """The phone with this number (E.164), whether or not anybody has it."""
    return next((p for p in phones() if p.number == number), Phone(number))


def messages(number: str, *, latest: int = 200) -> list[Message]:
    """The texts on one phone of the demo, oldest first."""
    kept = db.session.scalars(
        sa.select(LocalText)
        .where(LocalText.number == number)
        .order_by(LocalText.id.desc())
        .limit(latest)
    ).all()
    sent = {
        row.provider_id: row
        for row in db.session.scalars(
            sa.select(Notification).where(
                Notification.provider_id.in_([provider_id_of(text.id) for text in kept])
            )
        )
    }
    found = []
    for text in reversed(kept):
        row = sent.get(provider_id_of(text.id))
        size = segments.measure(text.body)
        found.append(
            Message(
                text.incoming,
                text.body,
                text.at,
                row.language if row else "",
                size.encoding,
                size.segments,
                row.state if row else None,
            )
        )
    return found


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
    return [(row, row.body or on_phones.get(row.provider_id or "", MASK)) for row in rows]


def last_beat(name: str) -> datetime | None:
    """When this part of the worker last came round."""
    row: Heartbeat | None = db.session.get(Heartbeat, name)
    return row.at if row else None


def overdue() -> tuple[int, float]:
    """How many texts could go now and have not, and for how many seconds the oldest has waited."""
    now = clock.now()
    count, oldest = db.session.execute(
        sa.select(sa.func.count(), sa.func.min(Notification.not_before)).where(
            Notification.state.in_((State.queued, State.sending)), Notification.not_before <= now
        )
    ).one()
    return count, (now - oldest).total_seconds() if oldest else 0.0


def staff_codes() -> list[tuple[str, str]]:
    """E-mail address and present six-digit code of each member of staff. For the demo only."""
    now = int(clock.now().timestamp())
    members = db.session.scalars(sa.select(Staff).order_by(Staff.email)).all()
    return [(each.email, pyotp.TOTP(each.totp_secret).at(now)) for each in members]
