"""Everything that changes an account. Takes part in the caller's transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from portal import clock
from portal.account import codes, events, queries
from portal.account.models import (
    Card,
    Claimant,
    CodeAttempt,
    Concern,
    NumberChange,
    Office,
    Staff,
    TypedText,
    UndeliveredText,
    Visit,
    Way,
)
from portal.actors import Actor
from portal.database import db, new_id
from portal.record import log, receipts
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

_hasher = PasswordHasher()
_CARD_CODE_LENGTH = 10
_SAME_CODE_WITHIN = timedelta(seconds=30)


def register(
    *,
    reference: str,
    full_name: str,
    office: Office,
    mobile: str | None,
    language: str,
    by: Actor,
    coach: Staff | None = None,
    **choices: Any,
) -> Claimant:
    """Open a record for a person the office told us about. `mobile` is E.164 or None."""
    person = Claimant(
        id=new_id(),
        reference=reference,
        full_name=full_name,
        mobile=mobile,
        language=language,
        way=choices.pop("way", Way.text if mobile else Way.letter),
        office_id=office.id,
        coach_id=coach.id if coach else None,
        registered_at=clock.now(),
        **choices,
    )
    db.session.add(person)
    db.session.flush()
    log.append(person.id, events.Registered(office.name), by=by)
    return person


def ask_for_code(number: str, *, by: Actor) -> CodeAttempt:
    """Prepare a one-time code for a number. Known and unknown numbers are treated alike; only
    a number that belongs to exactly one person leads to a text with a code.

    Asking again within half a minute gives the same code, so a double click sends one text.
    """
    # The second of two presses waits here for the first, and then finds its code.
    db.session.execute(
        sa.select(Claimant.id).where(Claimant.mobile == number).with_for_update(key_share=True)
    )
    recent = queries.latest_attempt(number, _SAME_CODE_WITHIN)
    if recent is not None:
        return recent
    people = queries.claimants_with_number(number)
    only = people[0] if len(people) == 1 else None
    attempt = CodeAttempt(
        id=new_id(),
        number=number,
        claimant_id=only.id if only else None,
        asked_at=clock.now(),
    )
    db.session.add(attempt)
    db.session.flush()
    if only:
        log.append(only.id, events.CodeAsked(attempt.id), by=by)
    elif people:
        log.append(people[0].id, events.SharedNumberRefused(number), by=by)
    return attempt


def check_code(attempt_id: UUID, typed: str) -> Claimant:
    """The person a code belongs to. Counts the try; raises Refusal for a wrong or old code.

    The caller commits even when it is refused, or tries would not count.
    """
    attempt = db.session.scalar(
        sa.select(CodeAttempt).where(CodeAttempt.id == attempt_id).with_for_update()
    )
    if attempt is None or queries.live_attempt(attempt_id) is None:
        raise Refusal("expired", sentence("That code has run out. Ask for a new one."))
    attempt.tries += 1
    person = queries.claimant(attempt.claimant_id) if attempt.claimant_id else None
    wanted = codes.digits("sign-in", attempt.id)
    if not codes.same(typed, wanted) or person is None:
        db.session.flush()
        raise Refusal(
            "wrong", sentence("That code does not match. Check it, or ask for a new one.")
        )
    attempt.used_at = clock.now()
    return person


def check_card(reference: str, typed: str) -> Claimant:
    """The person a printed card belongs to. Raises Refusal when card and code do not match."""
    code = receipts.read_code(reference)
    card = queries.card(code) if code else None
    cleaned = "".join(typed.upper().split()).replace("-", "").translate(receipts.LOOKALIKES)
    if card is not None:
        try:
            _hasher.verify(card.code_hash, cleaned)
        except VerificationError:
            pass
        else:
            return card.claimant
    else:
        # The same work for a card that does not exist: the time taken tells nothing.
        _hasher.hash(cleaned)
    raise Refusal(
        "card", sentence("That reference and code do not match. Check both, and try again.")
    )


def issue_card(
    claimant: Claimant, *, staff: Staff, replacing: str | None = None, by: Actor
) -> tuple[Card, str]:
    """A new sign-in card; earlier ones stop working. The code is returned once, never kept.

    `replacing` is the reference of the card that staff saw as the latest, or empty: a second
    press of the button is refused, so that the slip that was just printed still works.
    """
    db.session.execute(sa.select(Claimant.id).where(Claimant.id == claimant.id).with_for_update())
    cards = queries.cards_of(claimant.id)
    if replacing is not None and replacing != (cards[0].reference if cards else ""):
        raise Refusal(
            "card",
            sentence("A card was made a moment ago. If you do not have its code, make a new one."),
        )
    for old in cards:
        revoke_card(old, by=by)
    code = "".join(secrets.choice(receipts.ALPHABET) for _ in range(_CARD_CODE_LENGTH))
    card = Card(
        id=new_id(),
        claimant_id=claimant.id,
        reference=receipts.new_code(),
        code_hash=_hasher.hash(code),
        issued_at=clock.now(),
        issued_by=staff.id,
    )
    db.session.add(card)
    db.session.flush()
    log.append(claimant.id, events.CardIssued(card.id), by=by)
    return card, code


def revoke_card(card: Card, *, by: Actor) -> Entry:
    """Make a card useless, for example because it was lost."""
    card.revoked_at = clock.now()
    return log.append(card.claimant_id, events.CardRevoked(card.id), by=by)


def begin_visit(*, claimant: Claimant | None = None, staff: Staff | None = None) -> str:
    """Start a session; returns the token that the browser keeps."""
    token = secrets.token_urlsafe(16)
    now = clock.now()
    db.session.add(
        Visit(
            token_hash=queries.hash_of(token),
            claimant_id=claimant.id if claimant else None,
            staff_id=staff.id if staff else None,
            started_at=now,
            seen_at=now,
        )
    )
    db.session.flush()
    return token


def record_sign_in(claimant: Claimant, how: str, *, by: Actor) -> Entry:
    return log.append(claimant.id, events.SignedIn(how), by=by)


def end_visit(visit: Visit, how: str = "", *, by: Actor | None = None) -> None:
    """End a session; recorded when the person did it, not when time did."""
    if visit.ended_at is None:
        visit.ended_at = clock.now()
        if visit.claimant_id and by:
            log.append(visit.claimant_id, events.SignedOut(how), by=by)


def end_visits(claimant: Claimant) -> None:
    """End every session of a person, wherever it is open."""
    db.session.execute(
        sa.update(Visit)
        .where(Visit.claimant_id == claimant.id, Visit.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def keep_typed_text(claimant_id: UUID, path: str, fields: dict[str, list[str]]) -> None:
    """Keep what somebody had typed for when they sign in again. One text a person, a day."""
    drop_typed_text(claimant_id)
    db.session.add(
        TypedText(
            claimant_id=claimant_id, path=path, fields=json.dumps(fields), saved_at=clock.now()
        )
    )


def drop_typed_text(claimant_id: UUID) -> None:
    db.session.execute(sa.delete(TypedText).where(TypedText.claimant_id == claimant_id))


def choose_language(claimant: Claimant, code: str, *, by: Actor) -> Entry | None:
    """The language of pages and texts from now on."""
    if code == claimant.language:
        return None
    was, claimant.language = claimant.language, code
    return log.append(claimant.id, events.LanguageChosen(was, code), by=by)


def choose_way(claimant: Claimant, way: Way, *, by: Actor) -> Entry | None:
    """How the person wants to be told things."""
    if way is claimant.way:
        return None
    if way is Way.text and not claimant.mobile:
        raise Refusal("no-number", sentence("Add a mobile number first. Then we can text you."))
    was, claimant.way = claimant.way, way
    return log.append(claimant.id, events.WayChosen(was.value, way.value), by=by)


def choose_discreet(claimant: Claimant, on: bool, *, by: Actor) -> Entry | None:
    """Texts that name neither the Jobcentre nor Universal Credit, or the usual ones."""
    if on == claimant.discreet:
        return None
    claimant.discreet = on
    return log.append(claimant.id, events.DiscreetChosen(on), by=by)


def choose_morning_text(claimant: Claimant, on: bool, *, by: Actor) -> Entry | None:
    """A text on the morning of an appointment, or none."""
    if on == claimant.morning_text:
        return None
    claimant.morning_text = on
    return log.append(claimant.id, events.MorningTextChosen(on), by=by)


def choose_quiet_times(
    claimant: Claimant, start: time | None, end: time | None, *, by: Actor
) -> Entry | None:
    """Wall-clock times between which nothing unasked is sent; both or neither."""
    if (start is None) != (end is None):
        raise Refusal("quiet", sentence("Choose both times, or leave both empty."))
    if (start, end) == (claimant.quiet_from, claimant.quiet_to):
        return None
    claimant.quiet_from, claimant.quiet_to = start, end
    return log.append(claimant.id, events.QuietTimesChosen(start, end), by=by)


def ask_to_change_number(claimant: Claimant, number: str, *, by: Actor) -> NumberChange:
    """Start a change of number: a code goes to the old phone and another to the new one."""
    if number == claimant.mobile:
        raise Refusal("same", sentence("That is the number we have already."))
    change = NumberChange(
        id=new_id(),
        claimant_id=claimant.id,
        old_number=claimant.mobile,
        new_number=number,
        asked_at=clock.now(),
    )
    db.session.add(change)
    db.session.flush()
    log.append(claimant.id, events.NumberChangeAsked(change.id, claimant.mobile, number), by=by)
    return change


def confirm_number_change(claimant: Claimant, *, old_code: str, new_code: str, by: Actor) -> Entry:
    """Both phones answered: the number changes. The caller commits even when refused."""
    # One try at a time, or tries made together would count as one.
    db.session.execute(
        sa.select(NumberChange.id).where(NumberChange.claimant_id == claimant.id).with_for_update()
    )
    change = queries.live_number_change(claimant)
    if change is None:
        raise Refusal("expired", sentence("These codes have run out. Start again."))
    change.tries += 1
    db.session.flush()
    old_ok = change.old_number is None or codes.same(
        old_code, codes.digits("number-old", change.id)
    )
    if not old_ok or not codes.same(new_code, codes.digits("number-new", change.id)):
        raise Refusal(
            "wrong", sentence("That code does not match. Check it, or ask for a new one.")
        )
    change.confirmed_at = clock.now()
    return _set_number(claimant, change.new_number, "codes", by)


def set_number(claimant: Claimant, number: str | None, *, by: Actor) -> Entry | None:
    """Staff changed the number with the person in front of them.

    The same number again records nothing, unless it was suspended and works after all. Only a
    new number lets texts start again that the person had stopped.
    """
    if number == claimant.mobile:
        if claimant.number_suspended_at is None:
            return None
        claimant.number_suspended_at = None
        return log.append(claimant.id, events.NumberChanged(number, number, "desk"), by=by)
    return _set_number(claimant, number, "desk", by)


def _set_number(claimant: Claimant, number: str | None, how: str, by: Actor) -> Entry:
    was, claimant.mobile = claimant.mobile, number
    claimant.number_suspended_at = claimant.texts_stopped_at = None
    return log.append(claimant.id, events.NumberChanged(was, number, how), by=by)


def stop_texts(claimant: Claimant, *, by: Actor) -> Entry | None:
    """No more texts to this person's number. Appointments go on, and staff are told."""
    if claimant.texts_stopped_at is not None:
        return None
    claimant.texts_stopped_at = clock.now()
    return log.append(claimant.id, events.TextsStopped(claimant.mobile or ""), by=by)


