"""Reminders follow from time, not from entries: what is due now, and nothing ahead of it.

Once a minute the coming appointments are looked through. What is due becomes a text in the
queue or a task for staff, once for each appointment and time; just before it is sent it is
asked again whether it still says what is so (`texts.still_true`). After a standstill only what
still makes sense goes out. The rules are in `reminders.toml`.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog
from flask import current_app

from notifications import beats, caps, due, policy, routing, spend
from notifications.drafts import Draft
from notifications.models import Dialogue, Notification
from notifications.policy import CALL, DIGEST, OFFER_AGAIN, OPTIONAL, TASKS, Meeting
from portal import clock
from portal.account import actions as account
from portal.account.models import Claimant, UndeliveredText
from portal.appointments import actions as appointments
from portal.appointments.models import Answer, Appointment, Status
from portal.database import db, transaction
from portal.working_days import is_working_day

log = structlog.get_logger()

EVERY = timedelta(minutes=1)
_BATCH = 20
"""Then the other steps have their turn: nobody who texts waits for other people's reminders."""
_IN_CONVERSATION = timedelta(minutes=30)
"""Nobody is reminded in the middle of a question of ours."""


def step() -> bool:
    """Once a minute look what is due, then queue it a few at a time; True if anything was."""
    waiting: deque[tuple[UUID, str]] = current_app.extensions.setdefault("reminders", deque())
    did_something = False
    if not waiting:
        if not beats.take("reminders", EVERY):
            return False
        did_something = _settle_calls()
        waiting.extend(due.due_now())
        waiting.extend((each, DIGEST) for each in caps.people_waiting(_start_of_today()))
    for _ in range(min(_BATCH, len(waiting))):
        each, kind = waiting.popleft()
        did_something |= _digest(each) if kind == DIGEST else _take(each, kind)
    return did_something or bool(waiting)


def _take(meeting_id: UUID, kind: str) -> bool:
    """Ask again with the appointment locked: it may have changed since it was looked through."""
    with transaction() as session:
        appointment = session.get(Appointment, meeting_id)
        if appointment is None:
            return False
        try:
            with session.begin_nested():
                appointments.lock(appointment)
                meeting = next(iter(due.meetings(meeting_id)), None)
                if meeting is None or kind not in due.kinds(meeting):
                    return False
                if kind in TASKS:
                    return _give_task(appointment, meeting, kind)
                return _queue(appointment, meeting, kind)
        except Exception as error:
            # One that cannot be worded must not keep the others from being told.
            log.error("reminders", appointment=str(meeting_id), error=type(error).__name__)
            return False


def _queue(appointment: Appointment, meeting: Meeting, kind: str) -> bool:
    """Queue the text, or note that it was held back."""
    if _in_conversation(appointment.claimant):
        return False
    draft = Draft(
        kind,
        appointment.claimant_id,
        regarding=appointment.id,
        values={"starts_at": appointment.starts_at},
        asks=kind == OFFER_AGAIN,
    )
    until = appointment.starts_at if kind == OFFER_AGAIN else None
    room = caps.has_room(appointment.claimant_id, appointment.id, policy.in_force(clock.today()))
    text = routing.remind(draft, due.key(meeting, kind), not_after=until)
    if text is None:
        return False
    if kind in OPTIONAL and is_compared(appointment.claimant_id):
        caps.hold(text, caps.COMPARED)
    elif not room:
        caps.hold(text, caps.HELD)
    return True


def is_compared(claimant_id: UUID) -> bool:
    """True for the stable share of people who go without the optional reminders, so that an
    office can see what those do. Nobody, unless the setting says otherwise."""
    share = current_app.extensions["settings"].reminders_control_share
    figure = hashlib.sha256(b"reminders:" + claimant_id.bytes).digest()[:8]
    return bool(int.from_bytes(figure, "big") < share * 2**64)


def _in_conversation(person: Claimant) -> bool:
    now = clock.now()
    open_question = db.session.get(Dialogue, person.mobile) if person.mobile else None
    return (
        open_question is not None
        and bool(open_question.question)
        and open_question.expires_at > now
        and open_question.asked_at > now - _IN_CONVERSATION
    )


def _give_task(appointment: Appointment, meeting: Meeting, kind: str) -> bool:
    """Staff call, or remind by letter. Not what they have on their list already."""
    about = sa.select(UndeliveredText.id).where(UndeliveredText.regarding == meeting.id)
    given = about.where(UndeliveredText.what == kind, UndeliveredText.at >= meeting.notice_given_at)
    waiting = about.where(UndeliveredText.settled_at.is_(None))
    asked_for = given if kind == CALL else sa.union(given, waiting)
    if db.session.execute(asked_for).first() is not None:
        return False
    account.needs_telling(appointment.claimant, what=kind, regarding=meeting.id)
    return True


def _settle_calls() -> bool:
    """A call is no longer needed once the person has answered, or the time has passed."""
    moot = (
        sa.select(UndeliveredText.id)
        .join(Appointment, Appointment.id == UndeliveredText.regarding)
        .where(
            UndeliveredText.what == CALL,
            UndeliveredText.settled_at.is_(None),
            sa.or_(
                Appointment.answer != Answer.none,
                Appointment.status != Status.booked,
                Appointment.starts_at <= clock.now(),
                Appointment.notice_given_at > UndeliveredText.at,
            ),
        )
    )
    ids = db.session.scalars(moot).all()
    if ids:
        with transaction():
            account.drop_tasks(ids)
    return bool(ids)


def _digest(claimant_id: UUID) -> bool:
    """Tell at ten on a working day what was held back before, if it still holds. It asks
    nothing. Where the day's parts are used, it waits for the next working day."""
    with transaction() as session:
        person = session.get(Claimant, claimant_id)
        if person is None or not _is_time_for_digest(person) or spend.stops(DIGEST):
            return False
        held = caps.held_back(claimant_id, _start_of_today())
        coming = _still_coming(held)
        sent = None
        if coming and routing.may_remind(person):
            times = sorted(each.starts_at for each in coming)
            draft = Draft(DIGEST, claimant_id, values={"times": times, "starts_at": times[0]})
            sent = routing.remind(draft, f"{DIGEST}:{claimant_id}:{clock.today()}")
            if sent is None:
                return False
        named = {each.id for each in coming} if sent is not None else set()
        at = sent.made_at if sent is not None else None
        for text in held:
            caps.hold(text, caps.TOLD if text.regarding in named else caps.OVERTAKEN, at)
        return True


def _still_coming(held: Sequence[Notification]) -> list[Appointment]:
    found = {}
    for text in held:
        appointment = db.session.get(Appointment, text.regarding) if text.regarding else None
        if appointment is not None and policy.still_means(
            text.kind, appointment, text.made_at, clock.now()
        ):
            found[appointment.id] = appointment
    return list(found.values())


def _is_time_for_digest(person: Claimant) -> bool:
    local = clock.local(clock.now())
    at = policy.in_force(local.date()).digest["at"]
    return local.time() >= at and is_working_day(local.date(), person.office.nation)


def _start_of_today() -> datetime:
    return clock.start_of_day(clock.today())
