"""Commitments for the tests: a draft with points, sent to a person, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal import languages
from portal.account.models import Claimant, Staff
from portal.commitment import actions, desk_actions, drafting
from portal.commitment.drafting import Frame, PointWords
from portal.commitment.models import Version
from portal.commitment.said import wording
from portal.database import db
from tests.people import actor, again

OFFICIAL = "I will do this as agreed with my work coach."
LOOK = PointWords(code="look_for_work", official=f"{OFFICIAL} (search)")
CV = PointWords(code="cv", official=f"{OFFICIAL} (CV)")
TYPED = PointWords(
    words="Ring the nursery on Acorn Road.",
    why="It has jobs near you.",
    official=f"{OFFICIAL} (nursery)",
)
ARABIC = PointWords(
    words="زيارة مركز التدريب في شارع كينغ",
    language="ar",
    english="Visit the training centre in King Street.",
    why="فيه دورات قريبة.",
    official=f"{OFFICIAL} (centre)",
)
POINTS = (LOOK, CV, TYPED)


def draft(
    person: Claimant, staff: Staff, points: Sequence[PointWords] = POINTS, **frame: Any
) -> Version:
    """A draft with these points and none of those before."""
    staff = again(staff)
    made = drafting.start(again(person), staff=staff)
    for old in list(made.points):
        drafting.remove_point(made, old.id, revision=made.revision, staff=staff)
    if frame:
        frame = {"full_hours": made.full_hours, **frame}
        drafting.save_frame(made, Frame(**frame), revision=made.revision, staff=staff)
    for each in points:
        drafting.put_point(made, each, revision=made.revision, staff=staff)
    return made


def sent(
    person: Claimant, staff: Staff, points: Sequence[PointWords] = POINTS, **frame: Any
) -> Version:
    """A version that waits to be accepted."""
    made = draft(person, staff, points, **frame)
    desk_actions.offer(made, revision=made.revision, staff=again(staff), by=actor(staff))
    return made


def read_all(version: Version, person: Claimant, language: str = "en") -> None:
    """The person opens every point."""
    with languages.speaking(language):
        for point in version.points:
            actions.read(point, wording(point), by=actor(person))


def accepted(
    person: Claimant, staff: Staff, points: Sequence[PointWords] = POINTS, **frame: Any
) -> Version:
    """A version that is in force."""
    made = sent(person, staff, points, **frame)
    read_all(made, person)
    actions.accept(made, language="en", review="reviewed", by=actor(person))
    db.session.flush()
    return made
