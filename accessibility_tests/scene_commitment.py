"""What happens with a commitment in the scenes: written, sent, read, accepted, asked about."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from accessibility_tests.scenes import LONG_WORD, NOTE, Scene
from accessibility_tests.service import NOW
from portal import languages
from portal.account.models import Staff
from portal.commitment import actions, ask_actions, desk_actions, drafting, queries
from portal.commitment.drafting import Frame, PointWords
from portal.commitment.models import Version
from portal.commitment.said import wording
from portal.database import db

OFFICIAL = (
    "I will spend the hours named above looking for and preparing for work, unless my work coach "
    "and I have agreed something else, and I will report what I have done when I am asked to."
)
LIBRARY = tuple(
    PointWords(code=code, official=OFFICIAL)
    for code in ("look_for_work", "apply", "cv", "be_ready", "meetings", "messages", "changes")
)
TYPED = PointWords(
    words=f"Ring {LONG_WORD}.", why=f"{NOTE} It is near you.", official=f"{NOTE} {LONG_WORD}"
)
ARABIC = PointWords(
    code="course",
    words="دورة اللغة في شارع كينغ",
    language="ar",
    english="The language course in King Street.",
    official=OFFICIAL,
)
POINTS = (*LIBRARY, TYPED, ARABIC)


def frame(s: Scene) -> Frame:
    day = NOW.date() + timedelta(days=40)
    return Frame(
        full_hours=35,
        deductions=[("caring", 10), ("training", 5)],
        pauses=[("work_search", day), ("meetings", None)],
        note=NOTE,
    )


def draft(s: Scene, points: tuple[PointWords, ...]) -> UUID:
    with s.writing(NOW - timedelta(days=3)):
        staff = db.session.get_one(Staff, s.member)
        made = drafting.start(s.claimant(), staff=staff)
        for old in list(made.points):
            drafting.remove_point(made, old.id, revision=made.revision, staff=staff)
        drafting.save_frame(made, frame(s), revision=made.revision, staff=staff)
        for each in points:
            drafting.put_point(made, each, revision=made.revision, staff=staff)
        return made.id


def sent(s: Scene, points: tuple[PointWords, ...] = POINTS, days_ago: float = 2) -> UUID:
    version = draft(s, points)
    with s.writing(NOW - timedelta(days=days_ago)):
        made = db.session.get_one(Version, version)
        staff = db.session.get_one(Staff, s.member)
        desk_actions.offer(made, revision=made.revision, staff=staff, by=s.desk)
    return version


def read(s: Scene, version: UUID) -> UUID:
    with s.writing(), languages.speaking(s.language):
        for point in db.session.get_one(Version, version).points:
            actions.read(point, wording(point), by=s.me)
    return version


def accepted(s: Scene, points: tuple[PointWords, ...] = POINTS) -> UUID:
    version = read(s, sent(s, points))
    with s.writing(NOW - timedelta(days=1)):
        made = db.session.get_one(Version, version)
        actions.accept(made, language=s.language, review="reviewed", by=s.me)
    return version


def changed(s: Scene) -> UUID:
    """A version in force, and one that waits with a point new, one gone and one other words."""
    old = accepted(s, (*LIBRARY[:3], TYPED))
    with s.writing():
        staff = db.session.get_one(Staff, s.member)
        made = drafting.start(s.claimant(), staff=staff)
        gone, other = made.points[0].id, made.points[1].id
        drafting.remove_point(made, gone, revision=made.revision, staff=staff)
        words = PointWords(code="apply", words="Three a week.", official=OFFICIAL[:90])
        drafting.put_point(made, words, point_id=other, revision=made.revision, staff=staff)
        drafting.put_point(made, ARABIC, revision=made.revision, staff=staff)
        drafting.save_frame(made, Frame(full_hours=16), revision=made.revision, staff=staff)
        desk_actions.offer(made, revision=made.revision, staff=staff, by=s.desk)
        assert made.id != old
        return made.id


def asked(s: Scene, *, then: str = "", again: bool = False) -> UUID:
    """The person asked to change a point; and what became of it."""
    version = accepted(s)
    with s.writing():
        point = db.session.get_one(Version, version).points[0]
        ask_actions.ask_for_change(point, reason="caring", words=NOTE, instead="15 hours", by=s.me)
        staff = db.session.get_one(Staff, s.member)
        (request,) = queries.requests(s.claimant())
        if then == "seen":
            desk_actions.mark_seen(request, by=s.desk)
        if then == "agreed":
            desk_actions.agree(request, note=NOTE, staff=staff, by=s.desk)
        if then == "refused":
            desk_actions.refuse(request, why=NOTE, staff=staff, by=s.desk)
        if again:
            ask_actions.ask_another_coach(request, words=NOTE, by=s.me)
            return queries.requests(s.claimant())[0].id
        return request.id


def paused(s: Scene) -> UUID:
    with s.writing():
        ask_actions.ask_for_pause(s.claimant(), ["carer", "abuse", "child_2"], words=NOTE, by=s.me)
        return queries.requests(s.claimant())[0].id


def known(s: Scene) -> None:
    with s.writing():
        staff = db.session.get_one(Staff, s.member)
        for what in ("carer", "homeless"):
            day = NOW.date() - timedelta(days=30)
            desk_actions.note_known(s.claimant(), what, day, staff=staff, by=s.desk)


def busy(s: Scene) -> str:
    asked(s, then="refused", again=True)
    paused(s)
    changed_again(s)
    known(s)
    draft(s, (*LIBRARY[:2], TYPED))
    return s.url("staff.commitment", claimant_id=s.person)


def changed_again(s: Scene) -> None:
    sent(s, LIBRARY[:3], days_ago=1)
