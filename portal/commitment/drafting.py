"""Writing a draft, point by point. Apart from `desk_actions`: it leaves no entry, for a draft is
nobody's fact until it is sent.

Two people may have the same draft before them. Every change names the revision it was made on;
whoever comes second is told, and nothing they typed is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal import clock
from portal.account import locks
from portal.account.models import Claimant, Staff
from portal.commitment import queries, rules
from portal.commitment.actions import again
from portal.commitment.desk_actions import require_draft
from portal.commitment.library import LONGEST, POINTS
from portal.commitment.models import Point, State, Version
from portal.database import db
from portal.dated_data import number
from portal.refusals import Refusal, sentence

_COPIED = ["line", "code", "language", "words", "english", "why", "official", "official_language"]


@dataclass(frozen=True)
class Frame:
    """What a version says beside its points. `pauses` have no day while nobody knows it."""

    full_hours: int | None = None
    deductions: Sequence[tuple[str, int]] = ()
    pauses: Sequence[tuple[str, date | None]] = ()
    note: str = ""


@dataclass(frozen=True)
class PointWords:
    """What staff say about a point: its code in the library, or words of their own."""

    code: str = ""
    words: str = ""
    language: str = "en"
    english: str = ""
    why: str = ""
    official: str = ""
    official_language: str = "en"


def start(claimant: Claimant, *, staff: Staff) -> Version:
    """The draft for this person: the one that is being written, or a copy of what was sent last."""
    locks.lock(claimant)
    known = queries.draft(claimant.id)
    if known is not None:
        return known
    half = queries.half(claimant)
    last = half.offered or half.accepted
    made = Version(
        claimant_id=claimant.id,
        claimant=claimant,
        state=State.draft,
        edited_at=clock.now(),
        edited_by=staff.id,
        full_hours=last.full_hours if last else number("full_hours"),
        deductions=list(last.deductions) if last else [],
        pauses=list(last.pauses) if last else [],
    )
    for point in last.points if last else ():
        values = {name: getattr(point, name) for name in _COPIED}
        made.points.append(Point(position=point.position, **values))
    db.session.add(made)
    db.session.flush()
    return made


def save_frame(version: Version, frame: Frame, *, revision: int, staff: Staff) -> Version:
    """Hours, pauses and the note of a draft. Raises Refusal when they make no sense."""
    _begin(version, revision)
    taken_off = sum(hours for _code, hours in frame.deductions)
    if frame.full_hours is None and frame.deductions:
        raise Refusal("hours", sentence("Say the hours a week before anything is taken off."))
    if frame.full_hours is not None and not 0 <= frame.full_hours <= rules.MOST_HOURS:
        raise Refusal("hours", sentence("Write the hours a week as a number, like 35."))
    if frame.full_hours is not None and taken_off > frame.full_hours:
        raise Refusal("deductions", sentence("More hours are taken off than there are."))
    if len(frame.note) > rules.LONGEST:
        raise Refusal("note", sentence("This is too long. Use fewer words."))
    version.full_hours = frame.full_hours
    version.deductions = [(code, hours) for code, hours in frame.deductions if hours]
    version.pauses = [(code, day.isoformat() if day else "") for code, day in frame.pauses]
    version.note = frame.note
    return _saved(version, staff)


def put_point(
    version: Version,
    said: PointWords,
    *,
    point_id: UUID | None = None,
    revision: int,
    staff: Staff,
) -> Version:
    """Add a point, or change one. Raises Refusal when it says nothing, or too much."""
    _begin(version, revision)
    _check(said)
    found = next((point for point in version.points if point.id == point_id), None)
    if point_id is not None and found is None:
        raise Refusal("point-gone", sentence("This point is no longer in the draft."))
    if found is None:
        if len(version.points) >= rules.MOST_POINTS:
            raise Refusal("many", sentence("A commitment has at most 20 points."))
        found = Point(position=len(version.points) + 1)
        version.points.append(found)
    for name in ("code", "words", "language", "english", "why", "official", "official_language"):
        setattr(found, name, getattr(said, name))
    return _saved(version, staff)


def _check(said: PointWords) -> None:
    if said.code and said.code not in POINTS:
        raise Refusal("code", sentence("Choose a point of the list."))
    if not said.code and not said.words:
        raise Refusal("words", sentence("Write the point, or choose one of the list."))
    if len(said.words) > LONGEST or len(said.english) > LONGEST:
        raise Refusal(
            "words",
            sentence(
                "Say it in at most %(longest)s letters, so that it fits into a text.",
                longest=LONGEST,
            ),
        )
    if said.words and said.language != "en" and not said.english:
        raise Refusal("english", sentence("Write the same in English beside it."))
    if not said.code and not said.why:
        raise Refusal("why", sentence("Say why this is asked, in plain words."))
    if max(len(said.why), len(said.official)) > rules.LONGEST:
        raise Refusal("official", sentence("This is too long. Use fewer words."))


def remove_point(version: Version, point_id: UUID, *, revision: int, staff: Staff) -> Version:
    """Take a point out; the others move up."""
    _begin(version, revision)
    version.points = [point for point in version.points if point.id != point_id]
    return _saved(version, staff)


def move_up(version: Version, point_id: UUID, *, revision: int, staff: Staff) -> Version:
    """Put a point before the one above it."""
    _begin(version, revision)
    order = list(version.points)
    at = next((n for n, point in enumerate(order) if point.id == point_id), 0)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for position, point in enumerate(order, 1):
        point.position = position
    return _saved(version, staff)


def drop(version: Version, *, revision: int) -> None:
    """Throw a draft away."""
    _begin(version, revision)
    db.session.delete(version)
    db.session.flush()


def _begin(version: Version, revision: int) -> None:
    again(version)
    require_draft(version, revision)


def _saved(version: Version, staff: Staff) -> Version:
    for position, point in enumerate(sorted(version.points, key=lambda p: p.position), 1):
        point.position = position
    version.revision += 1
    version.edited_at, version.edited_by, version.editor = clock.now(), staff.id, staff
    db.session.flush()
    db.session.expire(version, ["points"])
    return version
