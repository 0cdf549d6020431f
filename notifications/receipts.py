"""What providers report about our texts: from stored report to the state of the notification.

Reports come twice, late and in any order, so states are ranked and only move forward. One that
comes before we noted the text's id waits a little.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
import structlog

from notifications import queue, second_try, sender
from notifications.gateways.base import GatewayError
from notifications.gateways.choice import gateway_named
from notifications.models import DeliveryReceipt, Notification, State
from notifications.queue import Outcome
from portal import clock
from portal.account import delivery_actions
from portal.database import db, transaction

log = structlog.get_logger()

_BATCH = 20
_TRIES = 8
_NOT_OURS = "no text of ours"


def step() -> bool:
    """Take some reports; True if there were any."""
    if db.session.scalar(_waiting().limit(1)) is None:
        return False
    with transaction() as session:
        reports = session.scalars(_waiting().limit(_BATCH).with_for_update(skip_locked=True)).all()
        for report in reports:
            _take(report)
        return bool(reports)


def _waiting() -> sa.Select[DeliveryReceipt]:
    return (
        sa.select(DeliveryReceipt)
        .where(DeliveryReceipt.handled_at.is_(None), DeliveryReceipt.not_before <= clock.now())
        .order_by(DeliveryReceipt.id)
    )


def _take(report: DeliveryReceipt) -> None:
    about = None
    try:
        with db.session.begin_nested():
            about = _notification(report)
            if about is not None:
                _settle(about, report)
                report.handled_at = clock.now()
    except Exception as error:
        # One report must not keep the others from being read.
        log.error("receipts", report=report.id, error=type(error).__name__)
    if report.handled_at is None:
        _again(report, is_ours=about is not None)


def _again(report: DeliveryReceipt, *, is_ours: bool) -> None:
    report.attempts += 1
    report.not_before = clock.now() + timedelta(seconds=2**report.attempts)
    if report.attempts >= _TRIES:
        if not is_ours:
            log.warning("receipts", report=report.id, error=_NOT_OURS)
        report.handled_at = clock.now()


def _notification(report: DeliveryReceipt) -> Notification | None:
    found = db.session.scalar(
        sa.select(Notification).where(
            Notification.gateway == report.gateway,
            Notification.provider_id == report.provider_id,
        )
    )
    if found is None and report.key.isdecimal() and len(report.key) < 19:
        # The worker was killed before it could note the provider's id, or has not yet.
        found = db.session.get(Notification, int(report.key))
    return found


def _settle(about: Notification, report: DeliveryReceipt) -> None:
    state = State(report.status)
    if state is State.undelivered and about.provider_id not in (None, report.provider_id):
        return  # An earlier try, whose answer was lost. A later one is on its way.
    outcome = Outcome(
        state,
        gateway=report.gateway,
        provider_id=report.provider_id,
        error=report.error or None,
    )
    if not queue.settle(about.id, outcome):
        return
    if state is State.undelivered:
        reason = _reason(report)
        if not second_try.queued(about, report.gateway, reason):
            sender.not_delivered(about, reason)
    elif state is State.delivered and about.late_at is not None:
        delivery_actions.text_arrived(about.id, about.to_number)


def _reason(report: DeliveryReceipt) -> GatewayError:
    gateway = gateway_named(report.gateway)
    if gateway is None:
        return GatewayError("A provider we no longer use", code=report.error)
    return gateway.meaning(report.error)
