"""What comes in between: a question that comes before another one and gives it back afterwards,
and words that somebody was writing when another question came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from notifications.conversation import offers, questions
from notifications.models import Dialogue
from portal import clock
from portal.account.models import Claimant
from portal.database import db

PIN_HOLDS = timedelta(minutes=10)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def put_before(number: str, person: Claimant | None, kind: str, **facts: Any) -> None:
    """Ask this first, and keep what was open before: `put_back` opens it again."""
    before = _as_facts(db.session.get(Dialogue, number))
    row = db.session.get(Dialogue, number)
    if row is None:
        row = Dialogue(number=number)
        db.session.add(row)
    now = clock.now()
    row.claimant_id, row.question = person.id if person else None, kind
    row.facts = {**facts, "before": facts.get("before", before)}
    row.regarding, row.version = None, None
    row.asked_at, row.expires_at = now, now + questions.LIFE.get(kind, questions.USUAL_LIFE)
    db.session.flush()


def _as_facts(row: Dialogue | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "claimant_id": row.claimant_id.hex if row.claimant_id else None,
        "question": row.question,
        "regarding": row.regarding.hex if row.regarding else None,
        "version": row.version,
        "facts": row.facts,
        "asked_at": row.asked_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }


def put_back(number: str) -> None:
    """Open again what was open before, as if nothing had been asked in between."""
    row = db.session.get(Dialogue, number)
    if row is None:
        return
    before = row.facts.get("before")
    if before is None:
        row.question, row.facts, row.asked_at = "", {}, _LONG_AGO
        return
    row.claimant_id, row.question = _id(before["claimant_id"]), before["question"]
    row.regarding, row.version = _id(before["regarding"]), before["version"]
    row.facts = before["facts"]
    row.asked_at = datetime.fromisoformat(before["asked_at"])
    row.expires_at = datetime.fromisoformat(before["expires_at"])
    db.session.flush()


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def unsent_parts(number: str, person: Claimant, kind: str) -> list[int]:
    """What this person was writing there when another question came in between."""
    row = db.session.get(Dialogue, number)
    if row is not None:
        questions.set_aside(row)
    kept = (row.unsent if row else None) or {}
    theirs = kept.get("claimant_id") == person.id.hex and kept.get("of") == kind
    return list(kept["parts"]) if theirs else []


def forget_unsent(number: str) -> None:
    """It was sent, or dropped on purpose."""
    row = db.session.get(Dialogue, number)
    if row is not None:
        row.unsent = None


def who_was_asked(number: str, people: Sequence[Claimant]) -> questions.Question | None:
    """The question "Who is this?", while nothing else was put to any of them since."""
    row = db.session.get(Dialogue, number)
    if row is None or row.question != questions.WHO or row.expires_at <= clock.now():
        return None
    if any(offers.put_by_text_since(number, person, row.asked_at) for person in people):
        return None
    return questions.Question(questions.WHO, row.asked_at, None, None, row.facts)


def was_asked(number: str, kind: str) -> bool:
    """True when this was asked last, even if it has run out, or lies below what was."""
    row = db.session.get(Dialogue, number)
    asked, below = (row.question, row.facts.get("before")) if row else ("", None)
    while asked != kind and below:
        asked, below = below["question"], below["facts"].get("before")
    return asked == kind


def gave_pin(number: str, person: Claimant) -> None:
    """This person gave their PIN from this number just now."""
    row = db.session.get(Dialogue, number)
    if row is not None:
        row.pin_of, row.pin_at = person.id, clock.now()


def pin_was_given(number: str, person: Claimant) -> bool:
    """True for some minutes after this person gave their PIN from this number."""
    row = db.session.get(Dialogue, number)
    return (
        row is not None
        and row.pin_of == person.id
        and row.pin_at is not None
        and row.pin_at > clock.now() - PIN_HOLDS
    )
