"""A support plan as a page finds it. Functions rather than methods, so that no scene has to know
every task."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

from accessibility_tests.scene_people import LONG_WORD, NOTE
from accessibility_tests.scenes import Scene
from accessibility_tests.service import NOW
from portal import clock
from portal.about import actions as about
from portal.about import desk_actions as about_desk
from portal.about import queries as about_queries
from portal.about.actions import Words
from portal.account.models import Staff
from portal.appointments.busy_actions import Busy, say_busy_times
from portal.database import db
from portal.plan import actions, desk_actions, goal_actions, queries
from portal.plan.desk_actions import Offer
from portal.plan.goal_actions import Course
from portal.training.models import Training

TODAY = clock.local(NOW).date()
LATE_BY = timedelta(days=6)
ARABIC = "أتعلم أفضل في الصباح"


def owner(s: Scene) -> Staff:
    return db.session.get_one(Staff, s.member)


def promised(s: Scene, kind: str = "cv", due: date = TODAY, words: str = "") -> UUID:
    """Made on the Monday a week ago, so that a day since then can be late."""
    made = NOW - timedelta(days=7)
    with s.writing(made):
        entry = desk_actions.promise(s.claimant(), Offer(kind, owner(s), due, words), by=s.desk)
        assert entry.about is not None
        return entry.about


def late(s: Scene) -> UUID:
    """Six days late, and reminded."""
    of = promised(s, "other", TODAY - LATE_BY, f"Call the college about {LONG_WORD} together")
    with s.writing():
        found = queries.promise(s.claimant(), of)
        assert found is not None
        actions.remind(found, by=s.me)
        actions.ask_new_date(found, by=s.me)
    return of


def done(s: Scene) -> UUID:
    of = promised(s, "interview")
    with s.writing():
        found = queries.promise(s.claimant(), of)
        assert found is not None
        desk_actions.keep(found, by=s.desk)
    return of


def denied(s: Scene) -> UUID:
    """Marked as done, and the person says that it did not happen."""
    of = done(s)
    with s.writing():
        found = queries.promise(s.claimant(), of)
        assert found is not None
        actions.not_happened(found, by=s.me)
    return of


def asked(s: Scene, offer: str = "training", note: str = NOTE) -> UUID:
    with s.writing():
        entry = actions.ask_for(s.claimant(), offer, needs=("fares", "lunch"), note=note, by=s.me)
        assert entry.about is not None
        return entry.about


def refused(s: Scene) -> None:
    of = asked(s, "cv")
    with s.writing():
        found = queries.ask(s.claimant(), of)
        assert found is not None
        desk_actions.see_ask(found, by=s.desk)
        desk_actions.refuse(found, "There is a course each Monday.", staff=owner(s), by=s.desk)


def full(s: Scene) -> None:
    """One promise of each kind of state, and questions."""
    late(s)
    promised(s, "course", TODAY + timedelta(days=3), f"{ARABIC}\nCity College")
    done(s)
    refused(s)
    asked(s)


def goal(s: Scene) -> UUID:
    """A goal with a step and a course; returns the course."""
    day = TODAY + timedelta(days=1)
    with s.writing():
        goal_actions.write_goal(s.claimant(), f"To teach French.\n{ARABIC}", by=s.me)
        goal_actions.add_step(s.claimant(), "Ask my old school.", day, missing=NOTE, by=s.me)
        course = Course(
            f"Teaching assistant {LONG_WORD}",
            "Schools ask for it.",
            day,
            "Book an interview with a school",
            TODAY + timedelta(days=2),
            owner(s),
            missing="A certificate",
            funded_until=day,
        )
        entry = goal_actions.add_course(s.claimant(), course, by=s.desk)
        assert entry.about is not None
        return entry.about


def wrote_about(s: Scene, *, approved: bool = True, opened: bool = False) -> None:
    words = Words(
        needs=f"{NOTE}\n{ARABIC}",
        times="When school starts and ends.",
        helps=f"Breaks, and no {LONG_WORD}.",
        more="I look after my mother.",
        interpreter="العربية",
        private_room=True,
    )
    with s.writing():
        page = about.write_page(s.claimant(), words, by=s.me)
        if approved:
            about.approve_page(page, by=s.me)
        if opened:
            about_desk.open_page(page, staff=owner(s), by=s.desk)
            about_desk.mark_read(page, version=page.version, staff=owner(s), by=s.desk)


def about_was_opened(s: Scene) -> None:
    wrote_about(s)
    with s.writing():
        page = about_queries.page_of(s.person)
        assert page is not None
        about_desk.open_page(page, staff=owner(s), by=s.desk)


def busy(s: Scene) -> None:
    """School ends at three."""
    with s.writing():
        times = [Busy(day, time(14, 45), time(16, 0)) for day in range(5)]
        say_busy_times(s.claimant(), times, by=s.me)


def training(s: Scene, places: int | None = 3) -> UUID:
    with s.writing():
        found = Training(
            source=f"scene {s.person}",
            reference=f"{places}",
            office_code=s.claimant().office.code,
            name=f"Food hygiene {LONG_WORD}",
            provider="City College",
            about="Two mornings.",
            place="Leeds",
            language="ar",
            fares_paid=True,
            free_places=places,
            starts_on=TODAY + timedelta(days=9),
            contact="01632 960200",
            last_checked=TODAY - timedelta(days=2),
            changed_at=clock.now(),
        )
        db.session.add(found)
        db.session.flush()
        return found.id
