"""Who hears of what about a claimant commitment. Apart from `triggers`, for length, which takes
this in. Pure.

A new version is told at once. No text says why anybody asks for a change, or what was noted.
"""

from __future__ import annotations

from typing import Any

from notifications.drafts import Draft, Trigger
from portal.commitment import events
from portal.record.events import Event
from portal.record.models import Entry

SILENT: dict[str, str] = {
    events.PointRead.kind: "They have it before them.",
    events.PointDone.kind: "The page showed the receipt.",
    events.FitSaid.kind: "The page showed the receipt, and nothing of it names them.",
    events.ChangeSeen.kind: "The page shows it; a text would only interrupt.",
    events.KnownNoted.kind: "It may be about health or safety: never a matter for a text.",
}


def _draft(entry: Entry, kind: str, **more: Any) -> Draft:
    return Draft(f"commitment.{kind}", entry.claimant_id, receipt=entry.receipt, **more)


def _offered(entry: Entry, event: events.Offered) -> list[Draft]:
    return [_draft(entry, "offered", values={"accept_by": event.accept_by})]


def _more_time(entry: Entry, event: events.MoreTime) -> list[Draft]:
    return [_draft(entry, "more_time", values={"accept_by": event.accept_by})]


def _time_taken(entry: Entry, event: events.TimeTaken) -> list[Draft]:
    return [_draft(entry, "time_taken", own=True, values={"accept_by": event.until})]


def _accepted(entry: Entry, event: events.Accepted) -> list[Draft]:
    return [_draft(entry, "accepted", own=True)]


def _asked(entry: Entry, event: events.ChangeAsked) -> list[Draft]:
    return [_draft(entry, "asked", own=True, values={"reply_by": event.reply_by})]


def _added(entry: Entry, event: events.ChangeAdded) -> list[Draft]:
    return [_draft(entry, "added", own=True)]


def _taken_back(entry: Entry, event: events.ChangeWithdrawn) -> list[Draft]:
    return [_draft(entry, "taken_back", own=True)]


def _agreed(entry: Entry, event: events.ChangeAgreed) -> list[Draft]:
    return [_draft(entry, "agreed")]


def _refused(entry: Entry, event: events.ChangeRefused) -> list[Draft]:
    return [_draft(entry, "refused_again" if event.second else "refused")]


TRIGGERS: dict[type[Event], Trigger] = {
    events.Offered: _offered,
    events.MoreTime: _more_time,
    events.TimeTaken: _time_taken,
    events.Accepted: _accepted,
    events.ChangeAsked: _asked,
    events.ChangeAdded: _added,
    events.ChangeWithdrawn: _taken_back,
    events.ChangeAgreed: _agreed,
    events.ChangeRefused: _refused,
}
