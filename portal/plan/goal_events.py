"""What can happen to a person's goal and its steps. Apart from `events`, for length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutGoal(Event):
    goal_id: UUID

    @property
    def about(self) -> UUID:
        return self.goal_id


@recorded("plan.goal_written")
@dataclass(frozen=True)
class GoalWritten(AboutGoal):
    """The person said which work they want."""

    length: int
    """In characters."""
    review_by: date


@recorded("plan.goal_reviewed")
@dataclass(frozen=True)
class GoalReviewed(AboutGoal):
    """The person and the office went through the goal together."""

    review_by: date


@dataclass(frozen=True)
class AboutStep(Event):
    step_id: UUID

    @property
    def about(self) -> UUID:
        return self.step_id


@recorded("plan.step_added")
@dataclass(frozen=True)
class StepAdded(AboutStep):
    """A step of the person's own was written down."""

    due: date


@recorded("plan.course_added")
@dataclass(frozen=True)
class CourseAdded(AboutStep):
    """A course became part of the plan, with what follows it."""

    due: date
    funded_until: date | None
    next_by: date


@recorded("plan.step_done")
@dataclass(frozen=True)
class StepDone(AboutStep):
    """The person said that a step is done."""
