"""Who hears of what happens in a support plan. Apart from `triggers`, for length; pure as well.

What is in a plan is for the person's eyes alone: no text says what was promised.
"""

from __future__ import annotations

from typing import Any

from notifications.drafts import Draft, Trigger
from portal.about import events as about
from portal.actors import Channel
from portal.appointments import events as appointments
from portal.plan import events, goal_events
from portal.record.events import Event
from portal.record.models import Entry

SILENT: dict[str, str] = {
    appointments.BusyTimesSaid.kind: "The page showed the receipt.",
    events.PromiseStarted.kind: "The page shows it; a text would only interrupt.",
    events.AskSeen.kind: "The page shows it; a text would only interrupt.",
    events.AskWithdrawn.kind: "The page showed the receipt.",
    goal_events.GoalWritten.kind: "The page showed the receipt, or they talk about it now.",
    goal_events.GoalReviewed.kind: "They have just talked about it.",
    goal_events.StepAdded.kind: "The page showed the receipt.",
    goal_events.StepDone.kind: "The page showed the receipt.",
    goal_events.CourseAdded.kind: "The promise of what follows it has a text of its own.",
    about.Approved.kind: "The page showed the receipt.",
    about.TakenBack.kind: "The page showed the receipt.",
    about.Opened.kind: "The page shows it; a text would only interrupt.",
    about.Read.kind: "The page shows it; a text would only interrupt.",
}


def _news(kind: str, *values: str) -> Trigger:
    """The office did something: a text says that there is something to read."""

    def draft(entry: Entry, event: Any) -> list[Draft]:
        found = {name: getattr(event, name) for name in values}
        return [Draft(f"plan.{kind}", entry.claimant_id, receipt=entry.receipt, values=found)]

    return draft


def _own(kind: str, *values: str) -> Trigger:
    """The person did something: by text, or told staff. A page shows its receipt itself."""

    def draft(entry: Entry, event: Any) -> list[Draft]:
        if entry.channel == Channel.web:
            return []
        found = {name: getattr(event, name) for name in values}
        return [
            Draft(f"plan.{kind}", entry.claimant_id, receipt=entry.receipt, values=found, own=True)
        ]

    return draft


def _late(entry: Entry, event: events.PromiseLate) -> list[Draft]:
    if event.times > 1:
        return []  # They know. From now on it is the office that is reminded.
    return _news("late", "due")(entry, event)


TRIGGERS: dict[type[Event], Trigger] = {
    events.Promised: _news("promised", "due"),
    events.PromiseKept: _news("kept"),
    events.PromiseWithdrawn: _news("news"),
    events.PromiseDateChanged: _news("new_date", "due"),
    events.PromiseDateKept: _news("news"),
    events.PromiseLate: _late,
    events.AskAgreed: _news("answer"),
    events.AskRefused: _news("answer"),
    events.Happened: _own("happened"),
    events.NotHappened: _own("not_happened"),
    events.Reminded: _own("reminded"),
    events.DateAsked: _own("date_asked"),
    events.Asked: _own("asked", "reply_by"),
}
