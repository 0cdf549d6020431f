"""What somebody began to write by text and never finished: asked about once, never sent for them.

Half an hour after the last part they are asked whether to send, add or delete (sms.md in the
design: complain, message). Two days after it the parts can no longer be sent. They stay with the
texts as long as texts are kept, and staff get in touch where the task says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog

from notifications import beats, naming, queue, routing, segments, texts
from notifications.conversation import between, questions, registry, writing
from notifications.drafts import style_of
from notifications.models import Dialogue
from portal import clock, languages
from portal.account import actions as account
from portal.account import concern_queries, queries
from portal.account.models import Claimant
from portal.database import db, transaction

log = structlog.get_logger()

EVERY = timedelta(minutes=1)
ASK_AFTER = timedelta(minutes=30)
_BATCH = 20
_BEAT = "unfinished"


def step() -> bool:
    """Once a minute: ask about what was left, and let go what is too old; True if there was
    any."""
    if not beats.take(_BEAT, EVERY):
        return False
    numbers = db.session.scalars(_perhaps().order_by(Dialogue.asked_at)).all()
    done = 0
    with transaction():
        for number in numbers:
            done += _safely(number)
            if done == _BATCH:
                beats.forget(_BEAT)  # There may be more: the others have their turn, then these.
                break
    return bool(done)


def _safely(number: str) -> bool:
    """One that cannot be asked about must not keep the others from being."""
    try:
        with db.session.begin_nested():
            return _take(number)
    except Exception as error:
        log.error("unfinished", error=type(error).__name__)
        return False


def _perhaps() -> sa.Select[str]:
    """Numbers of which something may have to be asked or let go."""
    now, writes = clock.now(), list(registry.writings())
    left = sa.and_(Dialogue.question.in_(writes), Dialogue.asked_at <= now - ASK_AFTER)
    too_old = sa.and_(
        Dialogue.question.in_([*writes, questions.REVIEW, questions.WHO, questions.PIN]),
        Dialogue.expires_at <= now,
    )
    return sa.select(Dialogue.number).where(sa.or_(left, too_old, Dialogue.unsent.is_not(None)))


@dataclass(frozen=True)
class _Unsent:
    """What somebody wrote and has not sent."""

    person: Claimant
    kind: str
    parts: list[int]
    asked_before: bool


def _take(number: str) -> bool:
    """Look again with the question locked: they may have written in the meantime."""
    row = db.session.get(Dialogue, number, with_for_update=True, populate_existing=True)
    if row is None:
        return False
    now = clock.now()
    is_open = bool(row.question) and row.expires_at > now
    if not is_open and row.facts.get("before") and questions.written(row):
        between.put_back(number)
        return True
    if row.unsent is not None and not is_open:
        found, row.unsent = _set_aside(row), None
    elif is_open and row.question not in registry.writings():
        return False
    else:
        found = _begun(row)
    if found is None or (is_open and not found.parts):
        return False
    until = writing.until(found.parts)
    if until is None or until <= now:
        return _let_go(row, found)
    left_alone = until - writing.KEPT_FOR <= now - ASK_AFTER and row.asked_at <= now - ASK_AFTER
    if found.asked_before or not left_alone or not _may_ask(row, found.person):
        if not is_open:
            row.unsent = _as_facts(found)
        return False
    _ask(row, found, until)
    return True


def _begun(row: Dialogue) -> _Unsent | None:
    """What is being written, or was when the question ran out; None when it is nothing."""
    kind, parts = str(row.facts.get("of") or row.question), row.facts.get("parts")
    person = queries.claimant(row.claimant_id) if row.claimant_id else None
    if person is None or parts is None or kind not in registry.writings():
        return None
    return _Unsent(person, kind, list(parts), bool(row.facts.get("nudged")))


def _set_aside(row: Dialogue) -> _Unsent | None:
    """What was being written when another question came in between. They could not answer, so
    it does not count that they were asked before."""
    kept = row.unsent or {}
    person = queries.claimant(UUID(kept["claimant_id"]))
    if person is None or kept["of"] not in registry.writings():
        return None
    return _Unsent(person, kept["of"], list(kept["parts"]), asked_before=False)


def _as_facts(found: _Unsent) -> dict[str, Any]:
    return {"claimant_id": found.person.id.hex, "of": found.kind, "parts": found.parts}


def _may_ask(row: Dialogue, person: Claimant) -> bool:
    return (
        person.mobile == row.number
        and queries.may_text(person)
        and routing.may_go_now(person)
        and not concern_queries.waits_for_a_person(person)
    )


def _ask(row: Dialogue, found: _Unsent, until: datetime) -> None:
    person, parts = found.person, found.parts
    questions.ask(
        row.number,
        person,
        questions.REVIEW,
        until=until,
        digits="123",
        parts=parts,
        of=found.kind,
        nudged=True,
    )
    with languages.speaking(person.language) as language:
        words = naming.with_heading(writing.review(len(parts)), person, row.number)
        queue.put(
            to_number=row.number,
            claimant_id=person.id,
            language=language.code,
            kind=texts.UNFINISHED,
            body=segments.fit(words, language.code, style_of(person)),
            dedupe_key=f"{texts.UNFINISHED}:{row.number}:{parts[-1]}:{int(row.asked_at.timestamp())}",
        )


def _let_go(row: Dialogue, found: _Unsent) -> bool:
    """Never sent for them: perhaps they thought better of it. But somebody asks, if they wrote
    anything."""
    here = registry.writings()[found.kind]
    if found.parts and here.unfinished:
        account.needs_telling(found.person, what=here.unfinished, regarding=None)
    words = writing.words_of(found.parts)
    if words and here.keep is not None:
        here.keep(found.person, words)
    if "parts" in row.facts:
        questions.close(row.number)
    between.forget_unsent(row.number)
    return True
