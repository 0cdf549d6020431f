"""Noting the language of what is typed, at the moment it is kept. Apart from `actions`, because no
action does this: it happens to whatever is written into a column that is named here, at any
door, so that none can forget it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from portal import clock, languages
from portal.account.models import Claimant
from portal.database import Base, db, new_id
from portal.typed import rules
from portal.typed.models import Side, Typed

T = TypeVar("T", bound=Base)


@dataclass(frozen=True)
class _Kept:
    columns: dict[Side, Sequence[str]]
    whose: Callable[[Any], UUID]
    side: Callable[[Any], Side] | None
    shown: Callable[[Any], bool] | None
    apart: bool


_kept: dict[type[Base], _Kept] = {}
_tables: dict[str, type[Base]] = {}


def holds_words(
    model: type[Base],
    *,
    person: Sequence[str] = (),
    staff: Sequence[str] = (),
    whose: Callable[[Any], UUID] = lambda row: row.claimant_id,
    side: Callable[[Any], Side] | None = None,
    shown: Callable[[Any], bool] | None = None,
    apart: bool = False,
) -> None:
    """Say which columns of a table hold what the person typed, and which what staff typed.

    `side` says who typed a row, where both type into the same columns (`person`). `shown` says
    whether staff see it yet, where they do not always. `apart` is what only those see who deal
    with complaints.
    """
    _kept[model] = _Kept({Side.person: person, Side.staff: staff}, whose, side, shown, apart)
    _tables[model.__tablename__] = model


def parent(row: Base, model: type[T], parent_id: UUID, known: T | None = None) -> T:
    """What a row belongs to, be it so new that the row does not know it yet."""
    session = orm.object_session(row)
    assert session is not None
    return known or session.get_one(model, parent_id)


def words_of(found: Typed) -> list[str]:
    """The words as they stand where they were typed; none once they were erased."""
    model = _tables[found.kind]
    row = db.session.get(model, found.about)
    return _words(row, _columns(_kept[model], row, found.side)) if row is not None else []


def _columns(kept: _Kept, row: Any, side: Side) -> Sequence[str]:
    if kept.side is None:
        return kept.columns[side]
    return kept.columns[Side.person] if kept.side(row) is side else ()


def _words(row: Any, columns: Sequence[str]) -> list[str]:
    return [words for words in (getattr(row, name) for name in columns) if words]


@sa.event.listens_for(orm.Session, "before_flush")
def _note(session: orm.Session, _context: object, _instances: object) -> None:
    for row in [*session.new, *session.dirty]:
        kept = _kept.get(type(row))
        if kept is None:
            continue
        for side in Side:
            _note_side(session, kept, row, side)


def _note_side(session: orm.Session, kept: _Kept, row: Any, side: Side) -> None:
    columns = _columns(kept, row, side)
    words = _words(row, columns)
    row.id = row.id or new_id()
    found = session.get(Typed, (row.id, side)) if words else None
    if kept.shown is not None and not kept.shown(row):
        if found is not None:
            session.delete(found)
        return
    state = sa.inspect(row)
    typed_now = any(getattr(row, n) and state.attrs[n].history.has_changes() for n in columns)
    # Erasing words types nothing.
    if not words or not (typed_now or (kept.shown is not None and found is None)):
        return
    whose = session.get_one(Claimant, kept.whose(row))
    code, text = languages.current().code, "\n".join(words)
    if found is None:
        found = Typed(about=row.id, side=side, kind=row.__tablename__, claimant_id=whose.id)
        session.add(found)
    found.language, found.fit, found.apart = code, rules.fit(code, text), kept.apart
    found.typed_at = clock.now()
    found.settled_at = found.settled_by = None
    found.named = found.translator = found.english = ""
    found.waits = side is Side.person and rules.needs_translator(
        code, found.fit, text, whose.office.nation
    )