def start_texts(claimant: Claimant, *, by: Actor) -> Entry | None:
    """Texts again, after they were stopped or the number was suspended."""
    if claimant.texts_stopped_at is None and claimant.number_suspended_at is None:
        return None
    claimant.texts_stopped_at = claimant.number_suspended_at = None
    return log.append(claimant.id, events.TextsStarted(claimant.mobile or ""), by=by)


def text_not_delivered(
    claimant: Claimant,
    *,
    what: str,
    regarding: UUID | None,
    permanent: bool,
    blocked: bool = False,
    by: Actor,
) -> Entry:
    """A provider says a text did not arrive. Staff see it; a dead number is not used again."""
    now = clock.now()
    if blocked:
        claimant.texts_stopped_at = claimant.texts_stopped_at or now
    elif permanent:
        claimant.number_suspended_at = claimant.number_suspended_at or now
    db.session.add(UndeliveredText(claimant_id=claimant.id, regarding=regarding, what=what, at=now))
    event = events.TextNotDelivered(claimant.mobile or "", what, regarding, permanent, blocked)
    return log.append(claimant.id, event, by=by)


def settle_undelivered_texts(claimant_id: UUID) -> None:
    """The person was reached another way."""
    db.session.execute(
        sa.update(UndeliveredText)
        .where(UndeliveredText.claimant_id == claimant_id, UndeliveredText.settled_at.is_(None))
        .values(settled_at=clock.now())
    )


