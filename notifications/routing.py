"""From a draft to a queued text: which language, which way, when. Or to a task for staff.

Unasked texts go between 08:00 and 20:00 by the wall clock in the United Kingdom, or within the
person's own narrower times. Answers to what a person just did go at any hour.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from notifications import naming, queue, segments, texts
from notifications.drafts import Draft, style_of
from notifications.models import Dialogue, Notification, State
from portal import clock, languages
from portal.account import actions as account
from portal.account import codes, queries, rules
from portal.account.models import Claimant, Way
from portal.actors import Actor
from portal.appointments import queries as appointments
from portal.appointments.models import Appointment
from portal.database import db
from portal.notices import actions as notices
from portal.notices.models import Told
from portal.record.models import Entry

SOON = timedelta(hours=48)
"""An offer for a time that is nearer breaks in while somebody writes to us."""
NEXT_OFFER_AFTER = timedelta(hours=4)
"""A second offer waits until the first was answered, but not longer than this."""
ALWAYS = frozenset(
    {
        "account.texts_stopped",
        "account.number_disowned",
        "account.number_code_new",
        "account.number_code_old",
        "account.number_code_texted",
    }
)
"""These go to whoever stopped texts too."""
NUMBER_CHECK, NEUTRAL = "account.number_check", "conversation.neutral"
"""They say nothing about anybody: they may go to a number that may be somebody else's."""
_READ_CHECK = frozenset({"ar", "bn", "fa", "pa", "ur"})


def route(draft: Draft, entry: Entry, outbox_id: int) -> Notification | None:
    """Queue the text that `draft` asks for, or give staff the task to tell the person."""
    person = queries.claimant(draft.claimant_id)
    assert person is not None
    number = draft.to_number or person.mobile
    if draft.secret_of and not draft.to_number and person.number_doubted_at:
        # Whoever has the phone now must not come in with it. They are asked who they are.
        draft = Draft(NUMBER_CHECK, person.id, own=True)
    if draft.otherwise or not number or not _may_text(draft, entry, person):
        if not draft.own:
            _tell_otherwise(draft, person)
        return None
    language, body = _worded(draft, person, number)
    queued = queue.put(
        to_number=number,
        claimant_id=person.id,
        language=language,
        kind=draft.kind,
        body=body,
        dedupe_key=_key(draft, entry, number),
        regarding=draft.regarding,
        secret_of=draft.secret_of,
        receipt=draft.receipt or None,
        outbox_id=outbox_id,
        not_before=_not_before(draft, person, number),
        not_after=_not_after(draft),
        as_long_as=texts.same_length(draft.kind, language) if draft.secret_of else "",
    )
    if queued is not None:
        notices.keep(
            person,
            body,
            what=draft.kind,
            regarding=entry.about,
            told=Told.text,
            language=language,
            by=Actor.system(),
        )
    return queued


def _key(draft: Draft, entry: Entry, number: str) -> str:
    """Under which a text is queued: once for an entry, and a day for what is asked of whoever
    has a number."""
    once = clock.today() if draft.kind == NUMBER_CHECK else entry.receipt
    return f"{draft.kind}:{once}:{number}"


def _tell_otherwise(draft: Draft, person: Claimant) -> None:
    """Staff tell them, and have the words of the text for it, in the person's language."""
    with languages.speaking(person.language) as language:
        words = "" if draft.secret_of else texts.word(draft, person)
    account.needs_telling(
        person, what=draft.kind, regarding=draft.regarding, words=words, language=language.code
    )


def remind(draft: Draft, key: str, *, not_after: datetime | None = None) -> Notification | None:
    """Queue a text that follows from time, under a key of its own. None when it was queued
    before, or when this is no hour for it: then it is asked for again later."""
    person = queries.claimant(draft.claimant_id)
    assert person is not None
    if not may_remind(person) or _not_before(draft, person, person.mobile or "") > clock.now():
        return None
    language, body = _worded(draft, person, person.mobile or "")
    return queue.put(
        to_number=person.mobile or "",
        claimant_id=person.id,
        language=language,
        kind=draft.kind,
        body=body,
        dedupe_key=key,
        regarding=draft.regarding,
        not_after=not_after,
    )


def may_go_now(person: Claimant) -> bool:
    """True when this is an hour at which an unasked text may go to this person."""
    at = clock.local(clock.now()).time()
    return rules.may_go(at, person.quiet_from, person.quiet_to)


def may_remind(person: Claimant) -> bool:
    """True when this person wants texts and may get them."""
    return person.way is Way.text and queries.may_text(person)


def _worded(draft: Draft, person: Claimant, number: str) -> tuple[str, str]:
    """The code of the language, and the text as it will be sent; empty for a one-time code."""
    with languages.speaking(person.language) as language:
        body = "" if draft.secret_of else texts.word(draft, person)
        body = naming.with_heading(body, person, number, draft.kind) if body else ""
    if body:
        style = style_of(person)
        longer = segments.fit(with_link(body, draft), language.code, style)
        body = segments.fit(body, language.code, style)
        if segments.measure(longer).segments == segments.measure(body).segments:
            body = longer
        if draft.asks and language.code in _READ_CHECK and _is_first(number):
            body = _with_read_check(body)
    return language.code, body


