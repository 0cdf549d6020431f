"""The work a person wants, and the steps to it. Apart from `actions`, for length.

Each function takes part in the caller's transaction and returns the entry whose receipt proves
it. Saying the same thing twice records it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal import clock
from portal.account.locks import lock
from portal.account.models import Claimant, Staff
from portal.actors import Actor
from portal.database import db, new_id
from portal.plan import desk_actions, goal_events, queries, rules
from portal.plan.actions import same
from portal.plan.models import Goal, Step
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


@dataclass(frozen=True)
class Course:
    """A course as the office enters it. `owner` answers for what follows it."""

    what: str
    why: str
    due: date
    """When it ends."""
    next_what: str
    next_by: date
    owner: Staff
    missing: str = ""
    funded_until: date | None = None


def write_goal(claimant: Claimant, words: str, *, by: Actor) -> Entry:
    """The person says which work they want, in their own words; again to change it."""
    rules.require("write_goal", by)
    words = _words(words, "Write which work you want.")
    lock(claimant)
    goal, now = queries.goal(claimant), clock.now()
    if goal is not None and goal.words == words:
        return log.last(claimant.id, goal.id, goal_events.GoalWritten)
    if goal is None:
        goal = Goal(id=new_id(), claimant_id=claimant.id)
        db.session.add(goal)
    goal.words, goal.at, goal.reviewed_at = words, now, now
    goal.review_by = clock.today() + rules.REVIEW_AFTER
    db.session.flush()
    event = goal_events.GoalWritten(goal.id, len(words), goal.review_by)
    return log.append(claimant.id, event, by=by)


def add_step(
    claimant: Claimant,
    what: str,
    due: date,
    *,
    missing: str = "",
    step_id: UUID | None = None,
    by: Actor,
) -> Entry:
    """A step that the person takes themselves. Not taking it has no consequence here."""
    rules.require("add_step", by)
    what = _words(what, "Write what you will do.")
    goal = _goal(claimant)
    known = queries.step(claimant, step_id) if step_id else None
    if known is not None:
        return same(known.receipt)
    _check_day(due)
    step = Step(
        id=step_id or new_id(),
        goal_id=goal.id,
        missing=missing.strip()[: rules.LONGEST],
        what=what,
        due=due,
        at=clock.now(),
    )
    return _added(claimant, step, goal_events.StepAdded(step.id, due), by)


def step_done(step: Step, *, by: Actor) -> Entry:
    """The person says that a step is done."""
    rules.require("step_done", by)
    claimant = step.goal.claimant
    lock(claimant)
    db.session.refresh(step)
    if step.done_at is not None:
        return log.last(claimant.id, step.id, goal_events.StepDone)
    step.done_at = clock.now()
    return log.append(claimant.id, goal_events.StepDone(step.id), by=by)


def review_goal(claimant: Claimant, *, by: Actor) -> Entry:
    """The person and the office went through the goal together; the next time is in a quarter."""
    goal = _goal(claimant)
    if clock.local(goal.reviewed_at).date() == clock.today() and goal.reviewed_at > goal.at:
        return log.last(claimant.id, goal.id, goal_events.GoalReviewed)
    goal.reviewed_at, goal.review_by = clock.now(), clock.today() + rules.REVIEW_AFTER
    return log.append(claimant.id, goal_events.GoalReviewed(goal.id, goal.review_by), by=by)


def add_course(
    claimant: Claimant, course: Course, *, step_id: UUID | None = None, by: Actor
) -> Entry:
    """A course becomes part of the plan: why it, until when it is paid for, and what follows it.

    What follows is a promise of the office, and turns late like any other (facts 10, 20 and 22).
    """
    what = _words(course.what, "Write which course it is.")
    why = _words(course.why, "Say how the course helps with the person's goal.")
    goal = _goal(claimant)
    known = queries.step(claimant, step_id) if step_id else None
    if known is not None:
        return same(known.receipt)
    _check_day(course.due)
    if course.next_by < course.due:
        raise Refusal(
            "next", sentence("What follows the course comes on its last day or after it.")
        )
    promise_id = new_id()
    desk_actions.promise(
        claimant,
        desk_actions.Offer("after_course", course.owner, course.next_by, course.next_what),
        promise_id=promise_id,
        by=by,
    )
    step = Step(
        id=step_id or new_id(),
        goal_id=goal.id,
        missing=course.missing.strip()[: rules.LONGEST],
        what=what,
        why=why,
        due=course.due,
        at=clock.now(),
        course=True,
        funded_until=course.funded_until,
        next_id=promise_id,
    )
    event = goal_events.CourseAdded(step.id, course.due, course.funded_until, course.next_by)
    return _added(claimant, step, event, by)


def _added(claimant: Claimant, step: Step, event: goal_events.AboutStep, by: Actor) -> Entry:
    db.session.add(step)
    db.session.flush()
    entry = log.append(claimant.id, event, by=by)
    step.receipt = entry.receipt
    return entry


def _goal(claimant: Claimant) -> Goal:
    lock(claimant)
    goal = queries.goal(claimant)
    if goal is None:
        raise Refusal("goal", sentence("Say first which work you want."))
    return goal


def _check_day(day: date) -> None:
    today = clock.today()
    if day < today:
        raise Refusal("past", sentence("This day has passed. Choose a day from today on."))
    if day > today + 3 * rules.LONGEST_AHEAD:
        raise Refusal("far", sentence("This is very far away. Choose an earlier day."))


def _words(words: str, empty: str) -> str:
    words = words.strip()
    if not words:
        raise Refusal("words", sentence(empty))
    if len(words) > rules.LONGEST:
        raise Refusal("words", sentence("This is too long. Use fewer words."))
    return words
