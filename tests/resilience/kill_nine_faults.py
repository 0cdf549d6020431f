"""What is wrong after everything was killed: what people were told, against the record."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from notifications.models import InboundText, LocalText, Notification, State
from portal.appointments.models import Answer, Appointment
from portal.database import db
from portal.record import log
from portal.record.models import Entry, Outbox
from tests.resilience.kill_nine_people import Told


def wrong(told: Told) -> list[str]:
    """Sentences; none means that nothing was lost and nothing was done twice."""
    session = db.session
    found = [f"a chain is broken: {fault}" for *_, faults in log.verify_all() for fault in faults]
    if session.scalar(sa.select(sa.func.count()).select_from(Outbox)):
        found.append("entries are left in the outbox")
    for appointment_id, receipt in told.receipts.items():
        kept = session.get(Appointment, appointment_id)
        if kept is None or kept.answer is not Answer.accepted or kept.answer_receipt != receipt:
            found.append(f"the receipt {receipt} that somebody holds is not the record's")
    accepted = session.scalars(sa.select(Entry).where(Entry.kind == "appointments.accepted")).all()
    on_the_web = [entry.about for entry in accepted if entry.channel == "web"]
    again = [a for a, n in Counter(on_the_web).items() if n > 1]
    found += [f"appointment {a} was accepted twice" for a in again]
    for body, kind in (("1", "appointments.accepted"), ("UNDO", "appointments.withdrawn")):
        texted = sum(each == body for each in told.texted.values())
        done = session.scalar(
            sa.select(sa.func.count())
            .select_from(Entry)
            .where(Entry.kind == kind, Entry.channel == "sms")
        )
        if texted != done:
            found.append(f"{texted} texts said {body}, {done} were carried out")
    confirmed = Counter(
        session.scalars(
            sa.select(Notification.receipt).where(
                Notification.kind == "appointments.accepted",
                Notification.state == State.delivered,
            )
        )
    )
    for entry in accepted:
        if confirmed[entry.receipt] != 1:
            found.append(f"{entry.receipt} was confirmed {confirmed[entry.receipt]} times")
    on_phones = session.scalar(
        sa.select(sa.func.count())
        .select_from(LocalText)
        .where(LocalText.incoming, LocalText.body.contains("Ref"))
    )
    if on_phones is not None and on_phones < len(accepted):
        found.append(f"{len(accepted)} accepted, but only {on_phones} confirmations on phones")
    unread = session.scalar(
        sa.select(sa.func.count()).select_from(InboundText).where(InboundText.handled_at.is_(None))
    )
    if unread:
        found.append(f"{unread} texts were never read")
    kept_texts = set(session.scalars(sa.select(InboundText.provider_id)))
    found += [f"text {t} was lost" for t in told.texted if t not in kept_texts]
    print(
        f"{len(told.receipts)} receipts held by visitors, {len(told.texted)} texts, "
        f"{len(accepted)} answers recorded and confirmed, {len(found)} faults."
    )
    if not accepted or not told.receipts:
        found.append("nothing happened, so nothing was tried")
    return found