def _may_text(draft: Draft, entry: Entry, person: Claimant) -> bool:
    if person.texts_unsafe_at:
        return False
    if draft.kind in ALWAYS:
        return True
    if draft.kind == NUMBER_CHECK:
        return queries.works(person)
    if not queries.may_text(person) and not draft.to_number:
        return False
    if person.way is Way.text or draft.secret_of or entry.channel == "sms":
        return True
    return draft.to_number is not None


def with_link(body: str, draft: Draft) -> str:
    """The text with the appointment's short link, which goes along where it costs no part."""
    base = current_app.extensions["settings"].public_url
    if not draft.asks or draft.regarding is None or not base:
        return body
    return f"{body}\n{base}/a/{codes.link_token(draft.regarding)}"


def _is_first(number: str) -> bool:
    earlier = sa.select(Notification.id).where(
        Notification.to_number == number, Notification.kind.in_(texts.QUESTIONS)
    )
    return db.session.scalar(earlier.limit(1)) is None


def _with_read_check(body: str) -> str:
    """The first text in a script that some phones lack ends with a line in English."""
    for line in ("Cannot read this? Reply ENGLISH", "Reply ENGLISH"):
        longer = f"{body}\n{line}"
        if segments.measure(longer).segments <= max(2, segments.measure(body).segments):
            return longer
    return body


def _not_before(draft: Draft, person: Claimant, number: str) -> datetime:
    now = clock.now()
    if draft.own:
        return now
    at = now
    if draft.asks:
        at = max(_after_open_offer(draft, number), _after_writing(draft, number))
    return _within_hours(max(at, now), person, draft)


def _after_open_offer(draft: Draft, number: str) -> datetime:
    """Offers queue: the next one is asked once the first is answered, or after four hours."""
    now = clock.now()
    latest = db.session.scalars(
        sa.select(Notification)
        .where(
            Notification.to_number == number,
            Notification.kind.in_(texts.QUESTIONS),
            Notification.regarding != draft.regarding,
            Notification.state != State.dropped,
            Notification.made_at > now - NEXT_OFFER_AFTER,
        )
        .order_by(Notification.id.desc())
    ).all()
    for earlier in latest:
        if earlier.regarding and texts.still_true(earlier):
            return max(earlier.not_before, earlier.sent_at or now) + NEXT_OFFER_AFTER
    return now


def _after_writing(draft: Draft, number: str) -> datetime:
    """No offer breaks in while somebody writes to us, unless the appointment is soon."""
    now = clock.now()
    row = db.session.get(Dialogue, number)
    if row is None or "parts" not in row.facts or row.expires_at <= now:
        return now
    starts_at = draft.values.get("starts_at")
    if isinstance(starts_at, datetime) and starts_at <= now + SOON:
        return now
    return row.asked_at + NEXT_OFFER_AFTER


def release_offers(number: str) -> None:
    """The open offer was answered: the next one need not wait any longer."""
    now = clock.now()
    waiting = db.session.scalars(
        sa.select(Notification)
        .where(
            Notification.to_number == number,
            Notification.kind.in_(texts.QUESTIONS),
            Notification.state == State.queued,
            Notification.not_before > now,
        )
        .order_by(Notification.id)
        .limit(1)
    ).first()
    if waiting is not None and waiting.claimant_id:
        person = queries.claimant(waiting.claimant_id)
        assert person is not None
        waiting.not_before = _within_hours(now, person, None)


def in_their_hours(at: datetime, person: Claimant) -> datetime:
    """The first moment from `at` on at which a text nobody asked for may go to this person."""
    return _within_hours(at, person, None)


def _within_hours(at: datetime, person: Claimant, draft: Draft | None) -> datetime:
    """The first moment from `at` on that lies within the hours for unasked texts."""
    local = clock.local(at)
    moment = local
    for _ in range(200):
        if rules.may_go(moment.time(), person.quiet_from, person.quiet_to):
            break
        moment = moment + timedelta(minutes=15 - moment.minute % 15)
        moment = clock.local(moment.astimezone(UTC)).replace(second=0, microsecond=0)
    if moment == local:
        return at
    if draft is not None and _saves_a_journey(draft, moment):
        return at
    return moment.astimezone(UTC)


def _saves_a_journey(draft: Draft, polite: datetime) -> bool:
    """A change is told at night too, when the morning would be too late to stay at home."""
    if draft.kind not in ("appointments.moved", "appointments.called_off"):
        return False
    times = [draft.values.get("starts_at"), draft.values.get("was")]
    return any(t is not None and t < polite + timedelta(hours=2) for t in times)


def _not_after(draft: Draft) -> datetime | None:
    if draft.secret_of:
        return clock.now() + queries.CODE_LIFE
    if draft.asks and draft.regarding:
        found: Appointment | None = appointments.any_appointment(draft.regarding)
        return found.starts_at if found else None
    return None
