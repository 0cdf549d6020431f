"""What somebody began to write by text and never finished: asked about once, never sent for them.

Half an hour after the last part they are asked whether to send, add or delete (sms.md in the
design: complain, message). Two days after it the parts can no longer be sent. They stay with the
texts as long as texts are kept, and staff get in touch where the task says so.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from notifications import beats, queue, routing, segments, texts
from notifications.conversation import questions, talk, writing
from notifications.drafts import style_of
from notifications.models import Dialogue
from portal import clock, languages
from portal.account import actions as account
from portal.account import concern_queries, queries
from portal.account.models import Claimant
from portal.database import db, transaction

EVERY = timedelta(minutes=1)
ASK_AFTER = timedelta(minutes=30)
_BATCH = 20


def step() -> bool:
    """Once a minute: ask about what was left, and let go what is too old; True if there was
    any."""
    if not beats.is_older("unfinished", EVERY):
        return False
    found = [*_left(), *_too_old()]
    with transaction():
        done = [_take(number) for number in found[:_BATCH]]
        if not any(done):
            beats.mark("unfinished")
    return any(done)


def _left() -> list[str]:
    now = clock.now()
    return list(
        db.session.scalars(
            sa.select(Dialogue.number)
            .where(
                Dialogue.question.in_(list(talk.writings())),
                Dialogue.asked_at <= now - ASK_AFTER,
                Dialogue.expires_at > now,
            )
            .order_by(Dialogue.asked_at)
        )
    )


def _too_old() -> list[str]:
    return list(
        db.session.scalars(
            sa.select(Dialogue.number)
            .where(
                Dialogue.question.in_([*talk.writings(), questions.REVIEW]),
                Dialogue.expires_at <= clock.now(),
            )
            .order_by(Dialogue.expires_at)
        )
    )


def _take(number: str) -> bool:
    """Look again with the question locked: they may have written in the meantime."""
    row = db.session.get(Dialogue, number, with_for_update=True, populate_existing=True)
    kinds = talk.writings()
    if row is None or row.question not in (*kinds, questions.REVIEW) or not row.claimant_id:
        return False
    person = queries.claimant(row.claimant_id)
    assert person is not None
    if row.expires_at <= clock.now():
        _let_go(row, person)
        return True
    parts = list(row.facts["parts"])
    asked_before = bool(row.facts.get("nudged"))
    if row.question == questions.REVIEW or not parts or asked_before or not _may_ask(row, person):
        return False
    if row.asked_at > clock.now() - ASK_AFTER:
        return False
    _ask(row, person, parts)
    return True


def _may_ask(row: Dialogue, person: Claimant) -> bool:
    return (
        person.mobile == row.number
        and queries.may_text(person)
        and routing.may_go_now(person)
        and not concern_queries.waits_for_a_person(person)
    )


def _ask(row: Dialogue, person: Claimant, parts: list[int]) -> None:
    questions.ask(
        row.number,
        person,
        questions.REVIEW,
        until=writing.until(parts),
        digits="123",
        parts=parts,
        of=row.question,
        nudged=True,
    )
    with languages.speaking(person.language) as language:
        queue.put(
            to_number=row.number,
            claimant_id=person.id,
            language=language.code,
            kind=texts.UNFINISHED,
            body=segments.fit(writing.review(len(parts)), language.code, style_of(person)),
            dedupe_key=f"{texts.UNFINISHED}:{row.number}:{parts[-1]}",
        )


def _let_go(row: Dialogue, person: Claimant) -> None:
    """Never sent for them: perhaps they thought better of it. But somebody asks, if they wrote
    anything."""
    kind = str(row.facts.get("of") or row.question)
    task = talk.writings()[kind].unfinished if kind in talk.writings() else ""
    if row.facts.get("parts") and task:
        account.needs_telling(person, what=task, regarding=None)
    questions.close(row.number)
