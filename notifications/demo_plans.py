"""What the people of the demo agreed, were promised and asked for. Apart from `demo`, for length.

Each step happens at its own time, so that one sees what is in force, what waits and what is late.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from portal import clock, languages, working_days
from portal.account.models import Claimant, Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.commitment import actions as commitment
from portal.commitment import desk_actions as commitment_desk
from portal.commitment import drafting, said
from portal.commitment.drafting import Frame, PointWords
from portal.commitment.models import Version
from portal.costs import actions as costs
from portal.costs import desk_actions as costs_desk
from portal.costs.models import CostRequest, Paid
from portal.costs.rules import Wish
from portal.database import db
from portal.plan import actions as plan
from portal.plan import desk_actions as plan_desk
from portal.plan import goal_actions, queries
from portal.plan.desk_actions import Offer

_LOOK = PointWords(
    code="look_for_work",
    official="I will look for work for the number of hours shown in my commitments.",
)
_CV = PointWords(code="cv", official="I will make a CV and keep it up to date.")
_MEETINGS = PointWords(
    code="meetings", official="I will attend and take part in appointments with my work coach."
)


def load(alex: Claimant, nia: Claimant, samir: Claimant, coach: Staff, desk: Actor) -> None:
    """Alex has a commitment in force, a new version that waits, promises of every kind and two
    requests for help with costs. Nia and Samir have a first commitment to read, and a promise. In
    the caller's transaction.
    """
    person = Actor(Kind.claimant, alex.id, Channel.web, Assurance.signed_in)
    with _days_ago(14):
        first = _sent(alex, coach, desk, (_LOOK, _MEETINGS))
        with languages.speaking(alex.language):
            for point in first.points:
                commitment.read(point, said.wording(point), by=person)
        commitment.accept(first, language="en", review="reviewed", by=person)
        for offer in (
            Offer("cv", coach, _working_day(7, alex)),
            Offer("careers", coach, _working_day(21, alex)),
            Offer("document", coach, _working_day(4, alex), "Send you the form for photo ID."),
        ):
            plan_desk.promise(alex, offer, by=desk)
        goal_actions.write_goal(alex, "Work in a kitchen, and later as a cook.", by=person)
    with _days_ago(7):
        document = next(p for p in queries.promises(alex) if p.kind == "document")
        plan_desk.keep(document, by=desk)
        costs.ask(alex, Wish(item="clothes", item_words="Black shoes for a trial day"), by=person)
    _sent(alex, coach, desk, (_LOOK, _CV, _MEETINGS), deductions=[("caring", 10)])
    asked = costs.ask(
        alex,
        Wish(
            item="id",
            item_words="A provisional driving licence",
            amount_pence=3400,
            step="The kitchen wants photo ID",
            paid=Paid.no,
        ),
        by=person,
    )
    assert asked.about is not None
    costs_desk.see(db.session.get_one(CostRequest, asked.about), staff=coach, by=desk)
    for other in (nia, samir):
        _sent(other, coach, desk, (_LOOK, _MEETINGS))
        plan_desk.promise(other, Offer("cv", coach, _working_day(7, other)), by=desk)
    plan.remind_of_late()


def _sent(
    person: Claimant,
    coach: Staff,
    desk: Actor,
    points: tuple[PointWords, ...],
    deductions: list[tuple[str, int]] | None = None,
) -> Version:
    made = drafting.start(person, staff=coach)
    for old in list(made.points):
        drafting.remove_point(made, old.id, revision=made.revision, staff=coach)
    frame = Frame(full_hours=made.full_hours, deductions=deductions or ())
    drafting.save_frame(made, frame, revision=made.revision, staff=coach)
    for point in points:
        drafting.put_point(made, point, revision=made.revision, staff=coach)
    commitment_desk.offer(made, revision=made.revision, staff=coach, by=desk)
    return made


@contextmanager
def _days_ago(days: int) -> Iterator[None]:
    with clock.frozen(clock.now() - timedelta(days=days)):
        yield


def _working_day(days_on: int, person: Claimant) -> date:
    day = clock.today() + timedelta(days=days_on)
    return working_days.first_from(day, person.office.nation)
