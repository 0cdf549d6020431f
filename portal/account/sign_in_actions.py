"""Coming in and leaving: codes, cards, sessions, and what somebody was writing when theirs ended.
Apart from `actions`, which change what an account says. Takes part in the caller's transaction."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from portal import clock
from portal.account import codes, events, queries
from portal.account.locks import lock
from portal.account.models import Card, Claimant, CodeAttempt, Staff, TypedText, Visit
from portal.actors import Actor
from portal.database import db, new_id
from portal.record import log, receipts
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

_hasher = PasswordHasher()
_CARD_CODE_LENGTH = 10
_SAME_CODE_WITHIN = timedelta(seconds=30)


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
    attempt.used_at = person.number_heard_at = clock.now()
    return person


def check_card(reference: str, typed: str) -> Claimant:
    """The person a printed card belongs to. Raises Refusal when card and code do not match."""
    code = receipts.read_code(reference)
    card = queries.card(code) if code else None
    cleaned = receipts.characters(typed)
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
    lock(claimant)
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
    """Make a card useless, for example because it was lost: whoever came in with it is out."""
    card.revoked_at = clock.now()
    end_visits(card.claimant)
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