def needs_telling(claimant: Claimant, *, what: str, regarding: UUID | None) -> None:
    """Staff must tell this person another way, for we may not or cannot text them."""
    already = db.session.scalar(
        sa.select(UndeliveredText.id).where(
            UndeliveredText.claimant_id == claimant.id,
            UndeliveredText.regarding == regarding,
            UndeliveredText.what == what,
            UndeliveredText.settled_at.is_(None),
        )
    )
    if already is None:
        db.session.add(
            UndeliveredText(claimant_id=claimant.id, regarding=regarding, what=what, at=clock.now())
        )


def drop_tasks(ids: Sequence[UUID]) -> None:
    """These people need not be told any more. Should it come up again, it is a new task."""
    db.session.execute(sa.delete(UndeliveredText).where(UndeliveredText.id.in_(ids)))


def raise_concern(claimant: Claimant, words: str, *, by: Actor) -> Entry:
    """Put a person's words before staff at once."""
    concern = Concern(id=new_id(), claimant_id=claimant.id, at=clock.now(), words=words)
    db.session.add(concern)
    db.session.flush()
    return log.append(claimant.id, events.ConcernRaised(concern.id), by=by)


def read_concern(concern: Concern, *, staff: Staff, by: Actor) -> Entry | None:
    """A member of staff has read it and is looking after the person."""
    if concern.read_at is not None:
        return None
    concern.read_at, concern.read_by = clock.now(), staff.id
    return log.append(concern.claimant_id, events.ConcernRead(concern.id), by=by)
