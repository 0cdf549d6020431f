"""What is due now and was not done: reading only, no lock, nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from notifications import policy, routing
from notifications.models import Notification
from notifications.policy import TASKS, Meeting
from portal import clock
from portal.account import queries, ways
from portal.account.models import Claimant, Office, UndeliveredText, Way
from portal.appointments.models import Answer, Appointment, Request, Status
from portal.database import db

HORIZON = timedelta(days=14)
"""Letters need their working days, over Christmas too."""
_TEXTS_WITHIN = timedelta(days=4)
"""No text is due longer before; only staff may have something to do."""
_FAMILY = {policy.OFFER_AGAIN: policy.TWO_DAYS, policy.STILL_STANDS: policy.DAY_BEFORE}
"""These take the place of a reminder, so that one moment never brings both."""


def kinds(meeting: Meeting) -> Iterator[str]:
    """The text and the task that are due for a meeting now, done already or not."""
    now = clock.now()
    rules = policy.in_force(clock.today())
    for kind in (policy.due(meeting, now, rules), policy.task_due(meeting, now, rules)):
        if kind is not None:
            yield kind


def due_now() -> Iterator[tuple[UUID, str]]:
    """What is due and was not done. Takes no lock."""
    found = [(meeting, kind) for meeting in meetings() for kind in kinds(meeting)]
    done = _keys_there({key(m, k) for m, k in found if k not in TASKS})
    tasks = _tasks_given({m.id for m, k in found if k in TASKS})
    for meeting, kind in found:
        if kind in TASKS:
            at = tasks.get((meeting.id, kind))
            if at is None or at < meeting.notice_given_at:
                yield meeting.id, kind
        elif key(meeting, kind) not in done:
            yield meeting.id, kind


def key(meeting: Meeting, kind: str) -> str:
    """Under which a text is queued: once for each appointment, time and moment."""
    return f"{_FAMILY.get(kind, kind)}:{meeting.key}"


def _keys_there(keys: set[str]) -> set[str]:
    ordered, there = sorted(keys), set[str]()
    for first in range(0, len(ordered), 500):
        some = ordered[first : first + 500]
        there.update(
            db.session.scalars(
                sa.select(Notification.dedupe_key).where(Notification.dedupe_key.in_(some))
            )
        )
    return there


def _tasks_given(ids: set[UUID]) -> dict[tuple[UUID, str], datetime]:
    """When each task about these appointments was last given."""
    if not ids:
        return {}
    rows = db.session.execute(
        sa.select(UndeliveredText.regarding, UndeliveredText.what, UndeliveredText.at)
        .where(UndeliveredText.what.in_(TASKS), UndeliveredText.at > clock.now() - 3 * HORIZON)
        .order_by(UndeliveredText.at)
    )
    return {(row.regarding, row.what): row.at for row in rows if row.regarding in ids}


def meetings(only: UUID | None = None) -> Iterator[Meeting]:
    """The coming appointments that stand, as far as reminders go."""
    now = clock.now()
    asks = (
        sa.select(Request.id)
        .where(Request.appointment_id == Appointment.id, Request.decision.is_(None))
        .exists()
    )
    last = (
        sa.select(sa.func.max(sa.func.coalesce(Notification.sent_at, Notification.made_at)))
        .where(
            Notification.regarding == Appointment.id,
            Notification.kind.in_(policy.TEXTS),
            Notification.made_at > now - HORIZON,
        )
        .correlate(Appointment)
        .scalar_subquery()
    )
    query = (
        sa.select(Appointment, Claimant, Office.nation, asks, last)
        .join(Claimant, Appointment.claimant_id == Claimant.id)
        .join(Office, Appointment.office_id == Office.id)
        .options(orm.lazyload("*"))
        .where(
            Appointment.status == Status.booked,
            Appointment.starts_at > now,
            Appointment.starts_at <= now + HORIZON,
            sa.or_(
                Appointment.starts_at <= now + _TEXTS_WITHIN,
                Appointment.answer == Answer.none,
                Claimant.way != Way.text,
                queries.cannot_be_texted(),
            ),
        )
    )
    if only is not None:
        query = query.where(Appointment.id == only)
    # Soonest first: when a cap is reached, it is the later ones that wait.
    query = query.order_by(Appointment.starts_at, Appointment.id)
    for appointment, person, nation, asked, reminded_at in db.session.execute(query):
        yield _meeting(appointment, person, nation, asked, reminded_at)


def _meeting(
    appointment: Appointment,
    person: Claimant,
    nation: str,
    asked: bool,
    reminded_at: datetime | None,
) -> Meeting:
    told = (appointment.notice_given_at, appointment.answered_at, reminded_at)
    return Meeting(
        id=appointment.id,
        claimant_id=person.id,
        starts_at=appointment.starts_at,
        notice_given_at=appointment.notice_given_at,
        told_at=max(each for each in told if each is not None),
        situation=policy.situation_of(appointment.answer, asked),
        nation=nation,
        may_text=routing.may_remind(person),
        way=Way.text if routing.may_remind(person) else ways.other(person),
        morning_text=person.morning_text,
    )
