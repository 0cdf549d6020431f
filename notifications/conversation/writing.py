"""A longer text in as many texts as it needs: written, looked over, then sent or dropped.

For every task in which people write to the office. The parts stay in the texts they came in;
only their numbers are noted with the question. A task names how its words are sent; whatever is
never finished is asked about once (`notifications/unfinished.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import pgettext

from notifications import routing
from notifications.conversation import between, questions
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import Task, Writing, answers, writings
from notifications.conversation.talk import Conversation
from notifications.models import InboundText
from portal.database import db

KEPT_FOR = timedelta(hours=48)
"""After the last part. What was not sent by then is not sent."""


def add(here: Task, writing: Writing) -> None:
    """People can write to somebody in this task; each text of theirs is a part."""
    here.writings[writing.kind] = writing
    answers(here, writing.kind)(_part)


def begin(talk: Conversation, kind: str) -> None:
    """From now on what they text is a part of it; and so is what they had begun before another
    question came in between."""
    parts = between.unsent_parts(talk.number, talk.person, kind)
    _go_on(talk, kind, parts, nudged=False)
    talk.say(writings()[kind].opening(talk.person))


def _part(talk: Conversation, intent: Intent) -> None:
    """Everything but DONE, 0, HELP and STOP is part of what they want to say."""
    facts = talk.question.facts
    kind, parts, nudged = talk.question.kind, list(facts["parts"]), bool(facts.get("nudged"))
    if intent.kind == "drop" or (intent.kind == "done" and not parts):
        _drop(talk)
    elif intent.kind == "done":
        _look_over(talk, kind, parts, nudged=nudged)
    else:
        _go_on(talk, kind, [*parts, talk.said.id], nudged=nudged)
        if not parts:
            talk.say(first_part_kept())


def keep(talk: Conversation) -> None:
    """Their words are a part of what they are writing, whatever else is made of them."""
    facts = dict(talk.question.facts)
    if "parts" in facts:
        facts["parts"] = [*facts["parts"], talk.inbound.id]
        talk.ask(talk.question.kind, None, until=until(facts["parts"]), **facts)


def reviewed(talk: Conversation, intent: Intent) -> None:
    """They looked it over. Words instead of a digit are one more part: nothing is lost."""
    facts = talk.question.facts
    kind, parts, nudged = str(facts["of"]), list(facts["parts"]), bool(facts.get("nudged"))
    if intent.kind == "text":
        _look_over(talk, kind, [*parts, talk.said.id], nudged=nudged)
    elif intent.value == "2":
        _go_on(talk, kind, parts, nudged=nudged)
        talk.say(writings()[kind].opening(talk.person))
    elif intent.value == "3":
        _drop(talk)
    else:
        writings()[kind].send(talk, words_of(parts))
        _done_with(talk)


def _go_on(talk: Conversation, kind: str, parts: list[int], *, nudged: bool) -> None:
    talk.ask(kind, None, until=until(parts), parts=parts, nudged=nudged)


def _look_over(talk: Conversation, kind: str, parts: list[int], *, nudged: bool) -> None:
    open_for = until(parts)
    talk.ask(
        questions.REVIEW, None, until=open_for, digits="123", parts=parts, of=kind, nudged=nudged
    )
    talk.say(review(len(parts)))


def _drop(talk: Conversation) -> None:
    talk.close()
    talk.say(dropped())
    _done_with(talk)


def _done_with(talk: Conversation) -> None:
    between.forget_unsent(talk.number)
    routing.release_offers(talk.number)


def until(parts: Sequence[int]) -> datetime | None:
    """How long these parts can be sent; None when there is none yet."""
    latest = db.session.scalar(
        sa.select(sa.func.max(InboundText.received_at)).where(InboundText.id.in_(parts))
    )
    return latest + KEPT_FOR if latest else None


def words_of(parts: Sequence[int]) -> list[str]:
    """What stands in each part, in the order in which they came."""
    rows = db.session.scalars(sa.select(InboundText).where(InboundText.id.in_(parts)))
    bodies = {row.id: row.body for row in rows}
    return [bodies[each] for each in parts if each in bodies]


def joined(parts: Sequence[str], most: int) -> list[str]:
    """The parts on lines of their own, in as few pieces of at most so many characters as can
    be. A part that is longer by itself is cut."""
    pieces: list[str] = []
    for part in parts:
        for start in range(0, len(part), most):
            cut = part[start : start + most]
            if pieces and len(pieces[-1]) + 1 + len(cut) <= most:
                pieces[-1] += "\n" + cut
            else:
                pieces.append(cut)
    return pieces


def first_part_kept() -> str:
    return pgettext("sms", "Kept. Go on writing, or text DONE to finish, 0 to drop.")


def review(parts: int) -> str:
    return pgettext(
        "sms", "Texts kept: %(num)s. Reply 1 = send, 2 = add more, 3 = delete.", num=parts
    )


def dropped() -> str:
    return pgettext("sms", "Dropped. Nothing was sent.")
