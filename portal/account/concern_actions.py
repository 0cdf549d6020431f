"""Words that a person must read now. Apart from `actions`: they may come from a phone that several
people share, or from one that is nobody's here. Takes part in the caller's transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account import concern_queries, events, rules
from portal.account.models import Claimant, Concern, Staff
from portal.actors import Actor
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

MOST_WORDS = 20_000
"""Characters that are kept of what somebody in danger writes: the first and the newest."""


def raise_concern(
    claimant: Claimant,
    words: str,
    *,
    number: str = "",
    one_of: bool = False,
    answered: bool = True,
    kept_from: UUID | None = None,
    by: Actor,
) -> Entry:
    """Put a person's words before staff at once.

    `number` is the phone they came from. `one_of`: several people share it, and it may have been
    any of them; then a text answers only one (`answered`). `kept_from`: a member of staff who does
    not see them, because the person was writing a complaint.
    """
    concern = Concern(
        id=new_id(),
        claimant_id=claimant.id,
        number=number,
        one_of=one_of,
        at=clock.now(),
        words=words,
        kept_from=kept_from,
    )
    db.session.add(concern)
    db.session.flush()
    return log.append(claimant.id, events.ConcernRaised(concern.id, answered), by=by)


def raise_strangers_concern(number: str, words: str) -> None:
    """Put words before the staff of every office: nobody here has the phone they came from."""
    db.session.add(Concern(id=new_id(), number=number, at=clock.now(), words=words))
    db.session.flush()


def add_to_concerns(concerns: Sequence[Concern], words: str, *, by: Actor) -> None:
    """What they write until somebody has read it stands below what they wrote first. Words that
    come as somebody has just read the others wait for a reader of their own."""
    for concern in concerns:
        _as_it_is(concern)
        if concern.read_at is None:
            concern.words = rules.without_middle(f"{concern.words}\n{words}", MOST_WORDS)
        elif concern.claimant is None:
            raise_strangers_concern(concern.number, words)
        else:
            raise_concern(
                concern.claimant,
                words,
                number=concern.number,
                one_of=concern.one_of,
                answered=False,
                kept_from=concern.kept_from,
                by=by,
            )


def _as_it_is(concern: Concern) -> None:
    """Whoever texts and whoever reads wait for each other here."""
    db.session.flush()
    db.session.refresh(concern, with_for_update={"of": Concern})


def shown(concern: Concern) -> str:
    """What a page says that it showed, so that words that came later are not taken as read."""
    return hashlib.sha256(concern.words.encode()).hexdigest()[:16]


def read_concern(concern: Concern, *, saw: str, staff: Staff, by: Actor) -> Entry | None:
    """A member of staff has read it and is looking after the person. Nothing goes into a record
    when nobody knows whose words they are.

    `saw` is what the page before them had `shown`. Raises Refusal when they wrote more since."""
    _as_it_is(concern)
    if concern.read_at is not None:
        return None
    if saw != shown(concern):
        raise Refusal("more", sentence("They wrote more a moment ago. Please read it."))
    concern.read_at, concern.read_by = clock.now(), staff.id
    if concern.claimant_id is None:
        return None
    return log.append(concern.claimant_id, events.ConcernRead(concern.id), by=by)


def sound_alarm() -> list[UUID]:
    """Concerns that nobody has read in time, each told exactly once, whoever asks. The caller
    says so where those who run the service look, after it has committed."""
    late = [each.id for each in concern_queries.overdue() if each.alarmed_at is None]
    if not late:
        return []
    return list(
        db.session.scalars(
            sa.update(Concern)
            .where(Concern.id.in_(late), Concern.alarmed_at.is_(None))
            .values(alarmed_at=clock.now())
            .returning(Concern.id)
            .execution_options(synchronize_session=False)
        )
    )
